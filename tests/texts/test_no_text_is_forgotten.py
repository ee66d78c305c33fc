"""No text of the interface is written past gettext, in code or templates, even where no test renders it.

What is rendered is looked at by `tests/site/test_every_text_is_translated.py`; this reads the sources.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import lxml.html
import pytest

import postmortems

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(postmortems.__file__).parent
TEMPLATES = PACKAGE / "rendering/templates"
CODE_OF_SITES = sorted(
    path for room in ("rendering", "documents", "site") for path in (PACKAGE / room).rglob("*.py")
)
SAID = {"_", "N_", "gettext", "ngettext"}

# A word with a capital, or two words.
TEXT = re.compile(r"\b[A-Z][a-z]{2,}|[A-Za-z]{2,} [A-Za-z]{2,}")
ANY_WORD = re.compile(r"(?!TLP)[A-Za-z]{2,}(?<!TLP)")
# Words by which files are read, none of which is shown.
WORDS_OF_FILES = {"site/sections.py"}
# What rules and fields say is written once, in English.
IN_ENGLISH = {"rule.html", "fields.html"}

TRANSLATED = re.compile(r"({%-?\s*trans\b.*?%}).*?{%-?\s*endtrans\s*-?%}", re.DOTALL)
COMMENT = re.compile(r"{#.*?#}", re.DOTALL)
CODE = re.compile(r"{{.*?}}|{%.*?%}", re.DOTALL)
# What gettext says, values of the analysis that are compared with, and keys.
SAID_IN_CODE = re.compile(r"""\b_\(\s*"[^"]*"|([=!]=|\bhaving\()\s*"[^"]*"|"[^"]*"\s*:""")
ATTRIBUTE = re.compile(r'\b[a-z-]+="[^"]*"')
LITERAL = re.compile(r'"([^"]*)"')
# Commands, and programs by their names.
NO_TEXT = re.compile(r"(<code>)?(postmortems|mkdocs) |DuckDB|Datasette")
LONGEST_LINE = 200
READ = {"title", "aria-label", "alt", "placeholder", "summary"}


@pytest.mark.parametrize("path", [*CODE_OF_SITES, *TEMPLATES.rglob("*.html")], ids=lambda path: path.name)
def test_nothing_waits_to_be_written(path: Path) -> None:
    assert "TODO" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", CODE_OF_SITES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_code(path: Path) -> None:
    if path.relative_to(PACKAGE).as_posix() not in WORDS_OF_FILES:
        assert [text for text in _unsaid(ast.parse(path.read_text(encoding="utf-8"))) if _is_text(text)] == []


@pytest.mark.parametrize(
    "path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.relative_to(TEMPLATES).as_posix()
)
def test_templates(path: Path) -> None:
    if path.name in IN_ENGLISH:
        return
    source = TRANSLATED.sub(r"\1", COMMENT.sub("", path.read_text(encoding="utf-8")))
    shown = (ATTRIBUTE.sub("", text) for text in _shown(CODE.sub("", source)))
    assert [text for text in shown if ANY_WORD.search(text)] == []
    code = SAID_IN_CODE.sub("", " ".join(CODE.findall(source)))
    assert [text for text in LITERAL.findall(code) if _is_text(text) and not NO_TEXT.match(text)] == []


@pytest.mark.parametrize(
    "path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.relative_to(TEMPLATES).as_posix()
)
def test_lines_of_templates_can_be_read(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [number for number, line in enumerate(lines, 1) if len(line) > LONGEST_LINE] == []


@pytest.mark.parametrize(
    "code",
    [
        'title = "Incidents"',
        'said = f"{n} of them"',
        'Column("n", "how many")',
        'words = {"a": "no lesson"}',
    ],
)
def test_what_is_forgotten_in_code_is_found(code: str) -> None:
    assert any(_is_text(text) for text in _unsaid(ast.parse(code)))


def _is_text(text: str) -> bool:
    plain = re.sub(r"<[^>]*>?", "", text)
    around = re.sub(r"%\([a-z_]+\)s", "", plain)
    return bool(TEXT.search(plain)) or (around != plain and bool(ANY_WORD.search(around)))


def _unsaid(node: ast.AST) -> Iterator[str]:
    """The strings of code but for docstrings, keys, exported names, errors, log messages, and gettext's texts."""
    if isinstance(node, ast.Raise | ast.Assert) or _says(node) or _logs(node) or _exports(node):
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    for child in ast.iter_child_nodes(node):
        is_docstring = isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant)
        is_key = isinstance(node, ast.Dict) and child in node.keys
        if not is_docstring and not is_key:
            yield from _unsaid(child)


def _says(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAID


def _logs(node: ast.AST) -> bool:
    """Whether it is a message for who builds the site, which is in English like those of all commands."""
    return isinstance(node, ast.Call) and ast.unparse(node.func).startswith("log.")


def _exports(node: ast.AST) -> bool:
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"


def _shown(html: str) -> Iterator[str]:
    """The texts of a page and of the attributes that are read out, without what stands as code."""
    root = lxml.html.fromstring(f"<main>{html}</main>")
    for element in list(root.iter("code", "pre", "script", "style")):
        element.drop_tree()
    yield from root.itertext()
    for element in root.iter():
        yield from (value for name, value in element.items() if name in READ)
