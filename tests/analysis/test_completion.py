"""How long actions take and whether they come in time: worked cases, and what is left out."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from postmortems.analysis.actions.completion import completion, completion_by, on_time
from postmortems.analysis.actions.open_actions import actions_of
from postmortems.analysis.statistics.measures import State

TODAY = date(2026, 6, 1)
OPENED = "2026-01-01"


def action(number: int, **fields: Any) -> dict[str, Any]:
    plain = {"title": "Mend it", "owner": "platform", "done_when": "It holds.", "due": "2026-07-01"}
    return {"id": f"A{number}", "opened": OPENED} | plain | fields


@pytest.fixture
def made(record, policy):
    def make(*entries: dict[str, Any]):
        fields = {
            "actions": [action(n, **deepcopy(entry)) for n, entry in enumerate(entries, 1)],
            "no_actions_reason": None,
        }
        return actions_of([record(fields)], policy)

    return make


def done(day: str, **fields: Any) -> dict[str, Any]:
    return {"status": "done", "closed": day, "evidence": ["https://example.org/1"]} | fields


def given_up(day: str | None, status: str = "declined") -> dict[str, Any]:
    return {"status": status, "reason": "No."} | ({"closed": day} if day else {})


class TestHowLong:
    def test_a_worked_case(self, made):
        """Eight actions followed for 3 to 12 days, as in the golden case of Kaplan and Meier: half within 10."""
        ends = [("04", 1), ("06", 0), ("07", 1), ("08", 1), ("09", 0), ("11", 1), ("13", 1), ("13", 0)]
        found = made(*(done(f"2026-01-{day}") if ended else given_up(f"2026-01-{day}") for day, ended in ends))
        told = completion(found, TODAY)
        assert [step.share for step in told.survival.steps] == pytest.approx(
            [7 / 8, 35 / 48, 7 / 12, 7 / 18, 7 / 36]
        )
        assert (told.median.value, told.median.n, told.median.of) == (10, 8, 8)
        assert (len(told.completed), told.seen) == (5, 12)

    def test_open_actions_count_up_to_today(self, made):
        told = completion(made(done("2026-01-11"), *[{} for _ in range(5)]), TODAY)
        assert told.median.state == State.NOT_REACHED
        assert [step.share for step in told.survival.steps] == pytest.approx([5 / 6])
        assert told.seen == 151

    def test_five_are_too_few_for_a_median(self, made):
        told = completion(made(*[done("2026-01-11")] * 5), TODAY)
        assert (told.median.state, told.median.value, told.enough) == (State.TOO_FEW, None, False)

    def test_those_left_out_do_not_make_a_median_of_too_few(self, made):
        told = completion(made(*[done("2026-01-11")] * 5, *[given_up(None)] * 3), TODAY)
        assert (told.median.state, told.median.value, told.median.interval) == (State.TOO_FEW, None, None)
        assert (told.median.n, told.median.of) == (5, 8)

    def test_what_is_not_known_is_left_out_and_said(self, made):
        told = completion(made(given_up(None), {"status": "not-stated"}, done("2026-01-11")), TODAY)
        assert [(e.reason, e.count) for e in told.median.excluded] == [
            ("closed on an unknown day", 1),
            ("status not stated", 1),
        ]
        assert (told.median.n, told.median.of) == (1, 3)

    def test_done_before_it_was_opened_took_no_time(self, made):
        told = completion(made(*[done("2025-12-24")] * 6), TODAY)
        assert told.median.value == 0

    def test_nothing(self):
        told = completion((), TODAY)
        assert (told.median.state, told.seen) == (State.TOO_FEW, 0)

    def test_groups_stand_in_their_order_and_only_with_members(self, made):
        found = made(done("2026-01-02", output="training"), done("2026-01-03", output="alert"))
        told = completion_by(found, TODAY, lambda of: of.action.strength, ("stronger", "intermediate", "weaker"))
        assert [(group.group, group.median.n) for group in told] == [("intermediate", 1), ("weaker", 1)]


class TestOnTime:
    WINDOW = (date(2025, 6, 1), date(2026, 6, 1))

    @pytest.mark.parametrize(
        ("entry", "kept", "judged"),
        [
            (done("2026-03-01", due="2026-03-01"), 1, 1),
            (done("2026-03-02", due="2026-03-01"), 0, 1),
            (done("2026-03-02", due="2026-03-01", status="verified", result={"verdict": "effective"}), 0, 1),
            ({"due": "2026-05-31"}, 0, 1),
            ({"due": "2026-06-01"}, 0, 0),
            (done("2026-05-01", due="2026-06-01"), 0, 0),
            (done("2025-05-01", due="2025-05-31"), 0, 0),
            (done("2025-05-01", due="2025-06-01"), 1, 1),
            ({"due": "in spring"}, 0, 0),
        ],
        ids=[
            *("on the day", "a day late", "verified late", "still open", "due today", "not due yet"),
            *("due before the window", "due on its first day", "no date"),
        ],
    )
    def test_by_the_date(self, made, entry: dict[str, Any], kept: int, judged: int):
        told = on_time(made(entry | {"opened": "2025-01-01"}), *self.WINDOW)
        assert (told.share.k, told.share.n) == (kept, judged)

    def test_the_first_date_counts_and_not_the_one_it_slipped_to(self, made):
        slips = [
            {"from": "2026-04-01", "to": "2026-05-01", "reason": "Other work."},
            {"from": "2026-03-01", "to": "2026-04-01", "reason": "Other work."},
        ]
        entry = done("2026-03-20", due="2026-05-01", slips=slips)
        told = on_time(made(entry), *self.WINDOW)
        assert (told.share.k, told.share.n) == (0, 1)
        assert made(entry)[0].action.first_due == date(2026, 3, 1)

    @pytest.mark.parametrize("status", ["declined", "superseded"])
    def test_what_was_given_up_stands_apart(self, made, status: str):
        told = on_time(made(given_up("2026-02-01", status) | {"due": "2026-03-01"}), *self.WINDOW)
        assert (told.share.n, len(told.given_up)) == (0, 1)
        assert told.share.interval is None

    def test_closed_on_an_unknown_day_can_not_be_judged(self, made):
        told = on_time(made({"status": "done", "due": "2026-03-01"}), *self.WINDOW)
        assert (told.share.n, told.share.excluded[0].count) == (0, 1)
