"""Incident: one post-mortem, six sections, with the facts above and the sources below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.analysis import METRICS, phases
from postmortems.analysis.actions.open_actions import priority_order
from postmortems.analysis.lessons import leading_lesson
from postmortems.analysis.statistics.measures import ActionOf
from postmortems.analysis.statistics.scope import first_hand
from postmortems.corpus import Audience
from postmortems.record import GROUPS
from postmortems.rendering.context import updated
from postmortems.rendering.forge_links import OnForge
from postmortems.rendering.formatting import lower_first
from postmortems.rendering.labels import questions, word
from postmortems.rendering.related_labels import beside
from postmortems.site.citation import citation
from postmortems.site.export_assets import incident_alternates, json_uri, twin_uri
from postmortems.site.facets import labels_of
from postmortems.site.pages.precedents import trigger_uri
from postmortems.site.pages.search import has_search_page
from postmortems.site.phase_bar import PhaseBar, phase_bar
from postmortems.site.sections import section_titles
from postmortems.site.tree import IncidentPage, Page
from postmortems.texts import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from postmortems.analysis import Metric
    from postmortems.analysis.related.related_incidents import Neighbourhood
    from postmortems.findings import Finding
    from postmortems.record import Postmortem
    from postmortems.rendering.context import SiteContext

_FACTS = ("ttd", "ttc", "ttrc")
_MORE = ("exposure", "tta", "ttr", "fdrt")
_LEVELS = ("critical", "high", "medium", "low")


@dataclass(frozen=True, slots=True)
class Worst:
    """The worst level of impact, and the kinds of impact that reached it."""

    level: str
    kinds: tuple[str, ...]


def incident_page(  # noqa: PLR0913 - what a page is made of, most of it named
    context: SiteContext,
    record: Postmortem,
    neighbourhood: Neighbourhood,
    *,
    previous: str,
    following: str,
    sheets: Mapping[str, str],
    findings: tuple[Finding, ...] = (),
) -> IncidentPage:
    """The page of a record; `previous` and `following` are the uris of its neighbours in time.

    `neighbourhood` is what stands beside it, `sheets` are the uris of its worksheet and its exercise, empty where
    it has none, and `findings` are what a preview says about it.
    """
    measured, facts = phases(record), _facts(record)
    given: dict[str, object] = {
        "site": context,
        "record": record,
        "findings": findings,
        "durations": measured.durations,
        "lesson": leading_lesson(record),
        "worst": _worst(record),
        "facts": facts,
        "untimed": _is_untimed(record) and not any(metric.id in measured.durations for metric in facts),
        "metrics": [metric for metric in METRICS if metric.id in _MORE and metric.id in measured.durations],
        "bar": _bar(record),
        "question_titles": questions(),
        "groups": GROUPS,
        "trigger_uri": trigger_uri(record),
        "beside": beside(context, record, neighbourhood),
        "order_of": priority_order,
        "verify_metrics": {metric.id: _(metric.label) for metric in METRICS},
        "judged_uri": "did-it-work/index.md" if first_hand([record], context.conventions.policy) else "",
        "unknown": _not_stated(record),
        "updated": updated(record),
        "filters": labels_of(context, record) if has_search_page(context) else (),
        "twin": twin_uri(record.source.path),
        "json": json_uri(record),
        "sheets": sheets,
        "overdue": {each.id for each in record.actions if context.is_overdue(ActionOf(record, each))},
        "on_forge": context.origin.on_forge(record.source.path),
        "citation": citation(context, record),
    }
    return IncidentPage(
        record=record,
        title=record.title,
        description=record.summary,
        context=given,
        present=_present(record),
        section="incidents/index.md",
        updated=updated(record),
        previous=previous,
        next=following,
        alternates=incident_alternates(record),
        titles=section_titles(),
    )


def tombstone_page(context: SiteContext, record: Postmortem) -> Page:
    """What is left of a withdrawn record: its title, its date and why.

    Its history, which still holds what was withdrawn, is named to the organisation alone.
    """
    inside = context.preview or context.corpus.audience != Audience.PUBLIC
    on_forge = context.origin.on_forge(record.source.path) if inside else OnForge()
    instead = [
        other
        for other in context.records
        if any(relation.id == record.id and relation.kind == "supersedes" for relation in other.related)
    ]
    return Page(
        uri=record.source.path,
        title=record.title,
        description=_("This post-mortem was withdrawn."),
        template="tombstone.html",
        context={"site": context, "record": record, "on_forge": on_forge, "instead": instead},
        section="incidents/index.md",
        updated=updated(record),
        searchable=False,
    )


def _bar(record: Postmortem) -> PhaseBar | None:
    """The phases to scale, where there is more than one to compare."""
    bar = phase_bar(record)
    return bar if bar and len(bar.segments) > 1 else None


def _facts(record: Postmortem) -> list[Metric]:
    """The durations of the strip; of what has none, only that it was caught before it did harm."""
    shown = [metric for metric in METRICS if metric.id in _FACTS]
    if record.has_durations:
        return shown
    return [metric for metric in shown if metric.id == "ttd" and record.detection.before_impact]


def _is_untimed(record: Postmortem) -> bool:
    """Whether there is nothing else to say of phases that have no duration."""
    return record.has_durations and not record.is_ongoing and not record.detection.before_impact


def _worst(record: Postmortem) -> Worst | None:
    levels = {kind: impact.level for kind, impact in record.impact.levels.items()}
    level = next((level for level in _LEVELS if level in levels.values()), "")
    return Worst(level, tuple(kind for kind, of in levels.items() if of == level)) if level else None


def _present(record: Postmortem) -> frozenset[str]:
    """The sections under which the record has data."""
    present = {
        "overview": record.detection.how or record.trigger.note,
        "impact": record.impact.levels
        or record.impact.figures
        or record.impact.cost
        or record.impact.users is not None,
        "response": record.times
        or record.timeline
        or record.evaluation
        or record.questions
        or record.changes
        or record.review,
        "root-causes": record.factors,
        "lessons": record.lessons,
        "recommendations": record.actions or record.no_actions_reason or record.says_not_stated("actions"),
    }
    return frozenset(key for key, data in present.items() if data)


def _not_stated(record: Postmortem) -> list[str]:
    """What the sources do not state, in words: `times.detected` becomes `when it was detected`."""
    words = {
        "actions": _("what was recommended"),
        "lessons": _("what was learnt"),
        "detection": _("who noticed it first"),
        "impact.business": _("what it meant for the business"),
        "impact.reputation": _("what it meant for trust"),
        "impact.data": _("what it meant for data"),
        "impact.technical": _("what it did to systems"),
        "factors": _("what caused it"),
        "trigger": _("what set it off"),
        "trigger.at": _("when it was set off"),
        "times": _("any times"),
        "times.started": _("when harm began"),
        "times.responded": _("when work on it began"),
        "times.contained": _("when the harm stopped growing"),
        "times.recovered": _("when normal operation was back"),
        "times.detected": _("when it was detected"),
    }
    return [words.get(path) or _in_words(path) for path in sorted(record.not_stated)]


def _in_words(path: str) -> str:
    head, _dot, last = path.rpartition(".")
    name = last.replace("_", " ").replace("-", " ")
    return _("when it was %(milestone)s") % {"milestone": lower_first(word(name))} if head == "times" else name
