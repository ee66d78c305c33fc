"""What reviews answered, how the response went, and signs of a formality."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from postmortems.analysis.reviews.box_ticking import learning_years, signs_of_formality
from postmortems.analysis.reviews.review_answers import (
    changes_by_year,
    changes_named,
    evaluation_tallies,
    question_tallies,
    years_of,
)
from sites import EVERYTHING

if TYPE_CHECKING:
    from postmortems.analysis.reviews.review_answers import Tally
    from postmortems.conventions import Policy
    from postmortems.record import Postmortem
    from sites import MakeRecord

YES = dict.fromkeys(
    (
        *("detected-quickly", "severity-accurate", "right-people-early"),
        *("runbook-adequate", "communication-cadence", "evidence-sufficient"),
    ),
    "yes",
)
LESSONS = ["improve: Alarm earlier.", "worked: The hotline knew whom to call."]
ACTION = {"id": "A1", "title": "Mend it", "owner": "platform", "due": "2026-05-01", "done_when": "It holds."}


def sound(held: str = "2026-04-03", **fields: Any) -> dict[str, Any]:
    """A reviewed incident without any sign of a formality."""
    return {
        "review": {"held": held, "length_min": 60},
        "questions": YES | {"detected-quickly": {"answer": "no", "note": "Customers were first."}},
        "lessons": LESSONS,
        "actions": [ACTION],
        "no_actions_reason": None,
    } | fields


def counts(tally: Tally) -> dict[int, dict[str, int]]:
    return {
        year: {answer: len(records) for answer, records in by_answer.items() if records}
        for year, by_answer in tally.by_year.items()
    }


class TestQuestions:
    def test_by_the_year_of_the_review(self, record: MakeRecord) -> None:
        reviewed = [
            record(sound("2025-12-30")),
            record(sound("2026-01-04", questions={"detected-quickly": "partly"})),
            record(sound("2026-02-01", questions={"detected-quickly": "n/a"})),
            record(sound("2026-02-02", questions=None)),
        ]
        assert years_of(reviewed) == (2025, 2026)
        quickly, accurate, *_ = question_tallies(reviewed)
        assert counts(quickly) == {2025: {"no": 1}, 2026: {"partly": 1, "n/a": 1, "": 1}}
        assert (quickly.good.k, quickly.good.n) == (0, 2)  # what judges nothing is not among them
        assert counts(accurate) == {2025: {"yes": 1}, 2026: {"": 3}}
        assert (accurate.good.k, accurate.good.n) == (1, 1)

    def test_the_seventh(self, record: MakeRecord) -> None:
        reviewed = [
            record(sound(questions=YES | {"what-should-change": {"alerting": "Alarm earlier."}})),
            record(sound("2025-12-30")),
        ]
        named = {area: (share.k, share.n) for area, share in changes_named(reviewed).items()}
        assert named == {"monitoring": (0, 2), "alerting": (1, 2), "staffing": (0, 2), "access": (0, 2)}
        by_year = changes_by_year(reviewed)
        assert {area: {year: len(found) for year, found in years.items()} for area, years in by_year.items()} == {
            area: {2025: 0, 2026: int(area == "alerting")} for area in named
        }

    def test_none_of_none(self) -> None:
        assert all(tally.good.value is None for tally in (*question_tallies(()), *evaluation_tallies(())))


def test_how_each_part_went(record: MakeRecord) -> None:
    parts = {tally.name: tally for tally in evaluation_tallies([record(EVERYTHING), record(sound())])}
    assert {verdict: len(found) for verdict, found in parts["detection"].total.items() if found} == {
        "delayed": 1,
        "": 1,
    }
    assert (parts["detection"].good.k, parts["detection"].good.n) == (0, 1)
    assert (parts["containment"].good.k, parts["containment"].good.n) == (1, 1)


class TestSigns:
    @pytest.mark.parametrize(
        ("changes", "signs"),
        [
            ({}, ()),
            ({"questions": YES}, ("bare-answers",)),
            ({"questions": YES | {"runbook-adequate": "n/a"}}, ("bare-answers",)),
            ({"questions": YES | {"runbook-adequate": {"answer": "yes", "note": "It led us there."}}}, ()),
            ({"questions": {"detected-quickly": "yes"}}, ()),  # not all are answered: that shows elsewhere
            ({"lessons": LESSONS[:1]}, ("nothing-worked",)),
            ({"lessons": LESSONS[1:]}, ("nothing-to-improve",)),
            ({"lessons": None}, ("nothing-to-improve", "nothing-worked")),
            ({"review": {"held": "2026-04-03", "length_min": 29}}, ("short",)),
            ({"review": {"held": "2026-04-03", "length_min": 30}}, ()),
            ({"review": {"held": "2026-04-03"}}, ()),  # unknown is not short
            ({"actions": None, "no_actions_reason": "It is gone."}, ("no-action",)),
        ],
        ids=str,
    )
    def test_each(self, record: MakeRecord, changes: dict[str, Any], signs: tuple[str, ...]) -> None:
        found = signs_of_formality([record(sound() | changes)])
        assert [signed.signs for signed in found.found] == ([signs] if signs else [])
        assert (found.without.k, found.without.n) == (not signs, 1)

    def test_the_most_signs_first_with_the_authors_reason(self, record: MakeRecord) -> None:
        one = record(sound(actions=None, no_actions_reason="The gateway is gone."), name="2026-01-01-one")
        accepted = [{"rule": "R05", "reason": "Two years of practice."}]
        two = record(sound(questions=YES, lessons=LESSONS[:1], accepted=accepted), name="2026-01-01-two")
        found = signs_of_formality([one, two]).found
        assert [(signed.record.id, signed.reason) for signed in found] == [
            ("2026-01-01-two", "Two years of practice."),
            ("2026-01-01-one", "The gateway is gone."),
        ]


def test_what_did_not_hurt(record: MakeRecord, policy: Policy) -> None:
    def made(name: str, **fields: Any) -> Postmortem:
        return record(fields, name=name)

    found = learning_years(
        [
            made("2025-01-01-a"),
            made("2025-01-02-b", **{"class": "near-miss"}),
            made("2026-01-01-c", **{"class": "exercise"}),
            made("2026-01-02-d", **{"class": "maintenance"}),
            made("2026-01-03-e", provenance="imported"),
        ],
        policy,
    )
    assert [(row.year, len(row.incidents), len(row.near_misses), len(row.exercises)) for row in found] == [
        (2025, 1, 1, 0),
        (2026, 0, 0, 1),
    ]
