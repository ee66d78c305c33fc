"""Picking out incidents: by and between traits, by or within one, and by when they began."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from postmortems.analysis.statistics.selection import EVERYTHING, TRAITS, Selection, values

if TYPE_CHECKING:
    from postmortems.conventions import Policy
    from sites import MakeRecord

RETOLD = {"provenance": "public-report", "organisation": "Someone else", "services": ["dns"]}


def wanting(**words: str) -> Selection:
    return Selection(**{part: frozenset(value.split()) for part, value in words.items()})


def test_everything_holds_everything(record: MakeRecord) -> None:
    assert EVERYTHING.holds(record())
    assert EVERYTHING.holds(record(RETOLD | {"factors": None, "trigger": None, "severity": None, "times": None}))


@pytest.mark.parametrize(
    ("words", "held"),
    [
        ({"factors": "change.rollout"}, True),
        ({"factors": "change.rollback change.rollout"}, True),
        ({"factors": "change.rollback"}, False),
        ({"triggers": "deploy"}, True),
        ({"triggers": "expiry"}, False),
        ({"severities": "sev4 sev1"}, True),
        ({"severities": "sev1"}, False),
        ({"classes": "operational"}, True),
        ({"classes": "security"}, False),
        ({"provenances": "first-hand"}, True),
        ({"provenances": "imported"}, False),
        ({"statuses": "published"}, True),
        ({"statuses": "draft"}, False),
        ({"services": "checkout"}, True),
        ({"services": "payments"}, False),
        ({"factors": "change.rollout", "severities": "sev4", "services": "checkout"}, True),
        ({"factors": "change.rollout", "severities": "sev1"}, False),
    ],
)
def test_by_words(record: MakeRecord, words: dict[str, str], *, held: bool) -> None:
    assert wanting(**words).holds(record()) is held


def test_by_organisation_and_by_a_service_of_one(record: MakeRecord) -> None:
    mine, other = record({"services": ["dns"]}), record(RETOLD)

    def held(**words: Any) -> list[bool]:
        return [
            Selection(**{part: frozenset([word]) for part, word in words.items()}).holds(r) for r in (mine, other)
        ]

    assert held(organisations="Someone else") == [False, True]
    assert held(services="dns") == [True, True]
    assert held(services="Someone else/dns") == [False, True]
    assert held(services="Example Bank/dns") == [True, False]


@pytest.mark.parametrize(
    ("since", "until", "held"),
    [
        (date(2026, 3, 31), None, True),
        (date(2026, 4, 1), None, False),
        (None, date(2026, 3, 31), True),
        (None, date(2026, 3, 30), False),
        (date(2026, 3, 31), date(2026, 3, 31), True),
    ],
)
def test_by_when_it_began(record: MakeRecord, since: date | None, until: date | None, *, held: bool) -> None:
    assert Selection(since=since, until=until).holds(record()) is held


def test_what_may_have_begun_outside_is_not_held(record: MakeRecord) -> None:
    known_to_the_year = record({"times": None}, name="2025-old")
    assert Selection(since=date(2025, 1, 1), until=date(2025, 12, 31)).holds(known_to_the_year)
    assert not Selection(since=date(2025, 2, 1)).holds(known_to_the_year)
    assert not Selection(until=date(2025, 11, 30)).holds(known_to_the_year)


def test_values_are_each_there_once(record: MakeRecord, policy: Policy) -> None:
    found = record(RETOLD | {"factors": ["change.rollout: a -> b", "change.rollout: c -> d"], "trigger": None})
    assert {trait: values(trait, found, policy) for trait in TRAITS} == {
        "severity": ("sev4",),
        "class": ("operational",),
        "trigger": (),
        "factor": ("change.rollout",),
        "service": ("Someone else/dns",),
        "organisation": ("Someone else",),
        "year": ("2026",),
        "provenance": ("public-report",),
        "status": ("published",),
    }
    assert values("service", record(), policy) == ("checkout",)
