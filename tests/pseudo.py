"""A language in which every text of the interface stands between marks, so that a forgotten one is seen.

`⟦Incidents⟧` is said; `Incidents` was forgotten, unless it is data: what post-mortems, the vocabulary, the policy
and the other files of a knowledge base say.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import yaml

from extracting import extracted_texts
from postmortems.rules.language.english.anonymise import anonymised
from sites import REPOSITORY, leaves

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from postmortems.texts import Wording
    from sites import Node

OPEN, CLOSE = "⟦", "⟧"

# What is put into a text, markup, and code, which are not of the text itself.
_PUT_IN = re.compile(r"(%\([a-z_]+\)[sd]|\{[a-z]+\}|<[^>]+>|%%|`[^`]*`)")
_BETWEEN_PIECES = re.compile(r"[^\w\s'’…-]+|[\d_]+|\s-\s|\s{3,}|(?<=…)")
_MARKDOWN = re.compile(r"\n\s*\n|\[|\]\([^)]*\)|\]\[[^\]]*\]|^\s*(?:[-*]|\d+\.)\s", re.MULTILINE)
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_CODE = {"code", "pre", "script", "style"}
_READ = {"title", "aria-label", "alt", "placeholder", "summary", "label"}

# Names that are the same in every language.
NAMES = frozenset(
    {
        *("json", "csv", "sqlite", "parquet", "atom", "json feed", "markdown", "llms", "duckdb", "datasette"),
        *("xml", "ics", "md", "txt", "db", "tlp", "clear", "utc", "sha", "http", "https"),
    }
)


def marked_texts() -> dict[str, Wording]:
    """Every text of the interface between marks, as a knowledge base may word it otherwise in `texts.yaml`."""
    found: dict[str, Wording] = {}
    for text in extracted_texts():
        if isinstance(text, str):
            found[text] = _marked(text)
        else:
            one, other = text
            found[one] = (_marked(one), _marked(other))
    return found


def texts_file() -> str:
    """The same as a file of a knowledge base."""
    texts = {
        english: wording if isinstance(wording, str) else {"one": wording[0], "other": wording[1]}
        for english, wording in marked_texts().items()
    }
    return yaml.safe_dump({"schema": 1, "texts": texts}, allow_unicode=True, width=10_000)


def _marked(text: str) -> str:
    """A text between marks; what is put into it stays outside them, so that it has to be said for itself."""
    parts = _PUT_IN.split(text)
    return "".join(
        part if put_in % 2 or not part.strip() else f"{OPEN}{part}{CLOSE}" for put_in, part in enumerate(parts)
    )


def forgotten(texts: Iterable[str], folder: Path) -> list[str]:
    """The pieces of texts that are neither between marks nor data of a knowledge base."""
    data = data_of(folder)
    return [piece for text in texts for piece in unsaid(text) if not _is_data(piece, data)]


def _is_data(piece: str, data: frozenset[str]) -> bool:
    """Whether it is a piece of data, or the beginning of one where it was cut short."""
    if piece.endswith("…"):
        return any(known.startswith(piece[:-1]) for known in data)
    return piece in data or piece in NAMES


def unsaid(text: str) -> Iterator[str]:
    """The pieces of a text, between punctuation and numbers, that are outside marks and hold words."""
    depth = 0
    outside: list[str] = []
    for letter in text:
        if letter in {OPEN, CLOSE}:
            depth += 1 if letter == OPEN else -1
            outside.append("|")
        elif depth <= 0:
            outside.append(letter)
    return pieces(re.sub(r"\{[a-z]+\}", "|", "".join(outside)))


def pieces(text: str) -> Iterator[str]:
    """What stands between punctuation and numbers, in small letters."""
    for part in _BETWEEN_PIECES.split(text):
        piece = " ".join(part.split()).casefold().strip("-'’ ").replace(" …", "…")
        if _LETTERS.search(piece):
            yield piece


def seen(node: Node) -> Iterator[str]:
    """The texts of a page that a reader sees or hears, without code and the words of records."""
    said = node.all("//*[contains(@class, 'pm-said')][not(parent::h1 or parent::th)]")
    for element in [*node.root.iter(*_CODE), *said]:
        element.tail = f"|{element.tail or ''}"
        element.drop_tree()
    yield from node.root.itertext()
    for element in node.all("//*[not(ancestor-or-self::*[@aria-hidden='true'])]"):
        yield from (value for name, value in element.items() if _is_read(name, value))


def _is_read(name: str, value: str) -> bool:
    """Whether an attribute is for people, or one of ours that a script puts on the page."""
    named = name in {"data-figure", "data-chart", "data-filter", "data-pagefind-filter"}
    return name in _READ or (name.startswith("data-") and not named and (OPEN in value or " " in value))


def paragraphs(markdown: str) -> list[str]:
    """Markdown in pieces: paragraphs, entries of lists, and the texts of links by themselves."""
    return _MARKDOWN.split(markdown)


@cache
def data_of(folder: Path) -> frozenset[str]:
    """The pieces of everything that the files of a knowledge base say, and the shipped files that it relies on."""
    found: set[str] = set()
    for path in folder.rglob("*.md"):
        _, fields, body = path.read_text(encoding="utf-8").split("---\n", 2)
        found |= {*pieces(path.stem)}
        for text in _said(fields):
            found |= {*pieces(text), *pieces(anonymised(text)), *pieces(text.replace("-", " "))}
        for part in paragraphs(body):
            found |= {*pieces(part)}
    policy = (folder / "schemas/policy.yaml").read_text(encoding="utf-8")
    return _shipped() | {piece for text in _said(policy) for piece in pieces(text)} | found


@cache
def _shipped() -> frozenset[str]:
    """The pieces of the shipped schemas, vocabulary, controls and requirements."""
    files = (path.read_text(encoding="utf-8") for path in (REPOSITORY / "schemas").iterdir())
    return frozenset(piece for file in files for text in _said(file) for piece in pieces(text))


def _said(yaml_text: str) -> Iterator[str]:
    """The texts of a YAML file, and its keys, which are shown as the ids of things."""
    for path, text in leaves(yaml.load(yaml_text, Loader=yaml.BaseLoader) or {}):  # noqa: S506 - it makes only texts
        yield text
        yield from (step.removeprefix("x-") for step in path if isinstance(step, str))
