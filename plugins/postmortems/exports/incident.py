"""Everything that one post-mortem says, as plain values: the members of its JSON file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.exports.rows import day, moment_cells
from postmortems.record import own_texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from postmortems.exports.export_context import ExportContext
    from postmortems.exports.rows import Row
    from postmortems.exports.tables import Tables
    from postmortems.record import Assessment, Impact, Postmortem, Review
    from postmortems.source import Moment


def incident_members(tables: Tables, record: Postmortem) -> dict[str, object]:
    """The members of a record's file, in the order of the schema."""
    context = tables.context

    def rows(table: str) -> Sequence[Row]:
        return tables.rows_of(table, record.id)

    return {
        "incident": rows("incidents")[0],
        "milestones": rows("milestones"),
        "durations": rows("durations"),
        "duration_stated": record.duration_stated or None,
        "timeline": [
            {"at": moment_cells(entry.at), "what": entry.what, "kind": entry.kind or None}
            for entry in record.timeline
        ],
        "trigger": {
            "kind": record.trigger.kind or None,
            "at": _moment(record.trigger.at),
            "ref": record.trigger.ref or None,
            "note": record.trigger.note or None,
        },
        "detection": {
            "source": record.detection.source or None,
            "how": record.detection.how or None,
            "before_impact": record.detection.before_impact,
        },
        "impact": _impact(record.impact),
        "factors": rows("factors"),
        "evaluation": _assessments(record.evaluation),
        "questions": _assessments(record.questions),
        "changes": dict(record.changes),
        "lessons": rows("lessons"),
        "actions": rows("actions"),
        **_about_actions(record),
        "no_actions_reason": record.no_actions_reason or None,
        "review": _review(record.review) if record.review else None,
        **_grounds(record),
        **_relations(context, record),
        "narrative": f"{prose}\n" if (prose := context.prose(record)) else None,
    }


def _impact(impact: Impact) -> dict[str, object]:
    cost = impact.cost
    return {
        "levels": {
            kind: {"level": level.level, "text": level.text or None} for kind, level in impact.levels.items()
        },
        "users": None if impact.users is None else {"count": impact.users, "approx": impact.users_approx},
        "cost": {"amount": cost.amount, "currency": cost.currency, "estimated": cost.estimated} if cost else None,
        "figures": [
            {
                "what": figure.what,
                "value": figure.value,
                "unit": figure.unit or None,
                "bound": figure.bound or None,
            }
            for figure in impact.figures
        ],
    }


def _about_actions(record: Postmortem) -> dict[str, object]:
    return {
        "slips": [
            {"action": action.id, "from": day(slip.before), "to": day(slip.after), "reason": slip.reason}
            for action in record.actions
            for slip in action.slips
        ],
        "verifications": [
            {
                "action": action.id,
                "metric": verify.metric,
                "factor": verify.factor or None,
                "service": verify.service or None,
                "from": day(verify.start),
                "months": verify.months,
                "expect": verify.expect,
            }
            for action in record.actions
            if (verify := action.verify)
        ],
    }


def _review(review: Review) -> dict[str, object]:
    return {
        "held": day(review.held),
        "length_min": review.length_min,
        "facilitator": review.facilitator or None,
        "facilitator_responded": review.facilitator_responded,
        "groups": {
            name: {"kind": attendance.kind, "reason": attendance.reason or None}
            for name, attendance in review.groups.items()
        },
        "briefed_on": day(review.briefed_on),
        "follow_ups": [day(follow_up) for follow_up in review.follow_ups],
        "notes": review.notes or None,
    }


def _grounds(record: Postmortem) -> dict[str, object]:
    """The evidence and sources of a record."""
    return {
        "evidence": [
            {"id": piece.id, "kind": piece.kind, "ref": piece.ref, "sha256": piece.sha256 or None}
            for piece in record.evidence
        ],
        "sources": [
            {
                "url": source.url,
                "kind": source.kind,
                "title": source.title or None,
                "retrieved": day(source.retrieved),
            }
            for source in record.sources
        ],
        "conflicts": [*record.conflicts],
        "not_stated": sorted(record.not_stated),
        "regulatory": [
            {
                "regime": notice.regime,
                "clock_started": _moment(notice.clock_started),
                "due": _moment(notice.due),
                "sent": _moment(notice.sent),
                "ref": notice.ref or None,
            }
            for notice in record.regulatory
        ],
    }


def _relations(context: ExportContext, record: Postmortem) -> dict[str, object]:
    """Related records, without withdrawn ones."""
    return {
        "refs": dict(record.refs),
        "related": [
            {"id": relation.id, "as": relation.kind}
            for relation in record.related
            if relation.id in context.records
        ],
        "vocabularies": {name: [*ids] for name, ids in record.vocabularies.items()},
        "amended": [
            {"date": day(amendment.date), "what": amendment.what, "why": amendment.why}
            for amendment in record.amended
        ],
        "accepted": [{"rule": accepted.rule, "reason": accepted.reason} for accepted in record.accepted],
        "own_fields": {
            field.name.removeprefix("x-"): ", ".join(own_texts(record.own[field.name]))
            for field in context.conventions.policy.own_fields
            if field.name in record.own
        },
    }


def _assessments(given: Mapping[str, Assessment]) -> dict[str, dict[str, str | None]]:
    return {
        name: {"verdict": assessment.verdict, "note": assessment.note or None}
        for name, assessment in given.items()
    }


def _moment(moment: Moment | None) -> Row | None:
    return moment_cells(moment) if moment else None
