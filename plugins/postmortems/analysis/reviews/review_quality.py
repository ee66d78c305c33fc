"""Whether reviews are held, in time, and with everyone who should be there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from postmortems.analysis.statistics.estimates import quantile_of, share_of, wilson
from postmortems.analysis.statistics.measures import Exclusion, Interval, Measure, Share
from postmortems.analysis.statistics.scope import first_hand
from postmortems.corpus import DraftReviews
from postmortems.record import GROUPS
from postmortems.source import Precision
from postmortems.texts import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from postmortems.conventions import Policy
    from postmortems.record import Postmortem

_RECENT = N_("recovered too recently")
_UNKNOWN = N_("without a known recovery")
_UNTOLD = "not told when it was reviewed"
_APART = N_("near miss or exercise")
_INEXACT = N_("recovery not known to the day")
_BEFORE = N_("reviewed before recovery")
ATTENDANCE = ("attended", "consulted", "not-needed", "absent")
_DAY = frozenset({Precision.SECOND, Precision.MINUTE, Precision.DAY})


@dataclass(frozen=True, slots=True)
class Waiting:
    """An incident whose review should have been held, and how many days ago it recovered."""

    record: Postmortem
    days: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """Reviews held out of reviews due.

    `seen` are the records that can be shown. The drafts that can't are in `drafts_held` and `drafts_waiting`,
    each 0 where there are fewer than three.
    """

    seen: Share
    waiting: tuple[Waiting, ...]
    drafts_held: int
    drafts_waiting: int

    @property
    def held(self) -> int:
        """How many reviews were held, drafts included."""
        return self.seen.k + self.drafts_held

    @property
    def due(self) -> int:
        """How many reviews were due, drafts included."""
        return self.seen.n + self.drafts_held + self.drafts_waiting

    @property
    def excluded(self) -> tuple[Exclusion, ...]:
        """The records of which no review is due."""
        return self.seen.excluded

    @property
    def interval(self) -> Interval | None:
        """Wilson's interval of the share; None out of nothing."""
        return wilson(self.held, self.due) if self.due else None


@dataclass(frozen=True, slots=True)
class TimeToReview:
    """How many days after recovery a review was held: for each record, the median, and the share in time."""

    days: tuple[tuple[Postmortem, int], ...]
    median: Measure
    in_time: Share


@dataclass(frozen=True, slots=True)
class Presence:
    """How a group took part in the reviews that were held; `present` is out of those where it was needed."""

    group: str
    by_kind: Mapping[str, tuple[Postmortem, ...]]
    present: Share


@dataclass(frozen=True, slots=True)
class ReviewQuality:
    """All of it, for one organisation: `needing` a full review are these records, and `reviewed` were those."""

    needing: tuple[Postmortem, ...]
    reviewed: tuple[Postmortem, ...]
    coverage: Coverage
    time: TimeToReview
    presence: tuple[Presence, ...]
    neutral: Share
    briefed: Share
    followed: Share


def review_quality(
    records: Iterable[Postmortem], policy: Policy, as_of: datetime, drafts: DraftReviews | None = None
) -> ReviewQuality:
    """Look through the first-hand records of the policy's organisation; `drafts` are those that are not shown."""
    needing = tuple(record for record in first_hand(records, policy) if record.full_review)
    reviewed = tuple(record for record in needing if record.was_reviewed)
    return ReviewQuality(
        needing=needing,
        reviewed=reviewed,
        coverage=_coverage(needing, policy, as_of, drafts or DraftReviews()),
        time=_time_to_review(reviewed, policy),
        presence=tuple(_presence(group, reviewed) for group in GROUPS),
        neutral=_neutral(reviewed),
        briefed=share_of(tuple(r for r in reviewed if r.review and r.review.briefed_on), reviewed),
        followed=share_of(tuple(r for r in reviewed if r.review and r.review.follow_ups), reviewed),
    )


def review_is_due(record: Postmortem, policy: Policy, as_of: datetime) -> bool:
    """Whether an incident needs a full review and recovered longer ago than the policy's days of grace.

    A published record was reviewed, or it could not have been published; where it does not say when, that is
    withheld or not told, and nothing is due.
    """
    recovered = record.times.get("recovered")
    if not record.full_review or recovered is None or (record.status == "published" and not record.was_reviewed):
        return False
    return as_of - recovered.at > timedelta(days=policy.review.grace_days)


def waiting_reviews(records: Iterable[Postmortem], policy: Policy, as_of: datetime) -> tuple[Waiting, ...]:
    """The reviews that are due and were not held, the longest overdue first."""
    rows = (
        Waiting(record, (as_of - record.times["recovered"].at).days)
        for record in records
        if review_is_due(record, policy, as_of) and not record.was_reviewed
    )
    return tuple(sorted(rows, key=lambda late: (-late.days, late.record.id)))


def _coverage(needing: Sequence[Postmortem], policy: Policy, as_of: datetime, drafts: DraftReviews) -> Coverage:
    due: list[Postmortem] = []
    reasons: dict[str, list[Postmortem]] = {
        _RECENT: [],
        _UNKNOWN: [],
        _UNTOLD: [],
    }
    for record in needing:
        if review_is_due(record, policy, as_of):
            due.append(record)
        elif record.status == "published" and not record.was_reviewed:
            reasons[_UNTOLD].append(record)
        elif "recovered" in record.times:
            reasons[_RECENT].append(record)
        else:
            reasons[_UNKNOWN].append(record)
    excluded = tuple(Exclusion(reason, tuple(left)) for reason, left in reasons.items())
    grace = timedelta(days=policy.review.grace_days)
    return Coverage(
        seen=share_of(tuple(record for record in due if record.was_reviewed), tuple(due), excluded),
        waiting=waiting_reviews(due, policy, as_of),
        drafts_held=drafts.held(as_of, grace),
        drafts_waiting=drafts.waiting(as_of, grace),
    )


def _time_to_review(reviewed: Sequence[Postmortem], policy: Policy) -> TimeToReview:
    """Whole days from the day of recovery, in its own time zone, to the day of the review."""
    reasons: dict[str, list[Postmortem]] = {
        _APART: [],
        _UNKNOWN: [],
        _INEXACT: [],
        _BEFORE: [],
    }
    days: list[tuple[Postmortem, int]] = []
    for record in reviewed:
        recovered, held = record.times.get("recovered"), record.review.held if record.review else None
        if not record.has_durations:
            reasons[_APART].append(record)
        elif recovered is None or held is None:
            reasons[_UNKNOWN].append(record)
        elif recovered.precision not in _DAY or not recovered.in_summaries:
            reasons[_INEXACT].append(record)
        elif held < recovered.day:
            reasons[_BEFORE].append(record)
        else:
            days.append((record, (held - recovered.day).days))
    excluded = tuple(Exclusion(reason, tuple(left)) for reason, left in reasons.items())
    basis = tuple(record for record, _ in days)
    median = quantile_of([float(count) for _, count in days])
    return TimeToReview(
        days=tuple(days),
        median=Measure(median.value, "days", basis, len(reviewed), median.interval, median.state, excluded),
        in_time=share_of(
            tuple(record for record, count in days if count <= policy.review.within_days), basis, excluded
        ),
    )


def _presence(group: str, reviewed: Sequence[Postmortem]) -> Presence:
    kinds: dict[str, list[Postmortem]] = {kind: [] for kind in ATTENDANCE}
    needed: list[Postmortem] = []
    present: list[Postmortem] = []
    for record in reviewed:
        attendance = record.review.groups.get(group) if record.review else None
        kind = attendance.kind if attendance else "absent"
        kinds[kind].append(record)
        if kind != "not-needed":
            needed.append(record)
        if kind in {"attended", "consulted"}:
            present.append(record)
    by_kind = {kind: tuple(records_of) for kind, records_of in kinds.items()}
    excluded = (Exclusion(N_("not needed"), by_kind["not-needed"]),)
    return Presence(group, by_kind, share_of(tuple(present), tuple(needed), excluded))


def _neutral(reviewed: Sequence[Postmortem]) -> Share:
    """Facilitators who did not take part in the response, out of those of whom one knows."""
    by_answer: dict[bool | None, list[Postmortem]] = {False: [], True: [], None: []}
    for record in reviewed:
        by_answer[record.review.facilitator_responded if record.review else None].append(record)
    stated = tuple(r for r in reviewed if r.review and r.review.facilitator_responded is not None)
    return share_of(tuple(by_answer[False]), stated, (Exclusion(N_("not recorded"), tuple(by_answer[None])),))
