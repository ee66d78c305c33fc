"""An incident as Markdown: facts as plain lists, and the narrative."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis import METRICS, phases
from postmortems.analysis.statistics.selection import values
from postmortems.findings.visible import markdown_line, markdown_text
from postmortems.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from postmortems.analysis import Duration
    from postmortems.exports.export_context import ExportContext
    from postmortems.record import Action, Postmortem
    from postmortems.source import Moment


def incident_markdown(context: ExportContext, record: Postmortem) -> bytes:
    """A record as Markdown. Missing facts are left out; its texts can't act as markup."""
    parts = [
        f"# {markdown_text(record.title)}",
        *([markdown_line(markdown_text(record.summary))] if record.summary else []),
        _bullets(_facts(context, record)),
        context.prose(record),
        *(
            f"## {title}\n\n{bullets}"
            for title, lines in _sections(context, record)
            if (bullets := _bullets(lines))
        ),
    ]
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def _facts(context: ExportContext, record: Postmortem) -> Iterator[str]:
    conventions = context.conventions
    facts = {
        _("Incident"): record.id,
        _("Organisation"): record.organisation,
        _("Date"): record.date_text,
        _("Page"): context.page(record),
        _("Severity"): conventions.policy.severity_label(record.severity.id),
        _("Class"): record.incident_class,
        _("State"): record.state,
        _("Status"): record.status,
        _("Provenance"): record.provenance,
        "TLP": record.tlp,
        _("Published"): str(record.published or ""),
        _("Services"): ", ".join(record.services),
        _("Trigger"): conventions.vocabulary.trigger_label(record.trigger.kind),
        _("What set it off"): record.trigger.note,
        _("Noticed by"): _noticed_by(record),
        _("How it was noticed"): record.detection.how,
        _("Duration as stated"): record.duration_stated,
        _("Not stated by the sources"): ", ".join(sorted(record.not_stated)),
        _("Licence"): context.licence,
    }
    policy = conventions.policy
    own = (
        (markdown_text(field.label), ", ".join(values(field.name, record, policy))) for field in policy.own_fields
    )
    return (f"{name}: {markdown_text(value)}" for name, value in (*facts.items(), *own) if value)


def _noticed_by(record: Postmortem) -> str:
    detection = record.detection
    if detection.source and detection.before_impact:
        return _("%(source)s, before any harm") % {"source": detection.source}
    return detection.source


def _sections(context: ExportContext, record: Postmortem) -> Iterator[tuple[str, Iterable[str]]]:
    vocabulary = context.conventions.vocabulary
    yield _("Milestones"), (f"{name}: {_moment(moment)}" for name, moment in record.times.items())
    spans = phases(record).durations
    yield (
        _("Durations"),
        (f"{_(metric.label)}: {_span(spans[metric.id])}" for metric in METRICS if metric.id in spans),
    )
    yield (
        _("Levels of impact"),
        (f"{kind}: {_joined(level.level, level.text)}" for kind, level in record.impact.levels.items()),
    )
    yield _("Timeline"), (f"{_moment(entry.at)}: {markdown_text(entry.what)}" for entry in record.timeline)
    yield (
        _("Factors"),
        (
            f"{vocabulary.factor_label(factor.factor)} (`{factor.factor}`, {factor.role})"
            + (f": {markdown_text(factor.statement)}" if factor.statement else "")
            for factor in record.factors
        ),
    )
    yield (
        _("Evaluation"),
        (
            f"{name}: {_joined(assessment.verdict, assessment.note)}"
            for name, assessment in {**record.evaluation, **record.questions}.items()
        ),
    )
    yield _("What should change"), (f"{area}: {markdown_text(text)}" for area, text in record.changes.items())
    yield _("Lessons"), (f"{lesson.kind}: {markdown_text(lesson.text)}" for lesson in record.lessons)
    yield _("Actions"), (_action(context, action) for action in record.actions)
    yield _("Why no actions"), [markdown_text(record.no_actions_reason)] if record.no_actions_reason else []
    yield (
        _("Sources"),
        (f"{markdown_text(source.title or source.kind)}: {source.url}" for source in record.sources),
    )
    yield _("Where the sources differ"), map(markdown_text, record.conflicts)
    yield _("Amended"), (f"{change.date}: {_joined(change.what, change.why)}" for change in record.amended)


def _action(context: ExportContext, action: Action) -> str:
    details = {
        _("Owner").lower(): context.conventions.policy.team_label(action.owner),
        _("due"): action.due_text,
        _("closed"): str(action.closed or ""),
        _("done when"): action.done_when,
        _("reason"): action.reason,
        _("result"): ": ".join(filter(None, (action.result.verdict, action.result.note))) if action.result else "",
    }
    more = "; ".join(f"{name}: {markdown_text(value).rstrip('.')}" for name, value in details.items() if value)
    return f"{markdown_text(action.title)} ({action.status})" + (f"; {more}" if more else "")


def _moment(moment: Moment) -> str:
    remarks = [
        _("estimated") if moment.estimated else "",
        _("within %(margin)s") % {"margin": moment.within.text} if moment.within else "",
        markdown_text(moment.note),
    ]
    more = ", ".join(word for word in remarks if word)
    return moment.text + (f" ({more})" if more else "")


def _span(span: Duration) -> str:
    if span.is_exact:
        return str(span.length)
    bounds = _("%(low)s to %(high)s") % {"low": span.low, "high": span.high}
    return f"{bounds}, {_('estimated')}" if span.estimated else bounds


def _joined(word: str, more: str) -> str:
    return f"{word}; {markdown_text(more)}" if more else word


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
