"""From fields to the parts of a post-mortem: short forms written out, defaults filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.record import parts
from postmortems.record.model import MILESTONES
from postmortems.source import Margin, MomentError, parse_date, parse_moment
from postmortems.source.access import flag, items, mapping, number, text, texts, whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from postmortems.source import Moment, Value


def date_of(value: Value) -> date | None:
    """A date; None where it is none."""
    try:
        return parse_date(text(value)) if value is not None else None
    except MomentError:
        return None


def moment_of(value: Value) -> Moment | None:
    """A moment, with what is said of its precision."""
    if value is None:
        return None
    if not isinstance(value, dict):
        return parse_moment(text(value))
    within = text(value.get("within"))
    return parse_moment(
        text(value.get("at")),
        estimated=flag(value.get("estimated")),
        within=Margin.parse(within) if within else None,
        note=text(value.get("note")),
    )


def times_of(value: Mapping[str, Value]) -> dict[str, Moment]:
    """The milestones that are stated, in their order."""
    moments = {name: moment_of(value.get(name)) for name in MILESTONES}
    return {name: moment for name, moment in moments.items() if moment is not None}


def severity(value: Value) -> parts.SeverityLevel:
    """The severity, in its long or short form."""
    if isinstance(value, dict):
        return parts.SeverityLevel(text(value.get("declared")), text(value.get("final")))
    return parts.SeverityLevel(declared=text(value))


def trigger(value: Value) -> parts.Trigger:
    """The trigger, in its long or short form."""
    if isinstance(value, dict):
        return parts.Trigger(
            text(value.get("kind")), moment_of(value.get("at")), text(value.get("ref")), text(value.get("note"))
        )
    return parts.Trigger(text(value))


def timeline_entry(value: Mapping[str, Value]) -> parts.TimelineEntry:
    """An entry of the timeline."""
    moment = moment_of(value.get("at"))
    assert moment is not None  # noqa: S101 - the schema requires it
    return parts.TimelineEntry(moment, text(value.get("what")), text(value.get("kind")))


def detection(value: Value) -> parts.Detection:
    """Who noticed, in its long or short form."""
    if isinstance(value, dict):
        return parts.Detection(text(value.get("source")), text(value.get("how")), flag(value.get("before_impact")))
    return parts.Detection(text(value))


def impact(value: Mapping[str, Value]) -> parts.Impact:
    """The levels of impact and the figures."""
    levels = {
        kind: parts.ImpactLevel(text(mapping(entry).get("level")), text(mapping(entry).get("text")))
        if isinstance(entry := value[kind], dict)
        else parts.ImpactLevel(text(entry))
        for kind in ("business", "technical", "data", "reputation")
        if value.get(kind) is not None
    }
    users, cost = mapping(value.get("users")), mapping(value.get("cost"))
    return parts.Impact(
        levels=levels,
        users=whole(users.get("count")),
        users_approx=flag(users.get("approx")),
        cost=parts.Cost(number(cost["amount"]) or 0, text(cost["currency"]), flag(cost.get("estimated")))
        if cost
        else None,
        figures=tuple(
            parts.Figure(
                text(mapping(entry).get("what")),
                number(mapping(entry).get("value")) or 0,
                text(mapping(entry).get("unit")),
                text(mapping(entry).get("bound")),
            )
            for entry in items(value.get("figures"))
        ),
    )


def factor(value: Mapping[str, Value]) -> parts.Factor:
    """A factor that is written out."""
    return parts.Factor(
        text(value.get("id")),
        text(value.get("factor")),
        text(value.get("role")) or "contributing",
        text(value.get("statement")),
        texts(value.get("evidence")),
    )


def lesson(value: Mapping[str, Value]) -> parts.Lesson:
    """A lesson that is written out."""
    return parts.Lesson(
        text(value.get("id")),
        text(value.get("kind")),
        text(value.get("text")),
        texts(value.get("about")),
        texts(value.get("audience")),
    )


def assessments(value: Mapping[str, Value], key: str) -> dict[str, parts.Assessment]:
    """Verdicts or answers by name, with their notes."""
    return {
        name: parts.Assessment(text(entry.get(key)), text(entry.get("note")))
        if isinstance(entry, dict)
        else parts.Assessment(text(entry))
        for name, entry in value.items()
    }


def review(value: Mapping[str, Value]) -> parts.Review:
    """The review, with who took part."""
    facilitator = mapping(value.get("facilitator"))
    groups = {
        name: parts.Attendance("not-needed", text(entry.get("not-needed")))
        if isinstance(entry, dict)
        else parts.Attendance(text(entry))
        for name, entry in mapping(value.get("groups")).items()
    }
    return parts.Review(
        held=date_of(value.get("held")),
        length_min=whole(value.get("length_min")),
        facilitator=text(facilitator.get("role")),
        facilitator_responded=flag(facilitator.get("responded")) if "responded" in facilitator else None,
        groups=groups,
        briefed_on=date_of(value.get("briefed_on")),
        follow_ups=tuple(parse_date(text(entry)) for entry in items(value.get("follow_ups"))),
        notes=text(value.get("notes")),
    )


def evidence(value: Mapping[str, Value]) -> parts.Evidence:
    """A piece of evidence."""
    return parts.Evidence(
        text(value.get("id")), text(value.get("kind")), text(value.get("ref")), text(value.get("sha256"))
    )


def reference(value: Mapping[str, Value]) -> parts.Reference:
    """A source of a retold incident."""
    return parts.Reference(
        text(value.get("url")),
        text(value.get("kind")),
        text(value.get("title")),
        date_of(value.get("retrieved")),
    )


def notice(value: Mapping[str, Value]) -> parts.Notice:
    """A regulatory clock and its notice."""
    return parts.Notice(
        text(value.get("regime")),
        moment_of(value.get("clock_started")),
        moment_of(value.get("due")),
        moment_of(value.get("sent")),
        text(value.get("ref")),
    )


def relation(value: Value) -> parts.Relation:
    """Another post-mortem and how it is related."""
    if isinstance(value, dict):
        return parts.Relation(text(value.get("id")), text(value.get("as")) or "see")
    return parts.Relation(text(value))


def redaction(value: Value) -> tuple[str, str]:
    """The path, and the narrowest audience that may still see it."""
    if isinstance(value, dict):
        return text(value.get("path")), text(value.get("seen_by"))
    return text(value), "organisation"


def amendment(value: Mapping[str, Value]) -> parts.Amendment:
    """A change after publication."""
    return parts.Amendment(parse_date(text(value.get("date"))), text(value.get("what")), text(value.get("why")))
