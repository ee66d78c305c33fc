"""A knowledge base may have any template of its own: none is read from the package then."""

from __future__ import annotations

import shutil
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

import pytest
from jinja2 import PackageLoader
from site_bench import make_demo, make_tree, render_all
from site_cases import KNOWLEDGE_BASES

from postmortems.findings import Finding, Severity
from postmortems.site import Faults

if TYPE_CHECKING:
    from pathlib import Path

FAULTS = Faults(
    {"incidents/2026/broken.md": (Finding("x.md", 1, 1, "S101", Severity.ERROR, "broken", end_column=2),)}
)
# That of files which commands write, and that of pages which only plug-ins add.
NOT_OF_SITES = {"standalone.html", "plugin-page.html"}


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with a copy of every template."""
    folder = tmp_path / "own"
    with as_file(files("postmortems.rendering").joinpath("templates")) as shipped:
        shutil.copytree(shipped, folder)
    return folder


def test_any_template_can_be_replaced(
    own: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: set[str] = set()

    def not_shipped(_self: PackageLoader, _environment: object, template: str) -> None:
        raise AssertionError(f"{template} is read from the package")

    monkeypatch.setattr(PackageLoader, "get_source", not_shipped)
    for path in own.rglob("*.html"):
        name = path.relative_to(own).as_posix()
        path.write_text(f"{{{{ noticed({name!r}) }}}}{path.read_text(encoding='utf-8')}", encoding="utf-8")
    monkeypatch.setitem(_globals(own), "noticed", lambda name: read.add(name) or "")
    monkeypatch.setattr("postmortems.site.pages.incidents.incidents.ON_ONE_PAGE", 10)
    demo = make_demo(tmp_path_factory.mktemp("demo"), {}, policy={"search_switch_at": 0}, templates=own)
    small = [
        make_tree(tmp_path_factory.mktemp(name), KNOWLEDGE_BASES[name][0], templates=own)
        for name in ("only-withdrawn", "retold")
    ]
    faulty = make_tree(tmp_path_factory.mktemp("faulty"), {}, templates=own, preview=True, faults=FAULTS)
    for tree in (demo, *small, faulty):
        render_all(tree)
    assert read | NOT_OF_SITES == {path.relative_to(own).as_posix() for path in own.rglob("*.html")}


def _globals(folder: Path) -> dict[str, object]:
    from postmortems.rendering.render import _environment

    return _environment(folder).globals
