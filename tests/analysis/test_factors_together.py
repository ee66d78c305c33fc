"""Pairs of factors beside what chance would give, the balance of dimensions, and factors by year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from postmortems.analysis.factors.factor_dimensions import balance
from postmortems.analysis.factors.factor_pairs import pairs
from postmortems.analysis.factors.factors_by_year import MOST_FACTORS, MOST_YEARS, factor_years

if TYPE_CHECKING:
    from postmortems.conventions import Conventions, Policy
    from postmortems.record import Postmortem
    from sites import MakeRecord

ROLLOUT, ROLLBACK, RUNBOOK = "change.rollout", "change.rollback", "response.runbook"


def named(*factors: str) -> dict[str, Any]:
    return {"factors": [{"factor": factor, "statement": "a -> b"} for factor in factors]}


# Pairs.


def test_a_pair_is_listed_from_two_incidents(record: MakeRecord) -> None:
    records = [record(named(ROLLOUT, RUNBOOK)), record(named(RUNBOOK, ROLLOUT, ROLLBACK)), record(named(ROLLOUT))]
    found = pairs(records)
    (pair,) = found.listed
    assert (pair.first, pair.second, len(pair.records)) == (ROLLOUT, RUNBOOK, 2)
    assert (pair.first_count, pair.second_count, pair.of) == (3, 2, 3)
    assert pair.by_chance == pytest.approx(2.0)  # 3 x 2 / 3: together as often as chance would have it
    assert found.possible == 3


def test_a_factor_named_twice_in_a_record_makes_no_pair(record: MakeRecord) -> None:
    assert pairs([record(named(ROLLOUT, ROLLOUT))] * 2).listed == ()


def test_words_for_no_factor_make_no_pair(record: MakeRecord) -> None:
    assert pairs([record(named(ROLLOUT, "unknown"))] * 2).listed == ()


def test_pairs_are_in_order_of_how_often_and_not_of_how_unlikely(record: MakeRecord) -> None:
    records = [record(named(ROLLOUT, RUNBOOK))] * 3 + [record(named(ROLLBACK, "org.training"))] * 2
    found = pairs(records).listed
    assert [(pair.first, len(pair.records)) for pair in found] == [(ROLLOUT, 3), (ROLLBACK, 2)]
    assert found[0].by_chance / 3 > found[1].by_chance / 2


def test_pairs_of_a_factor(record: MakeRecord) -> None:
    found = pairs([record(named(ROLLOUT, RUNBOOK, ROLLBACK))] * 2)
    assert [pair.other(RUNBOOK) for pair in found.with_factor(RUNBOOK)] == [ROLLBACK, ROLLOUT]


@pytest.mark.parametrize("not_counted", [{"class": "maintenance"}, {"status": "withdrawn"}])
def test_pairs_of_what_does_not_count(record: MakeRecord, not_counted: dict[str, str]) -> None:
    assert pairs([record(named(ROLLOUT, RUNBOOK) | not_counted)] * 2).of == ()


def test_no_pairs_of_nothing() -> None:
    found = pairs([])
    assert (found.listed, found.of, found.possible) == ((), (), 0)


# Balance.


def test_dimensions_count_records_not_factors(record: MakeRecord, example_bank: Conventions) -> None:
    records = [
        record(named(ROLLOUT, ROLLBACK, "software.logic")),
        record(named(RUNBOOK)),
        record(named("unknown")),
    ]
    found = balance(records, example_bank.vocabulary)
    assert list(found.dimensions) == list(example_bank.vocabulary.dimensions)
    assert {name: (share.k, share.n) for name, share in found.dimensions.items()} == {
        "technical": (1, 2),
        "process": (2, 2),
        "human-organisational": (0, 2),
        "communication": (0, 2),
        "external": (0, 2),
    }
    assert [record.factors[0].factor for record in found.unnamed] == ["unknown"]


def test_categories_count_records_too(record: MakeRecord, example_bank: Conventions) -> None:
    found = balance([record(named(ROLLOUT, ROLLBACK)), record(named(RUNBOOK))], example_bank.vocabulary)
    counts = {name: share.k for name, share in found.categories.items() if share.k}
    assert counts == {"change": 1, "response": 1}


def test_technical_factors_only(record: MakeRecord, example_bank: Conventions) -> None:
    records = [
        record(named("software.logic", "infrastructure.expiry")),
        record(named("software.logic", RUNBOOK)),
        record(named("software.unheard-of")),
    ]
    found = balance(records, example_bank.vocabulary)
    assert (found.only_technical.k, found.only_technical.n) == (1, 3)


def test_balance_of_nothing(example_bank: Conventions) -> None:
    found = balance([], example_bank.vocabulary)
    assert all(share.value is None and share.interval is None for share in found.dimensions.values())


# By year.


def in_years(record: MakeRecord, *years: int, factors: tuple[str, ...] = (ROLLOUT,)) -> list[Postmortem]:
    return [
        record(named(*factors) | {"times": None}, name=f"{year}-03-31-case-{number}")
        for number, year in enumerate(years)
    ]


def test_factors_by_year(record: MakeRecord, policy: Policy) -> None:
    records = in_years(record, 2026, 2026, 2024, factors=(ROLLOUT, RUNBOOK)) + in_years(record, 2026, 2024)
    found = factor_years(records, policy)
    assert found
    assert (found.years, found.totals) == ((2024, 2025, 2026), (2, 0, 3))
    assert found.counts == {ROLLOUT: (2, 0, 3), RUNBOOK: (1, 0, 2)}


@pytest.mark.parametrize("years", [(), (2026,) * 6, (2026, 2025, 2025, 2025)])
def test_too_little_for_a_picture(record: MakeRecord, policy: Policy, years: tuple[int, ...]) -> None:
    assert factor_years(in_years(record, *years), policy) is None


def test_nothing_twice_is_no_picture(record: MakeRecord, policy: Policy) -> None:
    factors = [ROLLOUT, ROLLBACK, RUNBOOK, "org.training", "software.logic"]
    records = [
        record(named(factor) | {"times": None}, name=f"{2022 + at}-03-31-case")
        for at, factor in enumerate(factors)
    ]
    assert factor_years(records, policy) is None


def test_old_years_and_rare_factors_are_left_out(
    record: MakeRecord, policy: Policy, example_bank: Conventions
) -> None:
    many = tuple(term for term in example_bank.vocabulary.factors if "." in term)[: MOST_FACTORS + 5]
    found = factor_years(in_years(record, *range(2010, 2027), factors=many), policy)
    assert found
    assert (found.years[0], len(found.years)) == (2027 - MOST_YEARS, MOST_YEARS)
    assert len(found.counts) == MOST_FACTORS


def test_others_are_in_no_picture_of_ours(record: MakeRecord, policy: Policy) -> None:
    retold = {"provenance": "public-report", "organisation": "Someone else", "times": None}
    records = [record(named(ROLLOUT) | retold, name=f"{year}-03-31-case") for year in range(2018, 2026)]
    assert factor_years(records, policy) is None
