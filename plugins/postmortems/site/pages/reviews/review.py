"""Review quality: whether reviews are held, in time, by whom, and what they answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis.reviews.box_ticking import learning_years, signs_of_formality
from postmortems.analysis.reviews.review_answers import (
    ANSWERS,
    CHANGE,
    VERDICTS,
    changes_by_year,
    changes_named,
    evaluation_tallies,
    question_tallies,
    years_of,
)
from postmortems.analysis.reviews.review_quality import ATTENDANCE, review_quality
from postmortems.analysis.statistics.estimates import minimum_n
from postmortems.analysis.statistics.measures import State
from postmortems.rendering.labels import questions, word
from postmortems.site.pages.reviews.review_charts import answers_chart, time_chart
from postmortems.site.tree import Page
from postmortems.texts import N_, _

if TYPE_CHECKING:
    from postmortems.analysis.reviews.review_quality import ReviewQuality
    from postmortems.rendering.context import SiteContext
    from postmortems.site.pages.reviews.sheets import Sheets

_LISTED = 100  # reviews that wait, the longest first, and those with signs of a formality, the most first
_YEARS = 6  # the last ones, for which answers are told year by year
_SIGN_WORDS = {
    "bare-answers": N_("all answers are a bare yes"),
    "nothing-to-improve": N_("no lesson says what to improve"),
    "nothing-worked": N_("no lesson says what worked"),
    "short": N_("it took less than half an hour"),
    "no-action": N_("it led to no action"),
}


def page(context: SiteContext, sheets: Sheets) -> Page:
    """The page, whatever there is to tell."""
    policy = context.conventions.policy
    quality = review_quality(context.records, policy, context.as_of, context.corpus.drafts)
    return Page(
        uri="review/index.md",
        title=_("Review quality"),
        description=_(
            "Whether reviews are held, in time, with everyone who should be there, and more than a form."
        ),
        template="reviews/review.html",
        context={
            "site": context,
            "quality": quality,
            "finding": _finding(quality),
            "policy": policy.review,
            "threshold": context.severity(policy.review.at_or_above),
            "needed": minimum_n(0.5),
            "kinds": ATTENDANCE,
            "listed": _LISTED,
            "learning": learning_years(context.records, policy)[-_YEARS:],
            "worksheets": [(r, sheets.worksheets[r.id]) for r in context.records if r.id in sheets.worksheets],
            **_answers(context, quality),
            **_signs(quality),
        },
        updated=context.updated,
    )


def _finding(quality: ReviewQuality) -> str:
    """Which of the cases the page is about, each with a sentence of its own in the template."""
    if not quality.needing:
        return "none"
    if not quality.coverage.due:
        return "none-due"
    return "told" if quality.time.median.state == State.OK else "few"


def _answers(context: SiteContext, quality: ReviewQuality) -> dict[str, object]:
    """What the reviews answered and judged, as tables and charts."""
    titles = questions()
    tallies, parts = question_tallies(quality.reviewed), evaluation_tallies(quality.reviewed)
    within = context.conventions.policy.review.within_days
    return {
        "titles": titles,
        "years": years_of(quality.reviewed)[-_YEARS:],
        "tallies": tallies,
        "answers": [(answer, word(answer).lower() if answer else _("not answered")) for answer in ANSWERS],
        "changes": changes_named(quality.reviewed),
        "changes_by_year": changes_by_year(quality.reviewed),
        "change": CHANGE,
        "parts": parts,
        "verdicts": [(verdict, word(verdict) if verdict else _("Not judged")) for verdict in VERDICTS],
        "given": {verdict for tally in parts for verdict in VERDICTS if tally.total[verdict]},
        "charts": {"questions": answers_chart(tallies, titles), "time": time_chart(quality.time, within)},
    }


def _signs(quality: ReviewQuality) -> dict[str, object]:
    signs = signs_of_formality(quality.reviewed)
    return {
        "signs": signs,
        "signed": signs.found[:_LISTED],
        "signed_records": [signed.record for signed in signs.found],
        "sign_words": _SIGN_WORDS,
    }
