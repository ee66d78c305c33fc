"""X rules: what a record refers to exists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from postmortems.findings import Severity
from postmortems.record import QUESTIONS
from postmortems.rules.engine.places import first_written, named
from postmortems.rules.engine.registry import rule
from postmortems.rules.engine.rule import Applies, Problem, RuleContext
from postmortems.source import did_you_mean, one_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from postmortems.record import Action, Evidence, Factor, Lesson, Postmortem
    from postmortems.source import Pointer

    _Entry = Factor | Lesson | Action | Evidence

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S", re.ASCII)


@rule(
    code="X01",
    name="no-dangling-id",
    severity=Severity.ERROR,
    family="references",
    summary="An id refers to nothing, to the record itself, or to two things",
    why="""Follow-through and recurrence are counted by the links between records, factors, lessons, actions and
    evidence. A broken id is a link that silently disappears.""",
    remedy="""Correct the id. Another post-mortem's id is its file name without `.md`. Within a record it is an
    entry's `id`, or F1, L1 and so on by position. Give each entry its own id.""",
    bad="""
        actions:
          - id: A1
            title: Alert three weeks before a certificate expires
            addresses:
              - F7
    """,
    good="""
        factors:
          - id: F1
            factor: infrastructure.expiry
            statement: the renewal job had no alert -> the certificate expired unnoticed
        actions:
          - id: A1
            title: Alert three weeks before a certificate expires
            addresses:
              - F1
    """,
)
def no_dangling_id(record: Postmortem, context: RuleContext) -> Iterator[Problem]:
    """Every id that a record names is there, and names one thing."""
    yield from _other_records(record, context)
    yield from _shared_ids(record)
    factors = [factor.id for factor in record.factors]
    lessons = [lesson.id for lesson in record.lessons]
    evidence = [piece.id for piece in record.evidence]
    for i, factor in enumerate(record.factors):
        place: Pointer = ("factors", i, "evidence")
        yield from _dangling(place, factor.evidence, evidence, "a piece of evidence", needs=("evidence.id",))
    for i, lesson in enumerate(record.lessons):
        if ("lessons", i, "about") in record.source.values:  # else the builder filled it in
            place = ("lessons", i, "about")
            yield from _dangling(place, lesson.about, factors, "a factor", needs=("factors.id",))
    for i, action in enumerate(record.actions):
        place = ("actions", i, "addresses")
        addressed, lists = (*factors, *lessons, *QUESTIONS), ("factors.id", "lessons.id")
        yield from _dangling(
            place, action.addresses, addressed, "a factor, lesson or review question", needs=lists
        )
        place = ("actions", i, "evidence")
        yield from _dangling(
            place, action.evidence, evidence, "a piece of evidence", needs=("evidence.id",), or_address=True
        )


def _other_records(record: Postmortem, context: RuleContext) -> Iterator[Problem]:
    named_ids: list[tuple[Pointer, str]] = [
        (first_written(record, ("related", i, "id"), ("related", i)), relation.id)
        for i, relation in enumerate(record.related)
    ]
    named_ids += [(("not_related", i), other) for i, other in enumerate(record.not_related)]
    for place, other in named_ids:
        if other == record.id:
            yield Problem(place, f"`{other}` is this post-mortem", "name the other one, or delete the line")
        elif other not in context.ids:
            yield Problem(
                place,
                f"there is no post-mortem `{other}`",
                did_you_mean(other, sorted(context.redactor.nameable(record) - {record.id}))
                or "the id is the name of the file without `.md`, such as 2026-03-31-payments-certificate",
            )


def _dangling(  # noqa: PLR0913 - the last two are named
    place: Pointer,
    ids: Iterable[str],
    known: Collection[str],
    what: str,
    *,
    needs: tuple[str, ...],
    or_address: bool = False,
) -> Iterator[Problem]:
    """The ids of a list that lead nowhere; `needs` are the lists that they may lead into."""
    for i, identifier in enumerate(ids):
        if identifier in known or (or_address and _ADDRESS.match(identifier)):
            continue
        yield Problem(
            (*place, i),
            f"`{identifier}` is not the id of {what} in this record" + (", and no address" if or_address else ""),
            did_you_mean(identifier, known) or (one_of(known) if known else "the record has none"),
            needs=needs,
        )


def _shared_ids(record: Postmortem) -> Iterator[Problem]:
    """Entries whose id is taken: anything that names it could mean either."""
    groups: tuple[tuple[str, Sequence[_Entry]], ...] = (
        ("factors", record.factors),
        ("lessons", record.lessons),
        ("actions", record.actions),
        ("evidence", record.evidence),
    )
    first: dict[str, Pointer] = {}
    for place, identifier in (((name, i), entry.id) for name, group in groups for i, entry in enumerate(group)):
        if first.setdefault(identifier, place) != place:
            yield Problem(
                first_written(record, (*place, "id"), place),
                f"the id `{identifier}` is already used by {named(record.source.in_file(first[identifier]))}",
                "give each entry its own id; entries without one get F1, L1 and so on by position",
            )


@rule(
    code="X03",
    name="registered",
    severity=Severity.WARNING,
    family="references",
    summary="A service, team or audience is not in the policy",
    why="""Two records about the same service find each other by the names in the policy. An unlisted name is
    either mistyped or missing there. Own fields (`x-…`) may stay unlisted, but then exports and filters leave them
    out; they are reported only if the policy lists a similar name.""",
    remedy="""Correct the name, or add it to `schemas/policy.yaml` under `services`, `teams`,
    `audiences_of_lessons` or `own_fields`. If the name is meant for this record only, list X03 under `accepted`
    with the reason.""",
    bad="""
        services:
          - paymnets
    """,
    good="""
        services:
          - payments
    """,
    applies=Applies(provenance=frozenset({"first-hand"})),
)
def registered(record: Postmortem, context: RuleContext) -> Iterator[Problem]:
    """Services, teams and audiences are those of the policy, and owners as long as it holds no teams."""
    policy = context.conventions.policy
    own = {field.name for field in policy.own_fields}
    registries: Mapping[str, tuple[str, Collection[str]]] = {
        "services": ("service", policy.services),
        "teams": ("team or role", policy.teams),
        "audiences_of_lessons": ("audience", policy.audiences_of_lessons),
        "own_fields": ("own field", own),
    }
    reported: set[tuple[str, str]] = set()
    for registry, place, name in _registrable(record, owners=not policy.teams):
        what, known = registries[registry]
        if not name or name in known or (registry, name) in reported:
            continue
        reported.add((registry, name))  # once a record: the remedy is the same for all places
        near = did_you_mean(name, known)
        if registry == "own_fields" and not near:
            continue
        add = f"add it under `{registry}` in schemas/policy.yaml"
        yield Problem(
            place, f"the {what} `{name}` is not in the policy", f"{near} otherwise {add}" if near else add
        )


def _registrable(record: Postmortem, *, owners: bool) -> Iterator[tuple[str, Pointer, str]]:
    """Every name that belongs in a registry: which one, its place, and the name.

    Owners only where asked for: once there are teams, A01 looks after them.
    """
    for i, service in enumerate(record.services):
        yield "services", ("services", i), service
    for i, team in enumerate(record.teams):
        yield "teams", ("teams", i), team
    for name in record.own:
        yield "own_fields", (name,), name
    for i, lesson in enumerate(record.lessons):
        for j, role in enumerate(lesson.audience):
            yield "audiences_of_lessons", ("lessons", i, "audience", j), role
    for i, action in enumerate(record.actions):
        if owners:
            yield "teams", ("actions", i, "owner"), action.owner
        if action.verify:
            yield "services", ("actions", i, "verify", "service"), action.verify.service
