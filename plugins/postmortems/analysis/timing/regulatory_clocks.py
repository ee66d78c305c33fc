"""Regulatory notices as they were recorded, each with its own clock. Nothing is derived of what the law asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.analysis.statistics.scope import own

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from postmortems.conventions import Policy
    from postmortems.record import Notice, Postmortem
    from postmortems.source import Moment


@dataclass(frozen=True, slots=True)
class RecordedNotice:
    """A notice of a record. `standing` is one of:

    `in time` and `late` (sent before or after what the record gives as due), `unclear` (the two can't be told
    apart), `no due date` (sent; none is recorded), `overdue`, `waiting` and `not sent` (not recorded as sent: due
    before the time counted from, due later, or without a due date).
    """  # noqa: D415 - it ends with its list

    record: Postmortem
    notice: Notice
    standing: str

    @property
    def detected(self) -> Moment | None:
        """When the incident was detected, which starts no regulatory clock."""
        return self.record.times.get("detected")

    @property
    def starts_at_detection(self) -> bool:
        """Whether the clock is written to start at the very moment of detection: often a sign of a copied time."""
        started = self.notice.clock_started
        return started is not None and self.detected is not None and started.at == self.detected.at


def recorded_notices(records: Iterable[Postmortem], policy: Policy, as_of: datetime) -> tuple[RecordedNotice, ...]:
    """The notices of the organisation's own records, those of the newest incident first."""
    return tuple(
        RecordedNotice(record, notice, _standing(notice, as_of))
        for record in own(records, policy)
        for notice in record.regulatory
    )


def _standing(notice: Notice, as_of: datetime) -> str:
    due, sent = notice.due, notice.sent
    if sent is None:
        if due is None:
            return "not sent"
        return "overdue" if due.latest <= as_of else "waiting"
    if due is None:
        return "no due date"
    if _after(sent, due):
        return "late"
    return "in time" if sent.latest <= due.latest or _after(due, sent) else "unclear"


def _after(one: Moment, other: Moment) -> bool:
    """Whether a moment is later. Two days without hours, of one record, are taken to be of one time zone."""
    if one.precision.has_clock or other.precision.has_clock:
        return one.surely_after(other)
    return one.earliest >= other.latest
