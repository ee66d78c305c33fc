"""References to withheld records lose address and name, however they are written."""

from __future__ import annotations

import time

import pytest

from postmortems.withheld_references import (
    HIDDEN,
    WithheldReferences,
    addresses_to_hide,
    drop_comments,
    hide_in_value,
    hide_links,
    hide_references,
)

HIDDEN_ID = "2024-02-10-amber"
OPEN = "2024-03-05-open"
REFERENCES = WithheldReferences(frozenset({OPEN}), frozenset({HIDDEN_ID}))

ADDRESSES = [
    f"{HIDDEN_ID}.md",
    f"../2024/{HIDDEN_ID}.md",
    f"{HIDDEN_ID}/index.md",
    f"{HIDDEN_ID}/",
    f"/incidents/2024/{HIDDEN_ID}/",
    f"https://lessons.example.org/incidents/2024/{HIDDEN_ID}/#impact",
    f"https://forge.example.org/team/kb/blob/main/incidents/2024/{HIDDEN_ID}.md?plain=1",
    f"{HIDDEN_ID.upper()}.md",
    "2024%2D02%2D10%2Damber.md",
    "2024&#45;02&#x2d;10-amber.md",
    r"2024\-02\-10\-amber.md",
    f"..\\\\2024\\\\{HIDDEN_ID}.md",
    f"https://x.example.org/?next=/incidents/{HIDDEN_ID}",
]
WAYS = [
    "See [the <b>secret</b> one]({0}).",
    "See [the secret one]({0} 'a secret title').",
    "See [the secret one](<{0}>).",
    "![the secret one]({0})",
    "[![the secret one](x.png)]({0})",
    '<a class="x" href="{0}">the secret one</a>',
    "<A HREF='{0}'>the <i>secret</i>\none</A>",
    '<img alt="secret" src="{0}">',
    "See [the secret one][r].\n\n[r]: {0} 'secret'\n",
    "See [r][] and [R].\n\n[r]:\n  <{0}>\n",
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("way", WAYS)
def test_neither_address_nor_name_is_left(way: str, address: str) -> None:
    left = hide_references(way.format(address), REFERENCES)
    assert HIDDEN in left
    assert "secret" not in left
    assert "amber" not in left.lower()


@pytest.mark.parametrize(
    "text",
    [
        f"See [the open one]({OPEN}.md) of 2024-03-05.",
        f'<a href="../2024/{OPEN}/">open</a> <img src="{OPEN}/graph.png">',
        "[RFC 2119](https://www.example.org/rfc/2119) from 2024-02-10 to 2024-02-11, 100 %",
        "[elsewhere](https://status.example.org/2024-02-10-outage) [dead](2024-02-11-never.md) [r] [r][]\n\n[r]: https://example.org/2024\n",
        "2024-02-10-amber-alert.md is another file",
        "a C:\\temp path & 4000 requests",
    ],
)
def test_everything_else_stays(text: str) -> None:
    assert hide_references(text, REFERENCES) == text


def test_a_name_in_plain_text_is_hidden() -> None:
    assert (
        hide_references(f"As in {HIDDEN_ID}, and `{HIDDEN_ID}.md`.", REFERENCES)
        == f"As in {HIDDEN}, and `{HIDDEN}`."
    )


def test_values_of_fields() -> None:
    meta = {
        "summary": f"Like {HIDDEN_ID}.",
        "refs": [{"url": f"https://forge.example.org/incidents/{HIDDEN_ID}"}],
        "n": 3,
    }
    assert list(addresses_to_hide(meta, REFERENCES)) == [("refs", 0, "url")]
    assert hide_in_value(meta, REFERENCES)["summary"] == f"Like {HIDDEN}."  # type: ignore[index]


def test_pages_of_a_blog_keep_their_links() -> None:
    page = '<a href="../2024-01-01-new-year/">a post</a>'
    assert hide_links(page, REFERENCES) == page
    assert HIDDEN_ID not in hide_links(f'<p><a href="../{HIDDEN_ID}/">x</a>', REFERENCES)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a <!-- secret --> b", "a  b"),
        ("a <!-- secret\nsecret --> b <!--c-->", "a  b "),
        ("`<!-- kept -->` <!-- secret -->", "`<!-- kept -->` "),
        ("```html\n<!-- kept -->\n```\n<!-- secret -->", "```html\n<!-- kept -->\n```\n"),
        ("a <!- kept -> b", "a <!- kept -> b"),
    ],
)
def test_comments_go(text: str, left: str) -> None:
    assert drop_comments(text) == left


@pytest.mark.parametrize(
    "piece",
    ["[", "[a](", "![[", "<a ", "<a href=", "1234-", "[x]: ", "`", "```\n", "<!--", "(((", "\\[", "2024-02-10-"],
)
def test_no_text_takes_long(piece: str) -> None:
    began = time.process_time()
    hide_references(drop_comments(piece * 20_000), REFERENCES)
    assert time.process_time() - began < 2
