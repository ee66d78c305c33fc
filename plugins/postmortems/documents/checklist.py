"""A checklist from precedents as Markdown, for the ticket of a change: the same on the page and in the terminal.

Each line cites its incident by organisation and id; what these are called stands at the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis.precedents import GROUPS, shown_helped
from postmortems.findings.visible import markdown_text
from postmortems.rendering.formatting import arrow, number
from postmortems.rendering.labels import word
from postmortems.rendering.trigger_labels import in_plain_words
from postmortems.texts import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from postmortems.analysis.precedents import Checklist, FactorOf, Group, LessonOf
    from postmortems.conventions import Conventions
    from postmortems.record import Postmortem

_CHANGES = 2  # of a kind of output
_INCIDENTS = 40


def as_markdown(trigger: str, services: Iterable[str], checklist: Checklist, conventions: Conventions) -> str:
    """What a checklist says in Markdown, an item a line, each with its incident and organisation."""
    return "\n".join(_lines(trigger, services, checklist, conventions)) + "\n"


def _lines(trigger: str, services: Iterable[str], checklist: Checklist, conventions: Conventions) -> Iterator[str]:
    title = markdown_text(in_plain_words(trigger, conventions.vocabulary))
    named = ", ".join(markdown_text(service) for service in services)
    yield f"## {title} ({named})" if named else f"## {title}"
    yield ""
    if not checklist.records:
        yield _("No incident here began this way.")
        return
    yield _basis(checklist)
    yield from _section(_("What went wrong"), _factor_lines(checklist.wrong, checklist, conventions))
    yield from _section(_("What made it last longer"), _factor_lines(checklist.longer, checklist, conventions))
    yield from _section(_("What helped"), (_lesson_line(line) for line in shown_helped(checklist.helped)))
    yield from _section(_("What was changed afterwards"), _changes(checklist))
    yield from _section(_("Incidents"), _sources(checklist.records))


def _section(heading: str, lines: Iterable[str]) -> Iterator[str]:
    """A heading and its lines; nothing where there are none."""
    listed = list(lines)
    if listed:
        yield from ("", f"### {heading}", "", *listed)


def _basis(checklist: Checklist) -> str:
    count = len(checklist.records)
    parts = {"count": number(count), "organisations": markdown_text(", ".join(checklist.organisations))}
    return (
        ngettext(
            "From %(count)s incident (%(organisations)s). Tick what you have thought of.",
            "From %(count)s incidents (%(organisations)s). Tick what you have thought of.",
            count,
        )
        % parts
    )


def _factor_lines(
    groups: Iterable[Group[FactorOf]], checklist: Checklist, conventions: Conventions
) -> Iterator[str]:
    for group in list(groups)[:GROUPS]:
        first = group.examples[0]
        label = markdown_text(conventions.vocabulary.factor_label(group.key))
        share = _("%(k)s of %(n)s") % {"k": number(len(group.records)), "n": number(len(checklist.records))}
        said = markdown_text(arrow(first.factor.statement))
        yield f"- [ ] **{label}** ({share}){': ' if said else ''}{said} ({source(first.record)})"


def _lesson_line(line: LessonOf) -> str:
    said = markdown_text(line.lesson.text)
    if line.lesson.kind == "lucky":
        said = _("By luck: %(lesson)s") % {"lesson": said}
    return f"- [ ] {said} ({source(line.record)})"


def _changes(checklist: Checklist) -> Iterator[str]:
    for group in checklist.changed:
        for line in group.examples[:_CHANGES]:
            yield f"- [ ] {word(group.key)}: {markdown_text(line.action.title)} ({source(line.record)})"


def _sources(records: Sequence[Postmortem]) -> Iterator[str]:
    yield from (f"- {source(record)}: {markdown_text(record.title)}" for record in records[:_INCIDENTS])
    if len(records) > _INCIDENTS:
        more = _("And %(count)s more.") % {"count": number(len(records) - _INCIDENTS)}
        yield f"- {more}"


def source(record: Postmortem) -> str:
    """The incident that a line is from, by its organisation and id."""
    return f"{markdown_text(record.organisation)}, {record.id}"
