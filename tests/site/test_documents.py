"""A sheet as Markdown, as a page, and as a file of its own: the same content, and nothing in it acts."""

from __future__ import annotations

import pytest
from markdown import Markdown

from postmortems.documents import (
    Bullets,
    Checks,
    Document,
    Fold,
    Grid,
    Paragraph,
    Phrase,
    Room,
    Section,
    as_html,
    as_markdown,
)
from sites import dangers, parse, words

HOSTILE = "<script>x</script> **b** `c` [l](javascript:x) | *i* & \u202e <!-- \\"
SHEET = Document(
    title="A sheet",
    lead=("Made from ", Phrase("a record", uri="incidents/2026/2026-03-31-x.md"), "."),
    facts=[("Mark", "TLP:CLEAR")],
    sections=[
        Section(
            "first", "First", [Paragraph("One."), Bullets(["a", ("b ", Phrase("c", strong=True))], numbered=True)]
        ),
        Section(
            "second",
            "Second",
            [
                Checks(["Tick me"]),
                Grid("A table", ("Who", "Here?"), [("Lead", ""), ("Scribe", "")], spare=1),
                Room(2),
                Fold("Open me", [Paragraph("Hidden.", note=True)]),
            ],
        ),
    ],
)
MARKDOWN = """\
# A sheet

Made from a record (incidents/2026/2026-03-31-x.md).

- **Mark**: TLP:CLEAR

## First

One.

1. a
2. b **c**

## Second

- [ ] Tick me

| Who | Here? |
| --- | --- |
| Lead |  |
| Scribe |  |
|  |  |

> …

<details><summary>Open me</summary>

*Hidden.*

</details>
"""


def test_as_markdown() -> None:
    assert as_markdown(SHEET) == MARKDOWN


def test_as_html() -> None:
    page = parse(as_html(SHEET))
    assert page.text("//title") == page.text("//h1") == "A sheet"
    assert page.texts("//h2") == ["First", "Second"]
    assert page.all("//a") == []  # the file may lie anywhere
    assert page.texts("//ol/li") == ["a", "b c"]
    assert page.texts("//th") == ["Who", "Here?"]
    assert [cell.get("class") for cell in page.all("//th")] == [None, "pm-blank"]
    assert len(page.all("//tbody/tr")) == 3
    assert [words(fold) for fold in page.all("//details")] == ["Open me Hidden."]
    assert page.all("//link | //script") == []


def hostile(text: str) -> Document:
    return Document(
        text,
        text,
        [(text, text)],
        [
            Section(
                "a",
                text,
                [
                    Paragraph(text),
                    Paragraph(text, note=True),
                    Paragraph((Phrase(text, strong=True), Phrase(text, muted=True), Phrase(text, uri=text))),
                    Bullets([text]),
                    Checks([text]),
                    Grid(text, (text,), [(text,)]),
                    Fold(text, [Paragraph(text)]),
                ],
            )
        ],
    )


def test_no_text_acts_in_html() -> None:
    page = parse(as_html(hostile(HOSTILE)))
    assert [danger for danger in dangers(page) if not danger.startswith(("<meta", "<style"))] == []
    assert page.all("//b") == page.all("//i") == []


def test_no_text_acts_in_markdown() -> None:
    text = as_markdown(hostile(HOSTILE))
    page = parse(Markdown(extensions=["tables"]).convert(text))
    assert dangers(page) == []
    assert page.all("//a") == page.all("//code") == []
    assert "\u202e" not in text
    assert all(words(element) != "i" for element in page.all("//em"))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("# no heading", "\\# no heading"),
        ("- no list", "\\- no list"),
        ("12. no list", "\\12. no list"),
        ("=== no rule", "\\=== no rule"),
        ("a\nb", "a b"),
        ("2026-03-31 is a day", "2026-03-31 is a day"),
    ],
)
def test_no_text_begins_something(text: str, line: str) -> None:
    sheet = Document("A", "B", (), [Section("s", "S", [Paragraph(text)])])
    assert as_markdown(sheet).splitlines()[-1] == line
