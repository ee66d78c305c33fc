"""Before a change: what incidents that the same kind of thing set off can tell, as a checklist.

An incident enters by the kind of its trigger, whoever's it is; an exercise does not: nothing went wrong there.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from postmortems.analysis.statistics.measures import ActionOf

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from postmortems.record import Factor, Lesson, Postmortem

GROUPS = 12
EXAMPLES = 3
HELPED = 12
SERVICES = 20
_NO_FACTORS = frozenset({"unknown", "none"})
_NOT_DONE = frozenset({"declined", "superseded"})


@dataclass(frozen=True, slots=True)
class FactorOf:
    """A factor and the record it stands in."""

    record: Postmortem
    factor: Factor


@dataclass(frozen=True, slots=True)
class LessonOf:
    """A lesson and the record it stands in."""

    record: Postmortem
    lesson: Lesson


Line = TypeVar("Line", FactorOf, ActionOf)


@dataclass(frozen=True, slots=True)
class Group(Generic[Line]):
    """Lines of one factor or of one kind of output, `key`: one's own first, then the newest."""

    key: str
    lines: tuple[Line, ...]

    @property
    def records(self) -> tuple[Postmortem, ...]:
        """The records that have such a line, each once."""
        return tuple({line.record.id: line.record for line in self.lines}.values())

    @property
    def examples(self) -> tuple[Line, ...]:
        """The lines to show: of as many incidents as there is room for."""
        first = {line.record.id: line for line in reversed(self.lines)}
        return tuple(line for line in self.lines if first[line.record.id] is line)[:EXAMPLES]


@dataclass(frozen=True, slots=True)
class Checklist:
    """What went wrong, what made it last longer, what helped and what was changed, in `records`, newest first.

    Groups stand by how many incidents they are of. `helped` holds what worked, then where luck helped.
    """

    records: tuple[Postmortem, ...]
    wrong: tuple[Group[FactorOf], ...]
    longer: tuple[Group[FactorOf], ...]
    helped: tuple[LessonOf, ...]
    changed: tuple[Group[ActionOf], ...]

    @property
    def organisations(self) -> tuple[str, ...]:
        """Whose incidents they are, by name."""
        return tuple(sorted({record.organisation for record in self.records}, key=str.casefold))


def enters(record: Postmortem) -> bool:
    """Whether a record tells of something that set an incident off."""
    return record.counts and record.incident_class != "exercise" and record.trigger.kind not in {"", "unknown"}


def by_trigger(records: Iterable[Postmortem]) -> Mapping[str, tuple[Postmortem, ...]]:
    """The records of each kind of trigger that occurs."""
    records_by_trigger: dict[str, list[Postmortem]] = defaultdict(list)
    for record in records:
        if enters(record):
            records_by_trigger[record.trigger.kind].append(record)
    return {kind: tuple(of_kind) for kind, of_kind in records_by_trigger.items()}


def by_service(records: Iterable[Postmortem], own: str) -> Mapping[str, tuple[Postmortem, ...]]:
    """The records of each service, by how many there are: one's own as `checkout`, others' as `GitHub/mysql`.

    `own` is the organisation whose services stand without its name.
    """
    records_by_service: dict[str, list[Postmortem]] = defaultdict(list)
    for record in records:
        prefix = "" if record.organisation == own else f"{record.organisation}/"
        for service in dict.fromkeys(record.services):
            records_by_service[prefix + service].append(record)
    order = sorted(
        records_by_service, key=lambda service: (-len(records_by_service[service]), "/" in service, service)
    )
    return {service: tuple(records_by_service[service]) for service in order}


def checklist(records: Sequence[Postmortem], own: str) -> Checklist:
    """What these records can tell; those of the organisation `own` come first in each group."""
    mine_first = sorted(records, key=lambda record: record.organisation != own)
    factors = [
        FactorOf(record, factor)
        for record in mine_first
        for factor in record.factors
        if factor.factor not in _NO_FACTORS
    ]
    lessons = [LessonOf(record, lesson) for record in mine_first for lesson in record.lessons]
    actions = [
        ActionOf(record, action)
        for record in mine_first
        for action in record.actions
        if action.status not in _NOT_DONE
    ]
    return Checklist(
        tuple(records),
        _grouped((line for line in factors if line.factor.role != "prolonging"), lambda line: line.factor.factor),
        _grouped((line for line in factors if line.factor.role == "prolonging"), lambda line: line.factor.factor),
        tuple(line for kind in ("worked", "lucky") for line in lessons if line.lesson.kind == kind),
        _grouped(actions, lambda line: line.action.output or "other"),
    )


def shown_helped(helped: Collection[LessonOf]) -> tuple[LessonOf, ...]:
    """The lessons to show: mostly those on what worked, since luck is nothing to rely on."""
    worked = [line for line in helped if line.lesson.kind == "worked"]
    lucky = [line for line in helped if line.lesson.kind == "lucky"]
    room = max(HELPED - len(worked), HELPED // 3)
    return (*worked[: HELPED - min(len(lucky), room)], *lucky[:room])


def _grouped(lines: Iterable[Line], key: Callable[[Line], str]) -> tuple[Group[Line], ...]:
    lines_by_key: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        lines_by_key[key(line)].append(line)
    groups = [Group(name, tuple(of_name)) for name, of_name in lines_by_key.items()]
    # What has no kind of its own says least, so it stands last.
    return tuple(sorted(groups, key=lambda group: (group.key == "other", -len(group.records), group.key)))
