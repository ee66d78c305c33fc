"""The prose that is given away: links to post-mortems that are here stay, others leave their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from postmortems.exports.narrative import narrative
from sites import incident

if TYPE_CHECKING:
    from export_cases import MakeEdition


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("", ""),
        ("As it was.", "As it was."),
        ("[Here](../2026/2026-03-30-here.md#impact)", "[Here](../2026/2026-03-30-here.md#impact)"),
        ("[Gone](2026-03-29-gone.md)", "Gone"),
        ("[Gone](<../2026/2026-03-29-gone.md> 'its title')", "Gone"),
        ("[Gone](2026-03-29-gone/)", "Gone"),
        ("[Gone](2026%2D03-29-gone.md)", "Gone"),
        ("[the [inner] words](2026-03-29-gone.md) after", "the [inner] words after"),
        ("![Drawn](2026-03-29-gone/a.png) after", "Drawn after"),
        ("[Gone](2026-03-29-gone.md 'a (title)')", "[Gone]( 'a (title)')"),
        ("[words][Ref] and [ref][]\n\n[REF]: 2026-03-29-gone.md 'title'\n", "words and ref"),
        (
            "[words][a] [b]\n\n[a]: 2026-03-30-here.md\n[b]: c.md",
            "[words][a] [b]\n\n[a]: 2026-03-30-here.md\n[b]: c.md",
        ),
        ('<a href="../2026/2026-03-29-gone.md">x</a>', '<a href="">x</a>'),
        ("See `incidents/2026/2026-03-29-gone.md`.", "See ``."),
        ("[2026](https://blog.example.org/2026-03-29-gone/)", "[2026](https://blog.example.org/2026-03-29-gone/)"),
        ("On 2026-03-29-and-after it held.", "On 2026-03-29-and-after it held."),
        ("From 2026-03-29 to 2026-04-01/02.", "From 2026-03-29 to 2026-04-01/02."),
    ],
)
def test_links(context: MakeEdition, body: str, left: str) -> None:
    files = {
        "incidents/2026/2026-03-31-x.md": incident(body=body),
        "incidents/2026/2026-03-30-here.md": incident(),
        "incidents/2026/2026-03-29-gone.md": incident({"tlp": "AMBER"}),
    }
    made = context(files)
    assert narrative(made, made.records["2026-03-31-x"]) == (f"{left}\n" if left else "")


def test_a_long_word_takes_no_time(context: MakeEdition) -> None:
    word = "1234-" * 20_000
    made = context({"incidents/2026/2026-03-31-x.md": incident(body=f"a/{word} [{word}]({word}) [{word}")})
    assert narrative(made, made.records["2026-03-31-x"]).startswith("a/1234")
