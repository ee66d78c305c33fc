"""From fields to an action of a post-mortem."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.record.action import Action, Priority, Result, Slip, Verification
from postmortems.record.naming import date_text_of
from postmortems.record.outputs import OUTPUTS
from postmortems.record.part_builders import date_of
from postmortems.source import parse_date
from postmortems.source.access import items, mapping, text, texts, whole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from postmortems.source import Value


def action(value: Mapping[str, Value], provenance: str, record_id: str) -> Action:
    """An action; a retold one is neither open nor dated unless its source says so."""
    output = text(value.get("output"))
    default_status = "open" if provenance == "first-hand" else "not-stated"
    verify, result = mapping(value.get("verify")), mapping(value.get("result"))
    return Action(
        id=text(value.get("id")),
        title=text(value.get("title")),
        owner=text(value.get("owner")),
        opened=date_of(value.get("opened")) or (_id_date(record_id) if provenance == "first-hand" else None),
        due=date_of(value.get("due")),
        due_text=text(value.get("due")),
        done_when=text(value.get("done_when")),
        status=text(value.get("status")) or default_status,
        closed=date_of(value.get("closed")),
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
        result=Result(text(result.get("verdict")), text(result.get("note")), date_of(result.get("at")))
        if result
        else None,
    )


def _id_date(record_id: str) -> date | None:
    return date_of(date_text_of(record_id) or None)


def _priority(value: Value) -> Priority | None:
    if isinstance(value, dict):
        return Priority(
            "",
            whole(value.get("likelihood")) or 0,
            whole(value.get("impact")) or 0,
            whole(value.get("effort")) or 0,
        )
    return Priority(text(value)) if value else None


def _slip(value: Mapping[str, Value]) -> Slip:
    return Slip(parse_date(text(value.get("from"))), parse_date(text(value.get("to"))), text(value.get("reason")))


def _verification(value: Mapping[str, Value]) -> Verification:
    return Verification(
        text(value.get("metric")),
        parse_date(text(value.get("from"))),
        whole(value.get("months")) or 0,
        text(value.get("expect")),
        text(value.get("factor")),
        text(value.get("service")),
    )
