"""The rows of every table: a post-mortem as flat values, by the published schema.

What is not known is None, never an empty text or zero. Days are `YYYY-MM-DD`, times in UTC with a `Z`.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, TypeAlias

from postmortems.analysis import phases
from postmortems.analysis.statistics.scope import own, own_incidents
from postmortems.exports.export_context import updated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date, datetime

    from postmortems.conventions import OwnField
    from postmortems.exports.export_context import ExportContext
    from postmortems.record import Action, Factor, Postmortem
    from postmortems.source import Moment

Cell: TypeAlias = "str | int | float | bool | list[str] | None"
Row: TypeAlias = "dict[str, Cell]"


def incident_rows(context: ExportContext, record: Postmortem) -> Iterator[Row]:
    """The one row of a record."""
    impact, cost = record.impact, record.impact.cost
    changed = updated(record)
    yield {
        "id": record.id,
        "title": record.title,
        "summary": record.summary or None,
        "organisation": record.organisation,
        "date": record.date_text,
        "year": record.year,
        "status": record.status,
        "state": record.state,
        "class": record.incident_class,
        "provenance": record.provenance,
        "tlp": record.tlp,
        "published": day(record.published),
        "updated": day(changed),
        "severity": record.severity.id or None,
        "severity_declared": record.severity.declared or None,
        "severity_final": record.severity.final or None,
        "services": [*record.services],
        "teams": [*record.teams],
        "tags": [*record.tags],
        "trigger": record.trigger.kind or None,
        "detection": record.detection.source or None,
        "caught_before_impact": record.detection.before_impact,
        **{
            f"impact_{kind}": impact.levels[kind].level if kind in impact.levels else None
            for kind in ("business", "technical", "data", "reputation")
        },
        "users": impact.users,
        "cost_amount": cost.amount if cost else None,
        "cost_currency": cost.currency if cost else None,
        "factors": [*dict.fromkeys(factor.factor for factor in record.factors)],
        "lesson_count": len(record.lessons),
        "action_count": len(record.actions),
        "open_action_count": sum(action.is_open for action in record.actions),
        "full_review": record.full_review,
        "review_held": day(record.review.held) if record.review else None,
        "counted": record.counts,
        "own": bool(own([record], context.conventions.policy)),
        "page": context.page(record),
        **own_cells(record, context.conventions.policy.own_fields),
    }


def milestone_rows(_: ExportContext, record: Postmortem) -> Iterator[Row]:
    """The trigger's moment and the milestones of a record, in the order of their names."""
    moments = {"trigger": record.trigger.at} if record.trigger.at else {}
    for name, moment in {**moments, **record.times}.items():
        yield {"incident": record.id, "milestone": name, **moment_cells(moment)}


def duration_rows(context: ExportContext, record: Postmortem) -> Iterator[Row]:
    """The durations that the moments of a record give."""
    measured = bool(own_incidents([record], context.conventions.policy))
    for metric, span in phases(record).durations.items():
        yield {
            "incident": record.id,
            "metric": metric,
            "seconds": span.length.total_seconds(),
            "low_seconds": span.low.total_seconds(),
            "high_seconds": span.high.total_seconds(),
            "exact": span.is_exact,
            "summarised": span.is_exact and measured,
        }


def factor_rows(context: ExportContext, record: Postmortem) -> Iterator[Row]:
    """The factors of a record."""
    return (_factor(context, record, factor) for factor in record.factors)


def lesson_rows(_: ExportContext, record: Postmortem) -> Iterator[Row]:
    """The lessons of a record."""
    for lesson in record.lessons:
        yield {
            "incident": record.id,
            "id": lesson.id,
            "kind": lesson.kind,
            "text": lesson.text,
            "about": [*lesson.about],
            "audience": [*lesson.audience],
        }


def action_rows(context: ExportContext, record: Postmortem) -> Iterator[Row]:
    """The actions of a record."""
    return (_action(context, record, action) for action in record.actions)


ROWS: Mapping[str, Callable[[ExportContext, Postmortem], Iterator[Row]]] = {
    "incidents": incident_rows,
    "milestones": milestone_rows,
    "durations": duration_rows,
    "factors": factor_rows,
    "lessons": lesson_rows,
    "actions": action_rows,
}
"""The rows that a record gives to each table."""


def own_cells(record: Postmortem, fields: Iterable[OwnField]) -> Row:
    """The own fields of a record that the policy lists; a list that it does not have is empty, as others are."""
    made: Row = {}
    for field in fields:
        value = record.own.get(field.name, () if field.kind == "list" else None)
        made[field.column] = [*value] if isinstance(value, tuple) else value
    return made


def moment_cells(moment: Moment) -> Row:
    """A moment, as exactly as it is known."""
    return {
        "stated": moment.text,
        "at": instant(moment.at),
        "precision": moment.precision.value,
        "earliest": instant(moment.earliest),
        "latest": instant(moment.latest),
        "estimated": moment.estimated,
        "margin": moment.within.text if moment.within else None,
        "note": moment.note or None,
    }


def day(value: date | None) -> str | None:
    """A day as text."""
    return value.isoformat() if value else None


def instant(value: datetime) -> str:
    """A time as text, in UTC and to the second."""
    return value.astimezone(UTC).isoformat()[:19] + "Z"


def _factor(context: ExportContext, record: Postmortem, factor: Factor) -> Row:
    vocabulary = context.conventions.vocabulary
    category = vocabulary.category_of(factor.factor)
    return {
        "incident": record.id,
        "id": factor.id,
        "factor": factor.factor,
        "label": vocabulary.factor_label(factor.factor),
        "category": category.id if category else None,
        "dimension": vocabulary.dimension_of(factor.factor) or None,
        "role": factor.role,
        "statement": factor.statement or None,
        "evidence": [*factor.evidence],
    }


def _action(context: ExportContext, record: Postmortem, action: Action) -> Row:
    priority, result = action.priority, action.result
    return {
        "incident": record.id,
        "id": action.id,
        "title": action.title,
        "status": action.status,
        "owner": action.owner or None,
        "opened": day(action.opened),
        "due": day(action.due),
        "first_due": day(action.slips[0].before if action.slips else action.due),
        "due_stated": action.due_text if action.due_text and not action.due else None,
        "closed": day(action.closed),
        "done_when": action.done_when or None,
        "reason": action.reason or None,
        "output": action.output or None,
        "artefact": action.artefact or None,
        "aim": action.aim or None,
        "strength": action.strength or None,
        "priority": (priority.level or None) if priority else None,
        "likelihood": (priority.likelihood or None) if priority else None,
        "impact": (priority.impact or None) if priority else None,
        "effort": (priority.effort or None) if priority else None,
        "addresses": [*action.addresses],
        "slip_count": len(action.slips),
        "evidence": [*action.evidence],
        "result": result.verdict if result else None,
        "result_at": day(result.at) if result else None,
        "result_note": (result.note or None) if result else None,
        "page": f"{context.page(record)}#{action.id.lower()}",
    }
