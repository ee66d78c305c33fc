"""What happened, for the room to correct: the chronology with its gaps, the decisions, who was told what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis.timing.chronology import beginning, chronology, gaps, silences
from postmortems.documents import Bullets, Grid, Paragraph, Phrase, Room, Section
from postmortems.documents.sheets.elapsed_time import since
from postmortems.rendering import formatting
from postmortems.rendering.labels import word
from postmortems.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from postmortems.analysis.timing.chronology import Gap, Point
    from postmortems.documents import Block, Words
    from postmortems.record import Notice, Postmortem
    from postmortems.source import Moment

_MILESTONES = {
    "trigger": N_("set off"),
    "started": N_("harm begins"),
    "detected": N_("detected"),
    "acknowledged": N_("acknowledged"),
    "responded": N_("work on it begins"),
    "declared": N_("declared"),
    "contained": N_("contained"),
    "eradicated": N_("cause removed"),
    "recovered": N_("recovered"),
    "closed": N_("closed"),
}


def chronology_section(record: Postmortem) -> Section:
    """The timeline and the milestones in order, and a line wherever nothing is recorded for long."""
    zero = beginning(record)
    rows = list(_rows(record, zero))
    ask = _("Read it aloud. Where does somebody remember it otherwise? What could each see at that moment?")
    if not rows:
        ask = _("No timeline is recorded. Draw it together: the first sign, each decision, each message, the end.")
    columns = (_("When (UTC)"), _("Since the start"), _("What"), _("Kind"))
    table = Grid(_("What happened, in order"), columns, rows, 2 if rows else 8)
    return Section("chronology", _("What happened"), [Paragraph(ask), table])


def decisions_section(record: Postmortem) -> Section:
    """Each decision that is recorded, with room for what it rested on."""
    decisions = [entry for entry in record.timeline if entry.kind == "decision"]
    if not decisions:
        ask = _("No decision is recorded. Which were made, when, and on what? To wait is a decision, too.")
        return Section("decisions", _("Decisions"), [Paragraph(ask), Room(4)])
    times = _times([entry.at for entry in decisions])
    rows: list[tuple[Words, ...]] = [(at, entry.what, "", "") for at, entry in zip(times, decisions, strict=True)]
    ask = _("What was known at that moment? What else could have been done, and who was allowed to decide?")
    columns = (_("When (UTC)"), _("Decision"), _("What was known"), _("What else was possible"))
    return Section("decisions", _("Decisions"), [Paragraph(ask), Grid(_("Decisions"), columns, rows, 1)])


def communication_section(record: Postmortem) -> Section:
    """Who was told what and when, the silences, and notices to authorities."""
    messages = [entry for entry in record.timeline if entry.kind == "communication"]
    times = _times([entry.at for entry in messages])
    rows: list[tuple[Words, ...]] = [(at, entry.what, "") for at, entry in zip(times, messages, strict=True)]
    blocks: list[Block] = []
    if not messages:
        ask = _("No communication is recorded. Who was told first, who last, and who only asked later?")
        blocks.append(Paragraph(ask))
    columns = (_("When (UTC)"), _("What"), _("From whom to whom"))
    blocks.append(Grid(_("Communication"), columns, rows, 1 if messages else 4))
    quiet = [_silence(gap) for gap in silences(record)]
    if quiet and messages:
        blocks.append(Bullets(quiet))
    if record.regulatory:
        blocks.append(Bullets([_notice(notice) for notice in record.regulatory]))
    return Section("communication", _("Who was told what"), blocks)


def _rows(record: Postmortem, zero: Moment | None) -> Iterator[tuple[Words, ...]]:
    after = {gap.start.at: gap for gap in gaps(record)}
    points = chronology(record)
    times = _times([point.at for point in points])
    for at, point in enumerate(points):
        kind = point.entry.kind if point.entry else ""
        yield times[at], since(point.at, zero) if zero else "", _what(point), word(kind) if kind else ""
        is_last = at + 1 == len(points) or points[at + 1].at.at != point.at.at
        gap = after.get(point.at.at) if is_last and point.at.precision.has_clock else None
        if gap:
            ask = _("Nothing is recorded for %(time)s. What happened here?")
            yield "", "", (Phrase(ask % {"time": formatting.length_of(gap.length)}, strong=True),), ""


def _times(moments: Sequence[Moment]) -> list[str]:
    """Moments in a column: the day only where it is another than in the row above."""
    shown: list[str] = []
    day = ""
    for at in moments:
        text = formatting.moment(at).removesuffix(" UTC")
        before, day = day, text.rpartition(", ")[0]
        shown.append(text.rpartition(", ")[2] if day and day == before else text)
    return shown


def _what(point: Point) -> Words:
    names = formatting.listing([_(_MILESTONES[name]) for name in point.milestones])
    if point.entry is None:
        return (Phrase(formatting.upper_first(names), muted=True),)
    return (point.entry.what, *((Phrase(f" ({names})", muted=True),) if names else ()))


def _silence(gap: Gap) -> str:
    text = _("No communication is recorded for %(time)s, from %(start)s to %(end)s. Who waited for word then?")
    ends = {"start": formatting.moment(gap.start), "end": formatting.moment(gap.end)}
    return text % {"time": formatting.length_of(gap.length), **ends}


def _notice(notice: Notice) -> str:
    """A notice to an authority, with what is known of its clock."""
    known = (
        (_("clock started %(at)s"), notice.clock_started),
        (_("due %(at)s"), notice.due),
        (_("sent %(at)s"), notice.sent),
    )
    parts = [text % {"at": formatting.moment(at)} for text, at in known if at]
    times = ", ".join(parts) or _("no times recorded")
    return _("Notice under %(regime)s: %(told)s.") % {"regime": notice.regime, "told": times}
