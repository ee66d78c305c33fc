"""Follow-through: open, overdue and slipped actions, how long they take, and what they change."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from arithmetic import cut, kaplan_meier, median, months_later, wilson
from due_date_history import silent_moves
from raw import day

if TYPE_CHECKING:
    from raw import Raw, World

Action = tuple["Raw", "Raw"]  # a record, and an action of it

DONE = {"done", "verified"}
OPEN = {"open", "in-progress"}
GIVEN_UP = {"declined", "superseded"}
KIND_OF = {
    "technical": ("patch-config", "backup"),
    "monitoring": ("alert", "dashboard"),
    "access": ("access-rule", "break-glass"),
    "policy-procedure": ("irp", "runbook", "escalation-path", "report-format", "staffing"),
    "communication": ("comms-template", "contact-list"),
    "training-awareness": ("training", "exercise"),
}
STRENGTH_OF = {
    "stronger": ("patch-config", "backup", "access-rule"),
    "intermediate": ("alert", "dashboard", "break-glass", "escalation-path", "staffing", "exercise"),
    "weaker": ("irp", "runbook", "report-format", "comms-template", "contact-list", "training"),
}
FEWEST = 6
LISTED = 50


def figures(world: World) -> dict[str, object]:
    if not world.first_hand:
        return {}
    actions = actions_of(world)
    if not actions:
        return {"records": len(world.first_hand)}
    return (
        _open(actions, world.today)
        | _coming(world, actions)
        | _on_time(actions, world.today)
        | _completion(actions, world.today)
        | _slips(world, actions)
        | _changes(actions, world.today)
    )


def charts(world: World) -> dict[str, list[list[object]]]:
    actions = actions_of(world)
    every = _followed(actions, world.today)
    drawn: dict[str, list[list[object]]] = {}
    if len(every) >= FEWEST and any(done for _, done in every):
        drawn["completion"] = [
            [days, 1 - share, None if high is None else 1 - high, None if low is None else 1 - low, at_risk]
            for days, share, low, high, at_risk in kaplan_meier(every)
        ]
    groups = {
        name: _followed([a for a in actions if strength(a) == name], world.today)
        for name in ("stronger", "intermediate", "weaker")
    }
    told = {name: rows for name, rows in groups.items() if len(rows) >= FEWEST}
    if len(every) >= FEWEST and len(told) > 1:
        drawn["completion-by-strength"] = [
            [name, days, 1 - share, None if high is None else 1 - high, None if low is None else 1 - low]
            for name, rows in told.items()
            for days, share, low, high, _ in kaplan_meier(rows)
        ]
    return drawn


def actions_of(world: World) -> list[Action]:
    return [(raw, action) for raw in world.first_hand for action in raw["actions"]]


def strength(action: Action) -> str:
    output = action[1].get("output", "")
    by_output = next((name for name, outputs in STRENGTH_OF.items() if output in outputs), "")
    return action[1].get("strength", by_output)


def late(action: Raw, today: date) -> int:
    due = day(action.get("due"))
    return max((today - due).days, 0) if due and action["status"] in OPEN else 0


def first_due(action: Raw) -> date | None:
    slips = action.get("slips", [])
    return day(slips[0]["from"]) if slips else day(action.get("due"))


def _open(actions: list[Action], today: date) -> dict[str, Any]:
    found = [a for a in actions if a[1]["status"] in OPEN]
    overdue = [a for a in found if late(a[1], today)]
    made: dict[str, Any] = {"actions": len(actions)}
    made["section.open"] = len(found)
    if not found:
        return made
    made |= {"open": len(found)}
    if overdue:
        made |= {"overdue": len(overdue), "overdue.longest": max(late(a, today) for _, a in overdue)}
    ages = [(today - day(a["opened"])).days for _, a in found if day(a["opened"])]
    if len(ages) < FEWEST:
        made["fewest"] = FEWEST
    else:
        value, low, high = median(ages)
        made |= {"age": value, "age.low": low, "age.high": high, "age.n": len(ages), "age.of": len(found)}
        if len(ages) < len(found):
            made["age.without.opened-on-an-unknown-day"] = len(found) - len(ages)
    made |= _by_owner(found, today)
    assert len(found) <= LISTED
    for raw, action in found:
        name = f"row.{raw['id']}.{action['id']}"
        if late(action, today):
            made[f"{name}.late"] = late(action, today)
        if day(action["opened"]):
            made[f"{name}.age"] = (today - day(action["opened"])).days
        if isinstance(stated := action.get("priority"), dict):
            made |= {f"{name}.{side}": int(stated[side]) for side in ("likelihood", "impact", "effort")}
    return made


def _by_owner(found: list[Action], today: date) -> dict[str, Any]:
    made: dict[str, Any] = {}
    owners = defaultdict(list)
    for _, action in found:
        owners[action.get("owner", "nobody")].append(action)
    for owner, theirs in owners.items():
        name = f"owner.{owner}"
        made[f"{name}.open"] = len(theirs)
        lates = [late(action, today) for action in theirs if late(action, today)]
        if lates:
            made |= {f"{name}.overdue": len(lates), f"{name}.latest": max(lates)}
        known = [(today - day(a["opened"])).days for a in theirs if day(a["opened"])]
        if known:
            made[f"{name}.oldest"] = max(known)
    return made


def _coming(world: World, actions: list[Action]) -> dict[str, Any]:
    today, end = world.today, world.today + timedelta(days=90)
    asking = {
        raw["id"]: [a for a in raw["actions"] if a["status"] in OPEN]
        for raw in world.first_hand
        if "review" in raw or world.needs_full_review(raw)
    }
    made: dict[str, Any] = {f"follow-up.{name}.open": len(found) for name, found in asking.items() if found}
    if made:
        made["section.follow-ups"] = len(made)
    days = [day(a.get("due")) for _, a in actions if a["status"] in OPEN]
    days += [
        day(text)
        for raw in world.first_hand
        if any(a["status"] in OPEN for a in raw["actions"])
        for text in raw.get("review", {}).get("follow_ups", [])
    ]
    days += [
        months_later(day(a["verify"]["from"]), int(a["verify"]["months"]))
        for _, a in actions
        if "verify" in a and a["status"] not in GIVEN_UP
    ]
    made["section.calendar"] = sum(found is not None and today <= found <= end for found in days)
    return made


def _on_time(actions: list[Action], today: date) -> dict[str, Any]:
    made: dict[str, Any] = {}
    year = _rate(actions, months_later(today, -12), today)
    ever = _rate(actions, date.min, today)
    for name, (kept, due, given_up), shown in (("on-time", year, True), ("on-time-ever", ever, ever[1] > year[1])):
        if due and shown:
            low, high = wilson(kept, due)
            made |= {f"{name}.due": due, f"{name}.kept": kept, f"{name}.rate": kept / due}
            made |= {f"{name}.low": low, f"{name}.high": high}
        if given_up and (name == "on-time" or (due and shown)):
            made[f"{name}.given-up"] = given_up
    return made


def _rate(actions: list[Action], start: date, end: date) -> tuple[int, int, int]:
    due = [a for _, a in actions if (first := first_due(a)) and start <= first < end]
    judged = [a for a in due if a["status"] not in GIVEN_UP]
    kept = [a for a in judged if a["status"] in DONE and day(a["closed"]) <= first_due(a)]
    return len(kept), len(judged), len(due) - len(judged)


def _followed(actions: list[Action], today: date) -> list[tuple[int, bool]]:
    """For each action how many days it was followed, and whether it was done then."""
    found = []
    for _, action in actions:
        until = today if action["status"] in OPEN else day(action.get("closed"))
        opened = day(action["opened"])
        if until and opened:
            found.append((max((until - opened).days, 0), action["status"] in DONE))
    return found


def _completion(actions: list[Action], today: date) -> dict[str, Any]:
    rows = _followed(actions, today)
    made = {"median": "too few", "median.n": len(rows), "median.of": len(actions)}
    if len(rows) < FEWEST:
        made["fewest"] = FEWEST
    else:
        made |= {f"median{key}": value for key, value in _half(rows).items()}
    unknown = len(actions) - len(rows)
    if unknown:
        made["median.without.closed-on-an-unknown-day"] = unknown
    if len(rows) < FEWEST:
        return made
    by = {
        "priority": (priority, ("high", "medium", "low", "")),
        "strength": (strength, ("stronger", "intermediate", "weaker", "")),
    }
    for kind, (group_of, groups) in by.items():
        for group in groups:
            members = [a for a in actions if group_of(a) == group]
            if not members:
                continue
            theirs, name = _followed(members, today), f"{kind}.{group or 'none'}"
            made |= {f"{name}.all": len(theirs), f"{name}.done": sum(done for _, done in theirs)}
            half = _half(theirs) if len(theirs) >= FEWEST else {"": "too few"}
            made |= {f"{name}{key or '.median'}": value for key, value in half.items()}
    return made


def priority(action: Action) -> str:
    stated = action[1].get("priority", "")
    if isinstance(stated, str):
        return stated
    order = int(stated["likelihood"]) * int(stated["impact"]) / int(stated["effort"])
    return "high" if order >= 6 else "medium" if order >= 1.5 else "low"


def _half(rows: list[tuple[int, bool]]) -> dict[str, Any]:
    """Within how many days half are done, and where the bands cross one half."""
    steps = kaplan_meier(rows)
    crossing = [
        next((step[0] for step in steps if step[place] is not None and step[place] <= 0.5 + 1e-12), None)
        for place in (1, 2, 3)
    ]
    if crossing[0] is None:
        return {"": "not reached"}
    return {"": crossing[0], ".low": crossing[1]} | ({} if crossing[2] is None else {".high": crossing[2]})


def _slips(world: World, actions: list[Action]) -> dict[str, Any]:
    dated = [a for a in actions if day(a[1].get("due"))]
    moved = {
        f"slip.{raw['id']}.{action['id']}": ((day(action["due"]) - first_due(action)).days, len(action["slips"]))
        for raw, action in dated
        if action.get("slips")
    }
    made: dict[str, Any] = {"section.slips": len(moved)}
    if dated:
        made["slips.dated"] = len(dated)
    if moved:
        low, high = wilson(len(moved), len(dated))
        made |= {"slips.moved": len(moved), "slips.low": low, "slips.high": high}
        for name, (days, times) in moved.items():
            made |= {f"{name}.days": days, f"{name}.moves": times}
        if len(moved) >= FEWEST:
            value, low, high = median([days for days, _ in moved.values()])
            made |= {"slips.days": value, "slips.days.low": low, "slips.days.high": high}
            made |= {"slips.days.n": len(moved), "slips.days.of": len(moved)}
    silent = silent_moves(world.first_hand)
    if silent:
        made["unrecorded"] = len({(record, action) for record, action, _ in silent})
        for number, (record, action, days) in enumerate(silent, 1):
            made[f"unrecorded.{record}.{action}.{number}"] = days
    return made


def _changes(actions: list[Action], today: date) -> dict[str, Any]:
    kept = [a for a in actions if a[1]["status"] not in GIVEN_UP]
    if not kept:
        return {}
    made: dict[str, Any] = {}
    kinds = {output: kind for kind, outputs in KIND_OF.items() for output in outputs}
    for prefix, group_of in (
        ("strength-share", strength),
        ("kind", lambda a: kinds.get(a[1].get("output", ""), "")),
        ("output", lambda a: a[1].get("output", "")),
    ):
        groups = defaultdict(list)
        for action in kept:
            groups[group_of(action)].append(action[1])
        for group, members in groups.items():
            if prefix == "output" and group not in kinds:
                continue
            name = f"{prefix}.{group or 'none'}"
            made[name] = f"{len(members)}/{len(kept)}"
            if prefix != "output":
                made[f"{name}.low"], made[f"{name}.high"] = wilson(len(members), len(kept))
            made[f"{name}.done"] = sum(a["status"] in DONE for a in members)
            made[f"{name}.open"] = sum(a["status"] in OPEN for a in members)
            made[f"{name}.overdue"] = sum(late(a, today) > 0 for a in members)
    stronger = [a for a in kept if strength(a) == "stronger"]
    made |= {"stronger": f"{len(stronger)}/{len(kept)}"} if stronger else {"kept": len(kept)}
    closed = [a.get("result", {}).get("verdict", "not-judged") for _, a in kept if a["status"] in DONE]
    if closed:
        low, high = wilson(closed.count("effective"), len(closed))
        made |= {"effective.closed": len(closed), "effective": closed.count("effective")}
        made |= {"effective.low": low, "effective.high": high}
        for verdict in ("partly", "ineffective", "not-judged"):
            if verdict in closed:
                made[f"effective.{verdict}"] = closed.count(verdict)
    return {name: cut(value) for name, value in made.items()}
