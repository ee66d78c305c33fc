"""A knowledge base on disk whose site MkDocs builds, at a fixed time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sites import EPOCH, POLICY, KnowledgeBaseOnDisk, to_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True, scope="module")
def _fixed_time() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        patch.setenv("NO_MKDOCS_2_WARNING", "1")
        yield


@pytest.fixture
def kb(tmp_path: Path) -> KnowledgeBaseOnDisk:
    """An empty knowledge base under the policy of Example Bank, with a tiny theme."""
    made = KnowledgeBaseOnDisk(tmp_path / "kb")
    made.write({"schemas/policy.yaml": to_yaml(POLICY)})
    return made
