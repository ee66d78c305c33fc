"""The pictures beside a record: nothing is copied that a browser would run as a document."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

import py_svg_hush

from postmortems.site.tree import Asset

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from postmortems.conventions import KnowledgeBase

log = logging.getLogger("mkdocs.plugins.postmortems")

_DRAWN = ".svg"
_KINDS = {_DRAWN, ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"}


def pictures(folder: Path, base: KnowledgeBase) -> list[Asset]:
    """The pictures in the folder of a record as assets, in the order of their paths.

    Drawings lose all but shapes and text when they are written. One that can't be read is left out with a warning.
    """
    return [
        Asset(base.shown(path), make=partial(_drawing, path))
        if path.suffix.lower() == _DRAWN
        else Asset(base.shown(path), path=path)
        for path in sorted(_paths(folder))
        if path.suffix.lower() != _DRAWN or _is_drawing(path, base)
    ]


def _paths(folder: Path) -> Iterator[Path]:
    """The pictures of a record's folder, but not of another record's folder within, nor what lies elsewhere."""
    root = folder.resolve()
    others = {path.parent for path in folder.rglob("*.md") if path.parent != folder}
    return (
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in _KINDS
        and path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and others.isdisjoint(path.parents)
        and path.resolve().is_relative_to(root)
    )


def _is_drawing(path: Path, base: KnowledgeBase) -> bool:
    try:
        _drawing(path)
    except ValueError:
        log.warning("%s is not an SVG that can be read, so it is not published", base.shown(path))
        return False
    return True


def _drawing(path: Path) -> bytes:
    """An SVG without scripts, handlers, foreign content and what it would load; ValueError for what is none."""
    made: bytes = py_svg_hush.filter_svg(path.read_bytes())
    return made
