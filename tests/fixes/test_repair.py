"""A file is repaired as a whole: what is not put right stays byte for byte, and a doubt leaves all as it was."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from postmortems.fixes import Fix, FixKind, edits, repair, repairing

KITCHEN_SINK = Path(__file__).parent.parent / "record/cases/kitchen-sink.md"
REPOSITORY = Path(__file__).parent.parent.parent

BEFORE = """\
---
# Filled in by hand.
title: Payments: certificate expired  # for now
schema:   1
tlp:  white
status: 'Published'
services: [payments,  checkout]   # both
times:
    started:   2026-03-31 10:12 UTC # log
    detected: {at: "2026-03-31T12:20+0200",  within: 5m}

lessons:
  - improve: Alarm on expiry
  -   kind: Worked
      text: The "hotline": open # 24 h
---

Title: the body  \n\n\t# keeps: every byte 2026-03-31 10:12 UTC
---
tlp: white"""

AFTER = """\
---
schema:   1
# Filled in by hand.
title: "Payments: certificate expired"  # for now
status: 'published'
tlp:  CLEAR
services: [payments,  checkout]   # both
times:
    started:   2026-03-31T10:12Z # log
    detected: {at: "2026-03-31T12:20+02:00",  within: 5m}

lessons:
  - "improve: Alarm on expiry"
  -   kind: worked
      text: 'The "hotline": open' # 24 h
---

Title: the body  \n\n\t# keeps: every byte 2026-03-31 10:12 UTC
---
tlp: white"""


def test_a_file_with_a_bit_of_everything(mend):
    made = mend(BEFORE)
    assert made.after.decode() == AFTER
    assert made.fixes == (
        Fix(FixKind.ORDER, 2),
        Fix(FixKind.QUOTES, 3),
        Fix(FixKind.SPELLING, 5),
        Fix(FixKind.SPELLING, 6),
        Fix(FixKind.MOMENT, 9),
        Fix(FixKind.MOMENT, 10),
        Fix(FixKind.QUOTES, 13),
        Fix(FixKind.SPELLING, 14),
        Fix(FixKind.QUOTES, 15),
    )


def test_line_ends_stay(mend):
    crlf = BEFORE.replace("\n", "\r\n")
    assert mend(crlf.encode()).after.decode() == AFTER.replace("\n", "\r\n")
    mixed = BEFORE.replace("2026-03-31 10:12 UTC # log\n", "2026-03-31 10:12 UTC # log\r\n")
    assert mend(mixed.encode()).after.decode() == AFTER.replace("Z # log\n", "Z # log\r\n")


def test_a_byte_order_mark_stays(mend):
    assert mend(b"\xef\xbb\xbf" + BEFORE.encode()).after == b"\xef\xbb\xbf" + AFTER.encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"no front matter\ntlp: white\n",
        b"---\ntlp: white\n",
        b"---\n- tlp: white\n---\n",
        b"---\n---\n",
        b"---\ntlp: white\nbytes: \xff\n---\n",
        b"---\ntlp: white\ntitle: a\x07b\n---\n",
        b"---\ntlp: white\ntlp: white\n---\n",
        b"---\ntlp: white\ntitle: &a b\n---\n",
        b"---\rtlp: white\r---\r",
    ],
)
def test_what_can_not_be_read_is_left_alone(mend, data):
    assert mend(data).after == data


@pytest.mark.parametrize("path", sorted(REPOSITORY.glob("incidents/**/*.md")), ids=lambda path: path.stem)
def test_the_records_of_this_repository_need_no_fix(mend, path):
    assert mend(path.read_bytes()).fixes == ()


def test_a_fix_that_would_make_a_new_fault_is_left_out_and_the_others_stay(mend_fields):
    long = f"title: {'x' * 138} #3"
    after = mend_fields(f"{long}\ntlp: white\nconflicts:\n  - Log #1\n  - Log #2")
    assert after == f'{long}\ntlp: CLEAR\nconflicts:\n  - "Log #1"\n  - "Log #2"'


def test_a_fix_that_says_something_else_is_never_kept(conventions, monkeypatch):
    def wrong(source, shape):
        yield edits.Edit(FixKind.MOMENT, 2, 7, 8, "y", ("title",), "z")

    def harmful(source, shape):
        yield edits.Edit(FixKind.MOMENT, 2, 7, 8, "[y", ("title",), "[y")

    def beyond(source, shape):
        yield edits.Edit(FixKind.MOMENT, 2, 7, 8, "y\n---\nmore", ("title",), "y")

    data = b"---\ntitle: x\ntlp: white\n---\n"
    for finder in (wrong, harmful, beyond):
        monkeypatch.setattr(repairing, "_FINDERS", (finder,))
        made = repair("incidents/2026/2026-03-31-x.md", data, conventions)
        assert made.after == data
        assert made.fixes == ()


# What people write, and what it is to become; each at a place of the kitchen sink where it is the same in meaning.
SLIPS = [
    ("status: in-review", ["status: In Review", "status: IN_REVIEW", 'status: "in review"']),
    ("tlp: AMBER+STRICT", ["tlp: amber-strict", "tlp: TLP:AMBER+STRICT", "tlp: 'AMBER STRICT'"]),
    ("  at: 2026-03-31T09:00:00Z", ["  at: 2026-03-31 09:00:00 UTC", "  at: 2026-03-31t09:00:00z"]),
    ("    at: 2026-03-31T11:12+02:00", ["    at: 2026-03-31 11:12 +0200", "    at: 2026-03-31T11:12+02"]),
    ("  responded: 2026-03-31T09:20Z", ["  responded: '2026-03-31 09:20 GMT'"]),
    ("  data: none", ["  data: None", "  data: NONE"]),
    ('  - "worked: The bridge was open', ["  - worked: The bridge was open"]),
]


def test_any_slips_in_any_order_come_to_the_same_record(mend, read):
    text = KITCHEN_SINK.read_text(encoding="utf-8")
    meant = read(text.encode())
    assert meant.record
    dice = random.Random(20190702)
    for _ in range(24):
        before = text
        for sound, slips in SLIPS:
            assert sound in text
            if dice.random() < 0.6:
                slip = dice.choice(slips)
                before = before.replace(sound, slip)
                if slip.startswith("  - worked"):
                    before = before.replace('within five minutes."', "within five minutes.")
        _, front, body = before.split("---\n", 2)
        title = dice.choice(["", "# why\n"]) + "title: Gateway: cards refused\n"
        front = front.replace("title: Expired certificate stopped card payments\n", title)
        made = mend(f"---\n{front}---\n{body}")
        after = read(made.after)
        assert after.record
        assert after.record.title == "Gateway: cards refused"
        assert _meaning(after.record) == _meaning(meant.record)
        assert after.record.source.body == meant.record.source.body


def _meaning(record) -> dict[str, object]:
    """A record but for its title, and for how its moments and factors are written."""
    moments = {name: (moment.at, moment.precision, moment.note) for name, moment in record.times.items()}
    return {
        "moments": moments,
        "words": (record.status, record.tlp, record.severity, record.impact, record.state),
        "trigger": (record.trigger.kind, record.trigger.at.at, record.trigger.note),
        "rest": (record.lessons, record.actions, record.factors, record.timeline, record.review, record.own),
    }
