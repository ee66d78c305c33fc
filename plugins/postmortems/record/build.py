"""Source to Postmortem: short forms written out, defaults filled in. The source has passed its schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.record import model
from postmortems.record.naming import date_text_of
from postmortems.record.outputs import OUTPUTS
from postmortems.record.own_values import own_value
from postmortems.source import Margin, MomentError, parse_date, parse_moment
from postmortems.source.access import flag, items, mapping, number, text, texts, whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from postmortems.conventions import Policy
    from postmortems.source import Moment, Source, Value

_OTHER_VOCABULARIES = ("attack", "cve", "rsit", "veris")


def build_postmortem(record_id: str, source: Source, policy: Policy, *, folder: bool = False) -> model.Postmortem:
    """Make the typed record of a source whose shape is valid."""
    meta = written_out(source.meta)
    severity = _severity(meta.get("severity"))
    times = _times(mapping(meta.get("times")))
    provenance = text(meta.get("provenance")) or "first-hand"
    not_stated = frozenset(texts(meta.get("not_stated")))
    questions = mapping(meta.get("questions"))
    retention = mapping(meta.get("retention"))
    return model.Postmortem(
        id=record_id,
        source=source,
        title=text(meta.get("title")),
        summary=text(meta.get("summary")),
        organisation=text(meta.get("organisation")) or policy.organisation,
        status=text(meta.get("status")) or "draft",
        state=text(meta.get("state")) or _state(times, provenance, not_stated),
        incident_class=text(meta.get("class")) or "operational",
        provenance=provenance,
        tlp=text(meta.get("tlp")),
        published=_date(meta.get("published")),
        severity=severity,
        services=texts(meta.get("services")),
        teams=texts(meta.get("teams")),
        tags=texts(meta.get("tags")),
        trigger=_trigger(meta.get("trigger")),
        times=times,
        duration_stated=text(meta.get("duration_stated")),
        timeline=tuple(_timeline(mapping(entry)) for entry in items(meta.get("timeline"))),
        detection=_detection(meta.get("detection")),
        impact=_impact(mapping(meta.get("impact"))),
        factors=tuple(_factor(mapping(entry)) for entry in items(meta.get("factors"))),
        evaluation=_assessments(mapping(meta.get("evaluation")), "verdict"),
        questions=_assessments({k: v for k, v in questions.items() if k != "what-should-change"}, "answer"),
        changes={key: text(value) for key, value in mapping(questions.get("what-should-change")).items()},
        lessons=tuple(_lesson(mapping(entry)) for entry in items(meta.get("lessons"))),
        actions=tuple(_action(mapping(entry), provenance, record_id) for entry in items(meta.get("actions"))),
        no_actions_reason=text(meta.get("no_actions_reason")),
        review=_review(mapping(meta.get("review"))) if meta.get("review") else None,
        evidence=tuple(_evidence(mapping(entry)) for entry in items(meta.get("evidence"))),
        sources=tuple(_reference(mapping(entry)) for entry in items(meta.get("sources"))),
        conflicts=texts(meta.get("conflicts")),
        not_stated=not_stated,
        regulatory=tuple(_notice(mapping(entry)) for entry in items(meta.get("regulatory"))),
        refs={key: text(value) for key, value in mapping(meta.get("refs")).items()},
        related=tuple(_relation(entry) for entry in items(meta.get("related"))),
        not_related=texts(meta.get("not_related")),
        vocabularies={name: texts(meta[name]) for name in _OTHER_VOCABULARIES if meta.get(name)},
        accepted=tuple(
            model.Acceptance(text(mapping(entry).get("rule")), text(mapping(entry).get("reason")))
            for entry in items(meta.get("accepted"))
        ),
        review_on=_date(retention.get("review_on")),
        legal_hold=flag(retention.get("legal_hold")),
        redacted=tuple(_redaction(entry) for entry in items(meta.get("redacted"))),
        amended=tuple(_amendment(mapping(entry)) for entry in items(meta.get("amended"))),
        own={key: own_value(value) for key, value in meta.items() if key.startswith("x-")},
        full_review=policy.needs_full_review(severity.id),
        folder=folder,
    )


def written_out(meta: Mapping[str, Value]) -> dict[str, Value]:
    """The fields with what depends on an entry's place written out: factors and lessons, their ids and links.

    A lesson is about the factor of its record where there is only one.
    """
    full = dict(meta)
    factors = [
        _entry(value, f"F{i}", "factor", "statement") for i, value in enumerate(items(meta.get("factors")), 1)
    ]
    lessons = [_entry(value, f"L{i}", "kind", "text") for i, value in enumerate(items(meta.get("lessons")), 1)]
    if factors:
        full["factors"] = [*factors]
    if lessons:
        about: list[Value] = [factors[0]["id"]] if len(factors) == 1 else []
        full["lessons"] = [{"about": about, **lesson} for lesson in lessons]
    return full


def _entry(value: Value, entry_id: str, name: str, words: str) -> dict[str, Value]:
    """An entry of a list as a mapping with an id; its short form is `name: words` in one line."""
    if isinstance(value, dict):
        return {"id": entry_id, **value}
    head, _, rest = text(value).partition(": ")
    return {"id": entry_id, name: head, words: rest.strip()}


def _date(value: Value) -> date | None:
    try:
        return parse_date(text(value)) if value is not None else None
    except MomentError:
        return None


def _moment(value: Value) -> Moment | None:
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


def _times(value: Mapping[str, Value]) -> dict[str, Moment]:
    moments = {name: _moment(value.get(name)) for name in model.MILESTONES}
    return {name: moment for name, moment in moments.items() if moment is not None}


def _state(times: Mapping[str, Moment], provenance: str, not_stated: frozenset[str]) -> str:
    if "closed" in times:
        return "closed"
    over = "recovered" in times or not not_stated.isdisjoint({"times", "times.recovered"})
    if over or provenance != "first-hand":
        return "resolved"
    return "ongoing"


def _severity(value: Value) -> model.SeverityLevel:
    if isinstance(value, dict):
        return model.SeverityLevel(text(value.get("declared")), text(value.get("final")))
    return model.SeverityLevel(declared=text(value))


def _trigger(value: Value) -> model.Trigger:
    if isinstance(value, dict):
        return model.Trigger(
            text(value.get("kind")), _moment(value.get("at")), text(value.get("ref")), text(value.get("note"))
        )
    return model.Trigger(text(value))


def _timeline(value: Mapping[str, Value]) -> model.TimelineEntry:
    moment = _moment(value.get("at"))
    assert moment is not None  # noqa: S101 - the schema requires it
    return model.TimelineEntry(moment, text(value.get("what")), text(value.get("kind")))


def _detection(value: Value) -> model.Detection:
    if isinstance(value, dict):
        return model.Detection(text(value.get("source")), text(value.get("how")), flag(value.get("before_impact")))
    return model.Detection(text(value))


def _impact(value: Mapping[str, Value]) -> model.Impact:
    levels = {
        kind: model.ImpactLevel(text(mapping(entry).get("level")), text(mapping(entry).get("text")))
        if isinstance(entry := value[kind], dict)
        else model.ImpactLevel(text(entry))
        for kind in ("business", "technical", "data", "reputation")
        if value.get(kind) is not None
    }
    users, cost = mapping(value.get("users")), mapping(value.get("cost"))
    return model.Impact(
        levels=levels,
        users=whole(users.get("count")),
        users_approx=flag(users.get("approx")),
        cost=model.Cost(number(cost["amount"]) or 0, text(cost["currency"]), flag(cost.get("estimated")))
        if cost
        else None,
        figures=tuple(
            model.Figure(
                text(mapping(entry).get("what")),
                number(mapping(entry).get("value")) or 0,
                text(mapping(entry).get("unit")),
                text(mapping(entry).get("bound")),
            )
            for entry in items(value.get("figures"))
        ),
    )


def _factor(value: Mapping[str, Value]) -> model.Factor:
    return model.Factor(
        text(value.get("id")),
        text(value.get("factor")),
        text(value.get("role")) or "contributing",
        text(value.get("statement")),
        texts(value.get("evidence")),
    )


def _lesson(value: Mapping[str, Value]) -> model.Lesson:
    return model.Lesson(
        text(value.get("id")),
        text(value.get("kind")),
        text(value.get("text")),
        texts(value.get("about")),
        texts(value.get("audience")),
    )


def _assessments(value: Mapping[str, Value], key: str) -> dict[str, model.Assessment]:
    return {
        name: model.Assessment(text(entry.get(key)), text(entry.get("note")))
        if isinstance(entry, dict)
        else model.Assessment(text(entry))
        for name, entry in value.items()
    }


def _action(value: Mapping[str, Value], provenance: str, record_id: str) -> model.Action:
    output = text(value.get("output"))
    default_status = "open" if provenance == "first-hand" else "not-stated"
    verify, result = mapping(value.get("verify")), mapping(value.get("result"))
    return model.Action(
        id=text(value.get("id")),
        title=text(value.get("title")),
        owner=text(value.get("owner")),
        opened=_date(value.get("opened")) or (_id_date(record_id) if provenance == "first-hand" else None),
        due=_date(value.get("due")),
        due_text=text(value.get("due")),
        done_when=text(value.get("done_when")),
        status=text(value.get("status")) or default_status,
        closed=_date(value.get("closed")),
        evidence=texts(value.get("evidence")),
        reason=text(value.get("reason")),
        output=output,
        artefact=text(value.get("artefact")),
        aim=text(value.get("aim")),
        strength=text(value.get("strength")) or (OUTPUTS[output].strength if output in OUTPUTS else ""),
        priority=_priority(value.get("priority")),
        addresses=texts(value.get("addresses")),
        slips=tuple(_slip(mapping(entry)) for entry in items(value.get("slips"))),
        verify=_verification(verify) if verify else None,
        result=model.Result(text(result.get("verdict")), text(result.get("note")), _date(result.get("at")))
        if result
        else None,
    )


def _id_date(record_id: str) -> date | None:
    return _date(date_text_of(record_id) or None)


def _priority(value: Value) -> model.Priority | None:
    if isinstance(value, dict):
        return model.Priority(
            "",
            whole(value.get("likelihood")) or 0,
            whole(value.get("impact")) or 0,
            whole(value.get("effort")) or 0,
        )
    return model.Priority(text(value)) if value else None


def _slip(value: Mapping[str, Value]) -> model.Slip:
    return model.Slip(
        parse_date(text(value.get("from"))), parse_date(text(value.get("to"))), text(value.get("reason"))
    )


def _verification(value: Mapping[str, Value]) -> model.Verification:
    return model.Verification(
        text(value.get("metric")),
        parse_date(text(value.get("from"))),
        whole(value.get("months")) or 0,
        text(value.get("expect")),
        text(value.get("factor")),
        text(value.get("service")),
    )


def _review(value: Mapping[str, Value]) -> model.Review:
    facilitator = mapping(value.get("facilitator"))
    groups = {
        name: model.Attendance("not-needed", text(entry.get("not-needed")))
        if isinstance(entry, dict)
        else model.Attendance(text(entry))
        for name, entry in mapping(value.get("groups")).items()
    }
    return model.Review(
        held=_date(value.get("held")),
        length_min=whole(value.get("length_min")),
        facilitator=text(facilitator.get("role")),
        facilitator_responded=flag(facilitator.get("responded")) if "responded" in facilitator else None,
        groups=groups,
        briefed_on=_date(value.get("briefed_on")),
        follow_ups=tuple(parse_date(text(entry)) for entry in items(value.get("follow_ups"))),
        notes=text(value.get("notes")),
    )


def _evidence(value: Mapping[str, Value]) -> model.Evidence:
    return model.Evidence(
        text(value.get("id")), text(value.get("kind")), text(value.get("ref")), text(value.get("sha256"))
    )


def _reference(value: Mapping[str, Value]) -> model.Reference:
    return model.Reference(
        text(value.get("url")),
        text(value.get("kind")),
        text(value.get("title")),
        _date(value.get("retrieved")),
    )


def _notice(value: Mapping[str, Value]) -> model.Notice:
    return model.Notice(
        text(value.get("regime")),
        _moment(value.get("clock_started")),
        _moment(value.get("due")),
        _moment(value.get("sent")),
        text(value.get("ref")),
    )


def _relation(value: Value) -> model.Relation:
    if isinstance(value, dict):
        return model.Relation(text(value.get("id")), text(value.get("as")) or "see")
    return model.Relation(text(value))


def _redaction(value: Value) -> tuple[str, str]:
    """The path, and the narrowest audience that may still see it."""
    if isinstance(value, dict):
        return text(value.get("path")), text(value.get("seen_by"))
    return text(value), "organisation"


def _amendment(value: Mapping[str, Value]) -> model.Amendment:
    return model.Amendment(parse_date(text(value.get("date"))), text(value.get("what")), text(value.get("why")))
