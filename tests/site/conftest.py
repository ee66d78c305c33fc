"""What most tests of the site need."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from site_bench import make_tree

if TYPE_CHECKING:
    from pathlib import Path

    from site_bench import MakeTree


@pytest.fixture
def tree(tmp_path: Path) -> MakeTree:
    """The tree of a knowledge base with these files."""
    return partial(make_tree, tmp_path)
