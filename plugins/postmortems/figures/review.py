"""Whether reviews are held, in time, with everyone who should be there, and what they answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis.reviews.box_ticking import signs_of_formality
from postmortems.analysis.reviews.review_answers import CHANGE, changes_named, question_tallies
from postmortems.analysis.reviews.review_quality import review_quality
from postmortems.analysis.statistics.estimates import minimum_n
from postmortems.analysis.statistics.measures import State
from postmortems.analysis.statistics.selection import EVERYTHING
from postmortems.figures.section import (
    FIGURES,
    StatsSection,
    bounded,
    bounds_data,
    figure_data,
    figure_row,
    left_out,
    share_data,
    shared,
)
from postmortems.rendering.formatting import percent, plural
from postmortems.rendering.labels import word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortems.analysis.reviews.review_answers import Tally
    from postmortems.analysis.reviews.review_quality import Coverage, ReviewQuality
    from postmortems.analysis.statistics.measures import Measure, Share
    from postmortems.figures.section import Asked

_COVERAGE = "Held, of those that were due"
_ANSWERS = {"yes": "yes", "partly": "partly", "no": "no", "n/a": "not_applicable", "": "not_answered"}


def review_section(asked: Asked) -> StatsSection:
    """The figures on the reviews that the policy asks for."""
    quality = _quality(asked)
    review = asked.policy.review
    figures = _figures(quality, review.within_days) if quality.reviewed else {}
    coverage = quality.coverage
    least = minimum_n(0.5)
    return StatsSection(
        id="review",
        title="Reviews",
        columns=FIGURES,
        rows=[
            *([_coverage_row(coverage)] if quality.needing else []),
            *(figure_row(label, figure, least) for label, figure in figures.values()),
        ],
        data=[
            *([_coverage_data(coverage)] if quality.needing else []),
            *(figure_data(name, label, figure) for name, (label, figure) in figures.items()),
        ],
        summary={
            "at_or_above": review.at_or_above,
            "grace_days": review.grace_days,
            "within_days": review.within_days,
            "needing": len(quality.needing),
            "reviewed": len(quality.reviewed),
            "waiting": [{"incident": late.record.id, "days": late.days} for late in coverage.waiting],
            "drafts": {"held": coverage.drafts_held, "waiting": coverage.drafts_waiting},
        },
        notes=list(_notes(quality, asked)),
    )


def _quality(asked: Asked) -> ReviewQuality:
    """Of drafts only numbers are known, so that they can't be among what is picked out."""
    drafts = asked.reading.corpus.drafts if asked.selection == EVERYTHING else None
    return review_quality(asked.selected, asked.policy, asked.as_of, drafts)


def _figures(quality: ReviewQuality, within: int) -> dict[str, tuple[str, Measure | Share]]:
    found: dict[str, tuple[str, Measure | Share]] = {
        "time": ("Half were held within, after recovery", quality.time.median),
        "in_time": (f"Held within {plural(within, 'day')}", quality.time.in_time),
    }
    for presence in quality.presence:
        label = f"{word(presence.group)}: there, where needed"
        found[f"group_{presence.group}"] = (label, presence.present)
    return found | {
        "neutral": ("Facilitator took no part in the response", quality.neutral),
        "briefed": ("Told to leadership", quality.briefed),
        "followed": ("Named a day for a follow-up", quality.followed),
        "without_signs": ("No sign of a formality", signs_of_formality(quality.reviewed).without),
    }


def _coverage_row(coverage: Coverage) -> tuple[str, ...]:
    due = coverage.due
    return (
        _COVERAGE,
        f"{coverage.held} of {due}",
        percent(coverage.held / due) if due else "",
        bounded(coverage.interval, "share"),
        left_out(exclusion for exclusion in coverage.excluded if exclusion.count),
    )


def _coverage_data(coverage: Coverage) -> dict[str, object]:
    """The share of those that can be shown, and with them the drafts that can't."""
    return figure_data("coverage", _COVERAGE, coverage.seen) | {
        "value": coverage.held / coverage.due if coverage.due else None,
        **bounds_data(coverage.interval),
        "state": (State.OK if coverage.due else State.TOO_FEW).value,
        "n": coverage.held,
        "of": coverage.due,
    }


def _notes(quality: ReviewQuality, asked: Asked) -> Iterator[str]:
    review = asked.policy.review
    if not quality.needing:
        yield f"No record is at or above {review.at_or_above}, so none needs a full review."
        return
    due = plural(review.grace_days, "day")
    yield f"At or above {review.at_or_above} a full review is needed, and due {due} after recovery."
    if quality.coverage.waiting:
        late = ", ".join(row.record.id for row in quality.coverage.waiting)
        yield f"Due, and not held: {late}."
    drafts = quality.coverage.drafts_held, quality.coverage.drafts_waiting
    if any(drafts):
        yield f"Among them are drafts: {drafts[0]} reviewed, {drafts[1]} not."


def questions_section(asked: Asked) -> StatsSection:
    """What the reviews answered to the questions, over all years."""
    reviewed = _quality(asked).reviewed
    tallies = question_tallies(reviewed) if reviewed else ()
    shape = asked.reading.conventions.schema.shape.at(("questions",))
    titles = {tally.name: shape.child(tally.name).title for tally in tallies}
    named = changes_named(reviewed)
    return StatsSection(
        id="questions",
        title="What reviews answered",
        columns=(
            "Question",
            "Yes",
            "Partly",
            "No",
            "Does not apply",
            "No answer",
            "Yes, where judged",
            "95 % interval",
        ),
        rows=[_answers(tally, titles[tally.name]) for tally in tallies],
        data=[
            {
                "question": tally.name,
                "label": titles[tally.name],
                **{key: len(tally.total[answer]) for answer, key in _ANSWERS.items()},
                **share_data(tally.good),
            }
            for tally in tallies
        ],
        summary={"reviewed": len(reviewed), CHANGE.replace("-", "_"): {area: named[area].k for area in named}},
        notes=[_changes(named)] if reviewed else [],
        numbers=("Yes", "Partly", "No", "Does not apply", "No answer"),
    )


def _answers(tally: Tally, title: str) -> tuple[str, ...]:
    counts = (str(len(tally.total[answer])) for answer in _ANSWERS)
    return (title, *counts, shared(tally.good), bounded(tally.good.interval, "share"))


def _changes(named: dict[str, Share]) -> str:
    told = ", ".join(f"{area} {share.k} of {share.n}" for area, share in named.items())
    return f"Said what should change: {told}."
