"""Due dates that moved, with a word and without one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from postmortems.analysis.actions.due_date_changes import slips
from postmortems.analysis.actions.open_actions import actions_of
from postmortems.analysis.statistics.measures import State
from postmortems.due_date_history import DueDates

ID = "2026-03-31-checkout"
MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


@pytest.fixture
def made(record, policy):
    def make(*entries: dict[str, Any], **changes: Any):
        plain = {"title": "Mend it", "owner": "platform", "done_when": "It holds."}
        entries = tuple(plain | {"id": f"A{n}"} | entry for n, entry in enumerate(entries, 1))
        fields = {"actions": list(entries), "no_actions_reason": None}
        return actions_of([record(fields | changes)], policy)

    return make


def slip(before: date, after: date, reason: str = "Other work.") -> dict[str, str]:
    return {"from": str(before), "to": str(after), "reason": reason}


def history(*dates: date) -> DueDates:
    return DueDates(known=True, dates={(ID, "A1"): dates})


def silent(actions: Any, *dates: date) -> list[tuple[date, date]]:
    told = slips(actions, history(*dates)).unrecorded
    assert told is not None
    return [(row.before, row.after) for row in told]


def test_moves_are_summed_from_the_first_date_to_the_last(made):
    told = slips(made({"due": str(JULY), "slips": [slip(MAY, JUNE), slip(JUNE, JULY, "Still.")]}), None)
    (row,) = told.slipped
    assert (row.first, row.due, row.days, row.moves, row.reason) == (MAY, JULY, 61, 2, "Still.")
    assert (told.share.k, told.share.n) == (1, 1)
    assert told.days.state == State.TOO_FEW


def test_what_was_brought_forward_is_no_slip(made):
    assert slips(made({"due": str(MAY), "slips": [slip(JUNE, MAY)]}), None).slipped == ()


def test_only_actions_with_a_date_can_slip(made):
    told = slips(made({"due": "in spring"}, {"due": str(MAY)}), None)
    assert (told.share.k, told.share.n) == (0, 1)


def test_without_a_history_nothing_is_told_of_silent_moves(made):
    assert slips(made({"due": str(MAY)}), None).unrecorded is None
    assert slips(made({"due": str(MAY)}), DueDates(known=False)).unrecorded is None
    assert slips(made({"due": str(MAY)}), DueDates(known=True)).unrecorded == ()


def test_a_later_date_without_a_slip_moved_in_silence(made):
    assert silent(made({"due": str(JUNE)}), MAY, JUNE) == [(MAY, JUNE)]


def test_one_with_a_slip_did_not(made):
    assert silent(made({"due": str(JUNE), "slips": [slip(MAY, JUNE)]}), MAY, JUNE) == []


def test_slips_that_lead_there_in_two_steps_answer_one_move(made):
    assert silent(made({"due": str(JULY), "slips": [slip(MAY, JUNE), slip(JUNE, JULY)]}), MAY, JULY) == []


def test_only_the_move_without_a_slip_is_told(made):
    assert silent(made({"due": str(JULY), "slips": [slip(MAY, JUNE)]}), MAY, JUNE, JULY) == [(JUNE, JULY)]


def test_an_earlier_date_is_no_slip(made):
    assert silent(made({"due": str(MAY)}), JUNE, MAY) == []


def test_a_record_that_says_why_the_date_was_wrong_is_believed(made):
    accepted = [{"rule": "H02", "reason": "The year was mistyped."}]
    assert silent(made({"due": str(JUNE)}, accepted=accepted), MAY, JUNE) == []
