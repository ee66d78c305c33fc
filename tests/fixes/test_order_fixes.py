"""Fields move into the order of the schema as whole blocks of lines, with the comments above them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from postmortems.fixes import FixKind

KITCHEN_SINK = Path(__file__).parent.parent / "record/cases/kitchen-sink.md"

CASES = {
    "a block with its comments": (
        "# on the summary\n# and more\nsummary: x\n\n# on the title\ntitle: y",
        "# on the title\ntitle: y\n# on the summary\n# and more\nsummary: x\n",
    ),
    "comments within a block": (
        "services:\n  # first\n  - a\n# second\n  - b\n  # last\ntitle: x",
        "title: x\nservices:\n  # first\n  - a\n# second\n  - b\n  # last",
    ),
    "a comment that stands apart stays with what is above it": (
        "tlp: CLEAR\n\n# apart\n\ntitle: x",
        "title: x\ntlp: CLEAR\n\n# apart\n",
    ),
    "an opening that stands apart": (
        "# About this file\n\n# the mark\ntlp: CLEAR\ntitle: x",
        "# About this file\n\ntitle: x\n# the mark\ntlp: CLEAR",
    ),
    "what tools read on the first line": (
        "# yaml-language-server: $schema=x\n# the mark\ntlp: CLEAR\ntitle: x",
        "# yaml-language-server: $schema=x\ntitle: x\n# the mark\ntlp: CLEAR",
    ),
    "comments at the end": (
        "tlp: CLEAR\ntitle: x\n\n# hint: services:\n# hint:   - a\n\n# the end",
        "title: x\n\ntlp: CLEAR\n# hint: services:\n# hint:   - a\n\n# the end",
    ),
    "own fields last, as they are written": (
        "x-b: 1\nx-a: 2\ntitle: x",
        "title: x\nx-b: 1\nx-a: 2",
    ),
    "an unknown field stays behind what it follows": (
        "tlp: CLEAR\ntpl: GREEN\ntitle: x",
        "title: x\ntlp: CLEAR\ntpl: GREEN",
    ),
    "blocks of text": (
        "summary: |+\n  # no comment\n  title: y\n\ntitle: x",
        "title: x\nsummary: |+\n  # no comment\n  title: y\n",
    ),
    "keys in quotes": ("'tlp': CLEAR\n\"title\": x", "\"title\": x\n'tlp': CLEAR"),
    "all fields indented": ("  tlp: CLEAR\n  # on it\n  title: x", "  # on it\n  title: x\n  tlp: CLEAR"),
}


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES)
def test_order(mend_fields, before, after):
    assert mend_fields(before) == after


@pytest.mark.parametrize(
    "fields",
    [
        "title: x\n# hint: summary: y\ntlp: CLEAR",
        "times:\n  detected: 2026\n  started: 2026",
        "{tlp: CLEAR, title: x}",
        "{tlp: CLEAR,\n title: x}",
        "? tlp\n: CLEAR\ntitle: x",
        'tlp: "CLEAR\n# no comment"\ntitle: x',
        "",
        "# nothing but a comment",
    ],
)
def test_what_is_in_order_or_has_no_blocks_stays(mend_fields, fields):
    assert mend_fields(fields) == fields


def test_the_order_is_one_fix_however_much_moves(mend):
    made = mend("---\n# c\ntlp: CLEAR\nsummary: x\ntitle: y\n---\n")
    assert [(fix.kind, fix.line) for fix in made.fixes] == [(FixKind.ORDER, 2)]


def test_a_shuffled_record_is_put_in_order_and_loses_nothing(mend, read):
    text = KITCHEN_SINK.read_text(encoding="utf-8")
    assert mend(text).fixes == ()
    _, front, body = text.split("---\n", 2)
    blocks = _blocks(front)
    dice = random.Random(20260331)
    for round_ in range(24):
        commented = [_with_comments(block, dice) for block in blocks]
        shuffled = dice.sample(commented, len(commented))
        end = dice.choice(["", "\n", "\n\nThe end"])
        before = f"---\n{''.join(shuffled)}---\n{body}{end}"
        if round_ % 2:
            before = before.replace("\n", "\r\n")
        after = mend(before.encode()).after.decode()
        head, front_after, body_after = after.replace("\r\n", "\n").split("---\n", 2)
        assert (head, body_after) == ("", body + end)
        own = [block for block in shuffled if _key(block).startswith("x-")]  # these stay as they are written
        assert front_after == "".join([block for block in commented if block not in own] + own)
        assert after.count("\r\n") == before.count("\r\n")
        one, other = read(before.encode()), read(after.encode())
        assert one.source
        assert other.source
        assert one.source.meta == other.source.meta


def _blocks(front: str) -> list[str]:
    blocks: list[str] = []
    for line in front.splitlines(keepends=True):
        if line.startswith(" "):
            blocks[-1] += line
        else:
            blocks.append(line)
    return blocks


def _key(block: str) -> str:
    return next(line for line in block.splitlines() if not line.startswith("#"))


def _with_comments(block: str, dice: random.Random) -> str:
    """A block with comments above it, in it and at the end of a line, and blank lines below it."""
    above = dice.choice(["", "# note: x\n", "#\n# [a]: {b\n"])
    key, rest = block.split("\n", 1)
    within = dice.choice(["", "  # within\n", "# at the edge\n"]) if rest and "summary" not in key else ""
    last = dice.choice(["", "\n", "\n \n"])
    return f"{above}{key}\n{within}{rest}{last}"
