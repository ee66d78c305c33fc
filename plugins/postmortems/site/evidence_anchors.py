"""Where on the page of a post-mortem that stands which a control looks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.analysis.evidence.control_evidence import matching

if TYPE_CHECKING:
    from collections.abc import Mapping

    from postmortems.conventions import EvidenceNeed
    from postmortems.record import Action, Factor, Lesson, Postmortem

_PARTS = frozenset({"timeline", "evaluation", "questions", "review", "evidence", "regulatory"})


def anchor_of(record: Postmortem, need: EvidenceNeed) -> str:
    """The anchor of what a record holds of a need: of several entries the first; empty for the top of the page."""
    group = need.thing.partition(".")[0]
    if need.kind == "every_notice":
        return "regulatory" if record.regulatory else ""
    if group == "times":
        return "timeline" if record.timeline else "milestones"
    entries: Mapping[str, tuple[Factor | Lesson | Action, ...]] = {
        "": matching(record, need.actions)[1] if need.actions else (),
        "factors": record.factors,
        "lessons": record.lessons,
        "actions": record.actions,
    }
    if first := next(iter(entries.get(group, ())), None):
        return first.id.lower()
    return group if group in _PARTS else ""
