"""Others' incidents are always told with their organisation, also where there are none but one's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from site_bench import make_tree
from site_cases import RETOLD

from sites import incident, parse

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("uri", ["incidents/index.md", "factors/index.md", "factors/change.rollout.md"])
@pytest.mark.parametrize("names", [True, False])
def test_named_where_they_are_others(tmp_path: Path, uri: str, *, names: bool) -> None:
    files = {f"incidents/2026/2026-03-0{n}-case.md": incident(RETOLD if names else {}) for n in (1, 2)}
    page = parse(make_tree(tmp_path, files).pages[uri].render(lambda uri: f"/{uri}").html)
    assert ("Someone else" in page.text("//html")) is names
