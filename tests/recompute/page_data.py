"""Data: how many rows each table has."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from raw import moment

if TYPE_CHECKING:
    from raw import Raw, World

METRICS = (
    ("started", "detected"),
    ("trigger", "detected"),
    ("detected", "acknowledged"),
    ("detected", "responded"),
    ("detected", "contained"),
    ("started", "recovered"),
    ("trigger", "recovered"),
)


def figures(world: World) -> dict[str, object]:
    records = [raw for raw in world.records if raw["status"] != "withdrawn"]
    actions = sum(len(raw["actions"]) for raw in records)
    shown = {"rows.incidents": len(records), "rows.actions": actions} if records else {}
    return shown | {
        "section.table-incidents": len(records),
        "section.table-milestones": sum(len(raw["times"]) + ("at" in raw["trigger"]) for raw in records),
        "section.table-durations": sum(len(_durations(raw)) for raw in records),
        "section.table-factors": sum(len(raw["factors"]) for raw in records),
        "section.table-lessons": sum(len(raw["lessons"]) for raw in records),
        "section.table-actions": actions,
    }


def _durations(raw: Raw) -> list[tuple[str, str]]:
    if raw["class"] in {"near-miss", "exercise", "maintenance"}:
        return []
    return [pair for pair in METRICS if _has(raw, *pair)]


def _has(raw: Raw, first: str, last: str) -> bool:
    if (first, last) == ("started", "detected") and raw["detection"].get("before_impact") == "true":
        return False
    deployed = raw["trigger"].get("kind") in {"deploy", "config-change"}
    if (first, last) == ("trigger", "recovered") and not deployed:
        return False
    begun = raw["trigger"].get("at") if first == "trigger" else raw["times"].get(first)
    start = moment({"at": begun} if isinstance(begun, str) else begun)
    end = moment(raw["times"].get(last))
    if not start or not end:
        return False
    # A day is a local one, so that it may have begun 14 hours before UTC's and may end 12 after.
    slack = timedelta(hours=0 if start[1] < timedelta(days=1) else 14)
    room = timedelta(hours=0 if end[1] < timedelta(days=1) else 12)
    return start[0] - slack < end[0] + end[1] + room
