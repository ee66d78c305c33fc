"""Lay down a new page of the site: `make new-page NAME=slow-weeks`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from scaffold import REPOSITORY, RefusedError, checked_name, filled, lay_down, write_new

if TYPE_CHECKING:
    from pathlib import Path

SITE = REPOSITORY / "plugins/postmortems/site"
TEMPLATES = REPOSITORY / "plugins/postmortems/rendering/templates"


def new_page(name: str) -> list[Path]:
    """Write module, template and recomputation of a page, and add it to the lists; returns the paths."""
    module, title = checked_name(name).replace("-", "_"), name.replace("-", " ").capitalize()
    lists = {
        # What each list gets, before which line of it.
        SITE / "build.py": (
            ("    search,\n", f"    {module},\n"),
            ("        method.page(context),\n", f"        {module}.page(context),\n"),
        ),
        SITE / "menu.py": (
            ('            ("method/index.md",', f'            ("{name}/index.md", N_("{title}")),\n'),
        ),
        REPOSITORY / "mkdocs.yml": (("      - method/index.md\n", f"      - {name}/index.md\n"),),
    }
    edited = {path: _with_lines(path, lines) for path, lines in lists.items()}
    written = write_new(
        {
            SITE / f"pages/{module}.py": filled("page.py.txt", name=name, title=title),
            TEMPLATES / f"{name}.html": filled("page.html.txt", title=title),
            REPOSITORY / f"tests/recompute/page_{module}.py": filled("recompute.py.txt", title=title),
        }
    )
    for path, text in edited.items():
        path.write_text(text, encoding="utf-8")
    return [*written, *edited]


def _with_lines(path: Path, lines: tuple[tuple[str, str], ...]) -> str:
    """A list with new lines, each before one that stands in it once."""
    text = path.read_text(encoding="utf-8")
    for before, line in lines:
        if text.count(before) != 1:
            raise RefusedError(f"{path.name} doesn't hold once, as it should: {before.strip()}")
        text = text.replace(before, line + before)
    return text


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="make new-page", description=__doc__)
    parser.add_argument("name")
    given = parser.parse_args()
    lay_down(
        "new-page",
        lambda: new_page(given.name),
        "Its entries in menu.py and mkdocs.yml may move. CONTRIBUTING.md has the next steps, under “Add a page”.",
    )
