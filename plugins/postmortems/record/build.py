"""Source to Postmortem: short forms written out, defaults filled in. The source has passed its schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.record import part_builders as part
from postmortems.record.action_builder import action
from postmortems.record.model import Postmortem
from postmortems.record.own_values import own_value
from postmortems.record.parts import Acceptance
from postmortems.source.access import flag, items, mapping, text, texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from postmortems.conventions import Policy
    from postmortems.source import Moment, Source, Value

_OTHER_VOCABULARIES = ("attack", "cve", "rsit", "veris")


def build_postmortem(record_id: str, source: Source, policy: Policy, *, folder: bool = False) -> Postmortem:
    """Build the record from a source that is valid against the schema."""
    meta = written_out(source.meta)
    severity = part.severity(meta.get("severity"))
    times = part.times_of(mapping(meta.get("times")))
    provenance = text(meta.get("provenance")) or "first-hand"
    not_stated = frozenset(texts(meta.get("not_stated")))
    questions = mapping(meta.get("questions"))
    retention = mapping(meta.get("retention"))
    return Postmortem(
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
        published=part.date_of(meta.get("published")),
        severity=severity,
        services=texts(meta.get("services")),
        teams=texts(meta.get("teams")),
        tags=texts(meta.get("tags")),
        trigger=part.trigger(meta.get("trigger")),
        times=times,
        duration_stated=text(meta.get("duration_stated")),
        timeline=tuple(part.timeline_entry(mapping(entry)) for entry in items(meta.get("timeline"))),
        detection=part.detection(meta.get("detection")),
        impact=part.impact(mapping(meta.get("impact"))),
        factors=tuple(part.factor(mapping(entry)) for entry in items(meta.get("factors"))),
        evaluation=part.assessments(mapping(meta.get("evaluation")), "verdict"),
        questions=part.assessments({k: v for k, v in questions.items() if k != "what-should-change"}, "answer"),
        changes={key: text(value) for key, value in mapping(questions.get("what-should-change")).items()},
        lessons=tuple(part.lesson(mapping(entry)) for entry in items(meta.get("lessons"))),
        actions=tuple(action(mapping(entry), provenance, record_id) for entry in items(meta.get("actions"))),
        no_actions_reason=text(meta.get("no_actions_reason")),
        review=part.review(mapping(meta.get("review"))) if meta.get("review") else None,
        evidence=tuple(part.evidence(mapping(entry)) for entry in items(meta.get("evidence"))),
        sources=tuple(part.reference(mapping(entry)) for entry in items(meta.get("sources"))),
        conflicts=texts(meta.get("conflicts")),
        not_stated=not_stated,
        regulatory=tuple(part.notice(mapping(entry)) for entry in items(meta.get("regulatory"))),
        refs={key: text(value) for key, value in mapping(meta.get("refs")).items()},
        related=tuple(part.relation(entry) for entry in items(meta.get("related"))),
        not_related=texts(meta.get("not_related")),
        vocabularies={name: texts(meta[name]) for name in _OTHER_VOCABULARIES if meta.get(name)},
        accepted=tuple(
            Acceptance(text(mapping(entry).get("rule")), text(mapping(entry).get("reason")))
            for entry in items(meta.get("accepted"))
        ),
        review_on=part.date_of(retention.get("review_on")),
        legal_hold=flag(retention.get("legal_hold")),
        redacted=tuple(part.redaction(entry) for entry in items(meta.get("redacted"))),
        amended=tuple(part.amendment(mapping(entry)) for entry in items(meta.get("amended"))),
        own={key: own_value(value) for key, value in meta.items() if key.startswith("x-")},
        full_review=policy.needs_full_review(severity.id),
        folder=folder,
    )


def written_out(meta: Mapping[str, Value]) -> dict[str, Value]:
    """The fields with short forms of factors and lessons expanded, and ids and links filled in.

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


def _state(times: Mapping[str, Moment], provenance: str, not_stated: frozenset[str]) -> str:
    if "closed" in times:
        return "closed"
    over = "recovered" in times or not not_stated.isdisjoint({"times", "times.recovered"})
    if over or provenance != "first-hand":
        return "resolved"
    return "ongoing"
