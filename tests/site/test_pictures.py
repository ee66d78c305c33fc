"""Pictures beside a record: none of them can run as a document, whatever is written into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from postmortems.conventions import KnowledgeBase
from postmortems.site.pictures import pictures

if TYPE_CHECKING:
    from pathlib import Path

NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
SVG = f'<svg {NAMESPACES} width="9" height="9"{{0}}>{{1}}</svg>'

ACTIVE = {
    "script": ("", "<script>alert(1)</script>"),
    "script-of-a-file": ("", '<script href="https://evil.example/x.js"/>'),
    "onload": (' onload="alert(1)"', ""),
    "handler": ("", '<rect onclick="alert(1)" width="9"/>'),
    "javascript-link": ("", '<a href="javascript:alert(1)"><text>x</text></a>'),
    "xlink": ("", '<a xlink:href="javascript:alert(1)"><text>x</text></a>'),
    "animated-link": ("", '<a><animate attributeName="href" to="javascript:alert(1)"/><text>x</text></a>'),
    "foreign": (
        "",
        '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></body></foreignObject>',
    ),
    "html": ("", '<iframe xmlns="http://www.w3.org/1999/xhtml" src="https://evil.example/"/>'),
    "picture-from-elsewhere": ("", '<image href="https://evil.example/x.png"/>'),
    "shape-from-elsewhere": ("", '<use href="https://evil.example/x.svg#a"/>'),
    "style-from-elsewhere": ("", "<style>@import url(https://evil.example/x.css);</style>"),
    "fill-from-elsewhere": ("", '<rect style="fill: url(https://evil.example/x.svg#a)"/>'),
    "data": ("", '<image href="data:text/html,&lt;script>alert(1)&lt;/script>"/>'),
}


def written(folder: Path) -> dict[str, bytes]:
    return {
        asset.uri.rsplit("/", 1)[-1]: asset.make() if asset.make else b""
        for asset in pictures(folder, KnowledgeBase(folder.parent))
    }


@pytest.mark.parametrize(("head", "inside"), ACTIVE.values(), ids=ACTIVE)
def test_a_drawing_loses_what_is_active(tmp_path: Path, head: str, inside: str) -> None:
    folder = tmp_path / "record"
    folder.mkdir()
    (folder / "a.SVG").write_text(
        SVG.format(head, f'<rect id="kept" width="9" height="9"/>{inside}'), encoding="utf-8"
    )
    made = written(folder)["a.SVG"].decode().lower()
    assert "<rect" in made
    for word in (
        "<script",
        "onload",
        "onclick",
        "foreignobject",
        "iframe",
        'href="javascript',
        "data:text",
        "//evil",
    ):
        assert word not in made.replace("<style>https://evil", "<style>")
    assert "@import" not in made


@pytest.mark.parametrize(
    "content",
    [b"", b"<html><script>alert(1)</script></html>", b"\x1f\x8b\x08", b"<svg", b"\xff\xfe<svg/>", b"alert(1)"],
)
def test_what_is_no_drawing_is_left_out(tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture) -> None:
    folder = tmp_path / "record"
    folder.mkdir()
    (folder / "a.svg").write_bytes(content)
    assert written(folder) == {}
    assert "record/a.svg" in caplog.text


def test_an_entity_reads_no_file(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("zyzzyva", encoding="utf-8")
    folder = tmp_path / "record"
    folder.mkdir()
    entity = f'<!DOCTYPE svg [<!ENTITY a SYSTEM "file://{tmp_path}/secret.txt">]>'
    (folder / "a.svg").write_text(entity + SVG.format("", "<text>&a;</text>"), encoding="utf-8")
    assert b"zyzzyva" not in b"".join(written(folder).values())


@pytest.mark.parametrize(
    "name",
    [
        "a.html",
        "a.htm",
        "a.xhtml",
        "a.xml",
        "a.svgz",
        "a.js",
        "a.mjs",
        "a.css",
        "a.pdf",
        "a.mht",
        "a.swf",
        "a.txt",
        "a",
    ],
)
def test_what_is_no_picture_is_not_copied(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "record"
    folder.mkdir()
    (folder / name).write_text("<script>alert(1)</script>", encoding="utf-8")
    assert written(folder) == {}
