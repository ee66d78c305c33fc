"""Audit controls, and the queries that find records as evidence for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from postmortems.findings import Severity
from postmortems.source import did_you_mean, one_of
from postmortems.source.access import items, mapping, text, texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortems.conventions.policy import Policy
    from postmortems.findings import Finding
    from postmortems.source import Source, Value


class Citation(NamedTuple):
    """A document, and the place in it; `place` and `url` may be empty."""

    document: str
    place: str = ""
    url: str = ""


class ActionQuery(NamedTuple):
    """Actions of one of these `statuses` and `outputs`, where any are named, that give all of `fields`."""

    statuses: frozenset[str] = frozenset()
    outputs: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()


class Description(NamedTuple):
    """Which records a control concerns: those of which all that is said here holds; what is empty says nothing.

    `severity` is the mildest one. `since` is a date as written. `regime` is a part of a notice's regime.
    """

    classes: frozenset[str] = frozenset()
    severity: str = ""
    full_review: bool | None = None
    since: str = ""
    services: tuple[str, ...] = ()
    regime: str = ""
    has: tuple[str, ...] = ()
    any_action: ActionQuery | None = None


class EvidenceNeed(NamedTuple):
    """One thing that a control looks for. `kind` is has, any_action, every_action or every_notice.

    `thing` is what `has` names, `actions` the query of the two kinds that ask for actions, and `fields` what every
    notice is to give.
    """

    kind: str
    thing: str = ""
    actions: ActionQuery | None = None
    fields: tuple[str, ...] = ()


class Control(NamedTuple):
    """One control: what it asks for in our own words, the records it concerns, and what in them may support it."""

    id: str
    framework: str
    control: str
    title: str
    obligation: str
    citation: Citation
    concerns: tuple[Description, ...]
    looks_for: tuple[EvidenceNeed, ...]


class Clock(NamedTuple):
    """A regime's clock: what starts it, and by when what is to be sent."""

    regime: str
    starts: str
    limit: str
    citation: Citation


class Controls(NamedTuple):
    """All controls, in the order of their file, and the clocks of regimes."""

    controls: tuple[Control, ...]
    clocks: tuple[Clock, ...]


def build_controls(source: Source) -> Controls:
    """Make the controls of a file that has passed its schema."""
    return Controls(
        tuple(_control(mapping(entry)) for entry in items(source.meta.get("controls"))),
        tuple(
            Clock(text(row.get("regime")), text(row.get("starts")), text(row.get("limit")), _citation(row))
            for row in map(mapping, items(source.meta.get("clocks")))
        ),
    )


def _control(row: dict[str, Value]) -> Control:
    return Control(
        id=text(row.get("id")),
        framework=text(row.get("framework")),
        control=text(row.get("control")),
        title=text(row.get("title")),
        obligation=text(row.get("obligation")),
        citation=_citation(row),
        concerns=tuple(_description(mapping(entry)) for entry in items(row.get("concerns"))),
        looks_for=tuple(_need(mapping(entry)) for entry in items(row.get("looks_for"))),
    )


def _citation(row: dict[str, Value]) -> Citation:
    cited = mapping(row.get("citation"))
    return Citation(text(cited.get("document")), text(cited.get("place")), text(cited.get("url")))


def _description(entry: dict[str, Value]) -> Description:
    full_review = entry.get("full_review")
    return Description(
        classes=frozenset(texts(entry.get("class"))),
        severity=text(entry.get("severity")),
        full_review=full_review if isinstance(full_review, bool) else None,
        since=text(entry.get("since")),
        services=texts(entry.get("services")),
        regime=text(entry.get("regime")),
        has=texts(entry.get("has")),
        any_action=_actions(mapping(entry["any_action"])) if "any_action" in entry else None,
    )


def _need(entry: dict[str, Value]) -> EvidenceNeed:
    kind, value = next(iter(entry.items()))
    match kind:
        case "has":
            return EvidenceNeed(kind, thing=text(value))
        case "every_notice":
            return EvidenceNeed(kind, fields=texts(mapping(value).get("with")))
    return EvidenceNeed(kind, actions=_actions(mapping(value)))


def _actions(query: dict[str, Value]) -> ActionQuery:
    return ActionQuery(frozenset(texts(query.get("status"))), texts(query.get("output")), texts(query.get("with")))


def controls_findings(source: Source, controls: Controls, policy: Policy) -> Iterator[Finding]:
    """Ids stand once; severities and services are those of the policy."""
    seen: set[str] = set()
    for i, control in enumerate(controls.controls):
        if control.id in seen:
            yield source.finding(
                "S118",
                Severity.ERROR,
                f"the control `{control.id}` is listed twice",
                at=("controls", i, "id"),
                help="give one of them another id: its page is named after it",
            )
        seen.add(control.id)
        for j, described in enumerate(control.concerns):
            at = ("controls", i, "concerns", j)
            if described.severity and described.severity not in policy.severities:
                yield source.finding(
                    "S118",
                    Severity.ERROR,
                    f"`{described.severity}` is not one of the policy's severities",
                    at=(*at, "severity"),
                    help=one_of(policy.severities),
                )
            for k, service in enumerate(described.services):
                if service not in policy.services:
                    yield source.finding(
                        "S118",
                        Severity.ERROR,
                        f"`{service}` is not a service in the policy",
                        at=(*at, "services", k),
                        help=did_you_mean(service, policy.services) or "add it under `services` in policy.yaml",
                    )
