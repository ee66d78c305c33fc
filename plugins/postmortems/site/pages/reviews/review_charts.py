"""The pictures of Review quality: how long after recovery, and what was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis.reviews.review_answers import ANSWERS
from postmortems.rendering.labels import word
from postmortems.site.charts import Chart, ChartColumn
from postmortems.texts import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from postmortems.analysis.reviews.review_answers import Tally
    from postmortems.analysis.reviews.review_quality import TimeToReview

DRAWN = 3  # reviews; fewer points show nothing


def time_chart(time: TimeToReview, within: int) -> Chart | None:
    """Each review as a mark: when it was held, and how many days after recovery; None of too few."""
    if len(time.days) < DRAWN:
        return None
    held: list[tuple[date, str, int]] = sorted(
        (record.review.held, record.id, days) for record, days in time.days if record.review and record.review.held
    )
    words = {"in-time": _("in time"), "late": _("late")}
    rows = [
        {"held": day.isoformat(), "days": days, "kind": "in-time" if days <= within else "late"}
        for day, _id, days in held
    ]
    return Chart(
        id="time",
        title=_("Days from recovery to review"),
        sentence=_("Each mark is a review; the line is the day by which the policy wants it held."),
        spec="review-days",
        drawn=rows,
        columns=[
            ChartColumn("held", _("Held")),
            ChartColumn("days", _("Days after recovery")),
            ChartColumn("told", _("In time")),
        ],
        rows=[{**row, "told": (row["kind"], words[str(row["kind"])])} for row in rows],
        settings={"within": within, "words": words},
    )


def answers_chart(tallies: Sequence[Tally], titles: Mapping[str, str]) -> Chart | None:
    """The answers to each question, side by side; None of too few reviews."""
    if sum(len(records) for records in tallies[0].total.values()) < DRAWN:
        return None
    words = {answer or "none": word(answer).lower() if answer else _("not answered") for answer in ANSWERS}
    drawn = [
        {
            "question": tally.name,
            "answer": answer or "none",
            "order": order,
            "place": place,
            "count": len(tally.total[answer]),
        }
        for place, tally in enumerate(tallies)
        for order, answer in enumerate(ANSWERS)
        if tally.total[answer]
    ]
    return Chart(
        id="questions",
        title=_("Answers to the questions"),
        sentence=_("Over all reviews that were held. An answer of partly or no is what a review is for."),
        spec="review-answers",
        drawn=drawn,
        columns=[
            ChartColumn("question", _("Question")),
            *(ChartColumn(key, label) for key, label in words.items()),
        ],
        rows=[
            {
                "question": (tally.name, titles[tally.name]),
                **{answer or "none": len(tally.total[answer]) for answer in ANSWERS},
            }
            for tally in tallies
        ],
        settings={"words": words | {tally.name: word(tally.name) for tally in tallies}},
    )
