"""X02 beyond its cases: which earlier incidents are named, how many, and that they come first."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING

import pytest
from rule_bench import AS_OF, EARLIER, SMALL, codes, conventions, with_fields

from postmortems.corpus import Audience, Library
from postmortems.record import read_postmortem
from postmortems.rules import judge

if TYPE_CHECKING:
    from postmortems.findings import Finding

NEW = "2026-05-20-checkout-again"
AGAIN = with_fields(
    SMALL,
    "services:\n  - checkout\n"
    'factors:\n  - "change.rollout: it was as before -> the same happened again"\n'
    "times:\n  started: 2026-05-20T10:12Z\n  detected: 2026-05-20T10:20Z\n  contained: 2026-05-20T10:50Z\n"
    "  recovered: 2026-05-20T10:55Z\n",
)


def _library(**texts: str) -> Library:
    """A library of the new incident and others, each by its id with underscores in place of hyphens."""
    named = {key.removeprefix("_").replace("_", "-"): text for key, text in texts.items()} | {NEW: AGAIN}
    readings = (
        read_postmortem(f"incidents/2026/{key}.md", text.encode(), conventions()) for key, text in named.items()
    )
    return Library(tuple(readings), ())


def _earlier(day: str, fields: str = "") -> str:
    moved = EARLIER.replace("2026-01-10", day)
    return with_fields(moved, fields) if fields else moved


def _found(library: Library, audience: Audience | None = None) -> list[Finding]:
    """The repeats of the new incident; the others may repeat each other."""
    found = judge(library, conventions(), AS_OF, audience=audience)
    return [f for f in found if f.code == "X02" and f.path == f"incidents/2026/{NEW}.md"]


def test_names_incident_action_owner_and_date():
    [finding] = _found(_library(_2026_01_10_checkout=EARLIER))
    for part in (
        "2026-01-10-checkout",
        "A1",
        "Add a stage with one host",
        "platform",
        "2026-02-15",
        "although",
    ):
        assert part in finding.message
    assert "change.rollout" in finding.help


def test_of_three_at_most_the_newest():
    days = ("2026-01-10", "2026-01-11", "2026-01-12", "2026-01-13")
    library = _library(**{f"_{day.replace('-', '_')}_x": _earlier(day) for day in days})
    assert [f.message.split("`")[1] for f in _found(library)] == ["2026-01-11-x", "2026-01-12-x", "2026-01-13-x"]


def test_what_the_record_says_itself_is_named_first_and_once():
    declared = "related:\n  - id: 2026-01-10-x\n    as: repeats\nservices:\n  - payments\n  - checkout\n"
    days = ("2026-01-10", "2026-01-11", "2026-01-12", "2026-01-13")
    library = _library(**{f"_{day.replace('-', '_')}_x": _earlier(day) for day in days})
    new = read_postmortem(f"incidents/2026/{NEW}.md", with_fields(AGAIN, declared).encode(), conventions())
    library = replace(library, readings=(*library.readings[:-1], new))
    named = sorted(f.message.split("`")[1] for f in _found(library))
    assert named == ["2026-01-10-x", "2026-01-12-x", "2026-01-13-x"]


def test_one_finding_an_earlier_incident_that_tells_of_the_action_done():
    open_too = EARLIER.replace("    addresses:\n      - F2\n", "    addresses:\n      - F1\n")
    [finding] = _found(_library(_2026_01_10_x=open_too))
    assert "action A1" in finding.message
    assert "see also A2" in finding.help


@pytest.mark.parametrize(
    ("status", "told", "advice"),
    [
        ("status: open", "still open", "finish the action"),
        ("status: in-progress", "still open, due 2026-02-28", "finish the action"),
        (
            "status: done\n    closed: 2026-05-20",
            "before action A1 was closed on 2026-05-20",
            "what kept the action open",
        ),
        (
            "status: declined\n    closed: 2026-05-25\n    reason: Too dear.",
            "before action A1 was closed on 2026-05-25",
            "what kept",
        ),
        ("status: declined\n    reason: Too dear.", "", ""),
        ("status: superseded", "", ""),
    ],
)
def test_by_what_became_of_the_action(status: str, told: str, advice: str):
    text = EARLIER.replace("status: done\n    closed: 2026-02-15", status)
    found = _found(_library(_2026_01_10_x=text))
    assert [told in f.message and advice in f.help for f in found] == ([True] if told else [])


def test_order_of_the_files_does_not_matter():
    library = _library(_2026_01_10_x=_earlier("2026-01-10"), _2026_01_11_x=_earlier("2026-01-11"))
    expected = _found(library)
    assert len(expected) == 2
    for readings in permutations(library.readings):
        assert _found(replace(library, readings=readings)) == expected


def test_comes_before_every_other_finding():
    library = _library(_2026_01_10_checkout=with_fields(EARLIER, "tlp: RED\n"))
    assert codes(judge(library, conventions(), AS_OF)) == ["X02", "P01"]


class TestAudience:
    """What is withheld from those who read the findings is not named to them."""

    OPEN, WITHHELD = _earlier("2026-01-10"), _earlier("2026-01-11", "tlp: AMBER\n")

    @pytest.mark.parametrize(
        ("audience", "named"),
        [
            (None, ["2026-01-10-x", "2026-01-11-x"]),
            (Audience.ORGANISATION, ["2026-01-10-x", "2026-01-11-x"]),
            (Audience.PUBLIC, ["2026-01-10-x"]),
        ],
    )
    def test_names_only_what_is_admitted(self, audience: Audience | None, named: list[str]):
        found = _found(_library(_2026_01_10_x=self.OPEN, _2026_01_11_x=self.WITHHELD), audience)
        assert [f.message.split("`")[1] for f in found] == named

    def test_withheld_ones_take_no_place_of_the_three(self):
        days = ("2026-01-10", "2026-01-11", "2026-01-12", "2026-01-13", "2026-01-14", "2026-01-15")
        library = _library(
            **{
                f"_{day.replace('-', '_')}_x": _earlier(day, "tlp: AMBER\n" if day > "2026-01-12" else "")
                for day in days
            }
        )
        named = [f.message.split("`")[1] for f in _found(library, Audience.PUBLIC)]
        assert named == ["2026-01-10-x", "2026-01-11-x", "2026-01-12-x"]

    def test_redacted_action_is_not_told_of(self):
        library = _library(_2026_01_10_x=_earlier("2026-01-10", "redacted:\n  - actions.A1\n"))
        assert len(_found(library)) == 1
        assert _found(library, Audience.PUBLIC) == []
        assert len(_found(library, Audience.ORGANISATION)) == 1

    def test_unmarked_record_is_named_to_no_audience(self):
        library = _library(_2026_01_10_x=self.OPEN.replace("tlp: CLEAR\n", ""))
        assert len(_found(library)) == 1
        assert _found(library, Audience.STRICT) == []

    def test_accepting_a_repeat_that_may_not_be_named_is_not_called_needless(self):
        accepting = with_fields(AGAIN, "accepted:\n  - rule: X02\n    reason: It is known.\n")
        library = _library(_2026_01_11_x=self.WITHHELD)
        new = read_postmortem(f"incidents/2026/{NEW}.md", accepting.encode(), conventions())
        for others in (library.readings[:-1], ()):
            asked = Library((*others, new), ())
            assert judge(asked, conventions(), AS_OF, audience=Audience.PUBLIC) == []
        assert codes(judge(Library((new,), ()), conventions(), AS_OF)) == ["X04"]
