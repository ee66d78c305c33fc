"""Readiness: changes to means of response by kind and state, and the exercises that incidents make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raw import day, moment

if TYPE_CHECKING:
    from raw import Raw, World

OUTPUTS = (
    *("irp", "runbook", "escalation-path", "contact-list", "comms-template", "report-format"),
    *("alert", "dashboard", "access-rule", "break-glass", "training", "exercise"),
)
STATES = {"done": "changed", "verified": "changed", "open": "planned", "in-progress": "planned"}


def figures(world: World) -> dict[str, object]:
    changes = [
        (action["output"], _state(world, raw, action))
        for raw in world.own
        for action in raw["actions"]
        if action.get("output") in OUTPUTS
    ]
    found: dict[str, object] = {"section.exercises": sum(_has_exercise(raw) for raw in world.counted)}
    held = sum(raw["class"] == "exercise" for raw in world.own)
    if held:
        found["section.held"] = held
    states = [state for _, state in changes]
    if changes:
        found["changes"] = len(changes)
        found |= {state: states.count(state) for state in ("changed", "planned", "overdue")}
    elif not any(raw["provenance"] == "first-hand" for raw in world.records) and (others := _others(world)):
        found["organisations"] = len(others)
    for output in {output for output, _ in changes}:
        of_kind = [state for kind, state in changes if kind == output]
        found[f"section.{output}"] = len(of_kind)
        found |= {f"kind.{output}.{state}": of_kind.count(state) for state in set(states)}
    return found | {f"all.{state}": states.count(state) for state in set(states)}


def _others(world: World) -> set[str]:
    own = {raw["id"] for raw in world.own}
    return {
        raw["organisation"]
        for raw in world.counted
        if raw["id"] not in own and any(action.get("output") in OUTPUTS for action in raw["actions"])
    }


def _state(world: World, raw: Raw, action: Raw) -> str:
    status = action.get("status") or ("open" if raw["provenance"] == "first-hand" else "not-stated")
    due = day(action.get("due"))
    if status in {"open", "in-progress"} and due and due < world.today:
        return "overdue"
    return STATES.get(status, status)


def _has_exercise(raw: Raw) -> bool:
    """Over, with four entries or more, and with two or more that did not end before it was detected."""
    timeline = raw.get("timeline", [])
    detected = moment(raw["times"].get("detected"))
    return (
        not _is_ongoing(raw) and len(timeline) >= 4 and sum(not _before(entry, detected) for entry in timeline) > 1
    )


def _before(entry: Raw, detected: tuple | None) -> bool:
    at = entry["at"]
    start, width, _ = moment({"at": at} if isinstance(at, str) else at)
    return detected is not None and start + width <= detected[0]


def _is_ongoing(raw: Raw) -> bool:
    if "state" in raw:
        return raw["state"] == "ongoing"
    over = {"recovered", "closed"} & set(raw["times"]) or {"times", "times.recovered"} & set(
        raw.get("not_stated", [])
    )
    return bool(raw["times"]) and raw["provenance"] == "first-hand" and not over
