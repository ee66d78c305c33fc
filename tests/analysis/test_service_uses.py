"""What happened on each service: one's own and others' apart, and what is open on it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from postmortems.analysis.services import service_uses
from postmortems.analysis.statistics.service_keys import ServiceKey

if TYPE_CHECKING:
    from postmortems.analysis.services import ServiceUse
    from postmortems.conventions import Policy
    from postmortems.record import Postmortem
    from sites import MakeRecord

AS_OF = datetime(2026, 6, 1, 12, tzinfo=UTC)
RETOLD = {"provenance": "public-report", "organisation": "Someone else"}


def uses(policy: Policy, *records: Postmortem) -> list[ServiceUse]:
    return list(service_uses(records, policy, AS_OF))


def acting(**changes: Any) -> dict[str, Any]:
    return {"id": "A1", "title": "Mend it", "owner": "platform", "due": "2026-05-01"} | changes


def test_own_services_come_first_and_others_carry_their_organisation(record: MakeRecord, policy: Policy) -> None:
    others = [
        record(RETOLD | {"services": ["dns", "checkout"]}),
        record(RETOLD | {"organisation": "another", "services": ["dns"]}),
    ]
    found = uses(policy, *others, record({"services": ["payments", "checkout"]}))
    assert [use.key.text for use in found] == [
        "checkout",
        "payments",
        "another/dns",
        "Someone else/checkout",
        "Someone else/dns",
    ]
    assert [use.key.is_own for use in found] == [True, True, False, False, False]


def test_an_incident_counts_for_each_service_it_names(record: MakeRecord, policy: Policy) -> None:
    found = uses(policy, record({"services": ["payments", "checkout"]}), record({"services": ["checkout"]}))
    assert {use.key.name: len(use.records) for use in found} == {"checkout": 2, "payments": 1}


def test_a_service_that_only_an_imported_record_names_is_own(record: MakeRecord, policy: Policy) -> None:
    (use,) = uses(policy, record({"provenance": "imported", "services": ["mainframe"]}))
    assert use.key == ServiceKey("", "mainframe")


@pytest.mark.parametrize("not_counted", [{"class": "maintenance"}, {"status": "withdrawn"}])
def test_what_does_not_count_names_no_service(
    record: MakeRecord, policy: Policy, not_counted: dict[str, str]
) -> None:
    assert uses(policy, record(not_counted)) == []


def test_the_last_year_is_without_near_misses_and_exercises(record: MakeRecord, policy: Policy) -> None:
    old = {"times": {"started": "2025-05-01T10:00Z"}}
    (use,) = uses(policy, record(), record(old), record({"class": "near-miss"}), record({"class": "exercise"}))
    assert (len(use.last_year), len(use.records)) == (1, 4)


def test_factors_there_most_frequent_first(record: MakeRecord, policy: Policy) -> None:
    old = {"times": {"started": "2025-05-01T10:00Z"}}
    (use,) = uses(
        policy,
        record({"factors": ["change.rollout: a -> b", "org.training: a -> b"]}),
        record(old | {"factors": ["org.training: a -> b", "unknown: nobody knows"]}),
    )
    assert [(found.factor, len(found.records), len(found.last_year)) for found in use.factors] == [
        ("org.training", 2, 1),
        ("change.rollout", 1, 1),
    ]
    assert [found.factor for found in use.recurring] == ["org.training"]


def test_open_actions_overdue_first(record: MakeRecord, policy: Policy) -> None:
    actions = [
        acting(id="A1", due="2026-07-01"),
        acting(id="A2", due="2026-05-31"),
        acting(id="A3", due="2026-04-01", status="done", closed="2026-04-02", evidence=["https://example.org/1"]),
        acting(id="A4", due="2026-06-01", status="in-progress"),
        acting(id="A5", due="next quarter"),
    ]
    (use,) = uses(policy, record({"actions": actions, "no_actions_reason": None}))
    assert [waits.action.id for waits in use.waiting] == ["A2", "A4", "A1", "A5"]
    assert [waits.action.id for waits in use.overdue] == ["A2"]  # what is due today is not overdue


@pytest.mark.parametrize("changes", [RETOLD, {"provenance": "imported"}])
def test_others_actions_are_not_ours_to_follow(
    record: MakeRecord, policy: Policy, changes: dict[str, str]
) -> None:
    (use,) = uses(policy, record(changes | {"actions": [acting()], "no_actions_reason": None}))
    assert (use.waiting, use.overdue) == ((), ())


def test_no_records(policy: Policy) -> None:
    assert uses(policy) == []
