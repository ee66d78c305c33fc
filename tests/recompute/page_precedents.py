"""Before a change: how many incidents each kind of trigger set off; and the checklist of each kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from raw import Raw, World

DOING = (
    *("deploy", "config-change", "manual-operation", "planned-maintenance"),
    *("data-or-pipeline", "expiry", "provider-change", "user-behaviour"),
)
COMING = ("capacity", "hardware-or-network", "performance-decay", "malicious-act", "external-event")


def figures(world: World) -> dict[str, object]:
    kinds = _kinds(world)
    entering = [raw for of_kind in kinds.values() for raw in of_kind]
    began = [raw for kind in DOING for raw in kinds.get(kind, [])]
    untold = len(world.counted) - len(entering)
    found: dict[str, object] = {f"trigger.{kind}": len(kinds[kind]) for kind in (*DOING, *COMING) if kind in kinds}
    if entering:
        found["entering"] = len(entering)
    if began:
        found |= {"began": len(began), "most": max(len(kinds.get(kind, [])) for kind in DOING)}
    if untold:
        found |= {"untold": untold, "counted": len(world.counted)}
    return found


def parts(world: World) -> dict[str, dict[str, object]]:
    return {f"precedents/{kind}/": _checklist(world, raws) for kind, raws in _kinds(world).items()}


def _kinds(world: World) -> dict[str, list[Raw]]:
    found: dict[str, list[Raw]] = {}
    for raw in world.counted:
        kind = raw["trigger"].get("kind", "")
        if raw["class"] != "exercise" and kind not in {"", "unknown"}:
            found.setdefault(kind, []).append(raw)
    return found


def _checklist(world: World, raws: list[Raw]) -> dict[str, object]:
    found: dict[str, object] = {"incidents": len(raws)}
    found |= _factors("wrong", raws, longer=False) | _factors("longer", raws, longer=True)
    helped = [lesson["kind"] for raw in raws for lesson in raw["lessons"] if lesson["kind"] in {"worked", "lucky"}]
    if len(helped) > 12:
        found["helped.more"] = len(helped) - 12
    actions = [
        action for raw in raws for action in raw["actions"] if action["status"] not in {"declined", "superseded"}
    ]
    for output in {action.get("output", "other") for action in actions}:
        found[f"changed.{output}"] = sum(action.get("output", "other") == output for action in actions)
    return found | _services(world, raws)


def _factors(name: str, raws: Iterable[Raw], *, longer: bool) -> dict[str, object]:
    counts: dict[str, int] = {}
    for raw in raws:
        terms = {factor["factor"] for factor in raw["factors"] if (factor["role"] == "prolonging") is longer}
        for term in terms - {"unknown", "none"}:
            counts[term] = counts.get(term, 0) + 1
    ranked = sorted(counts, key=lambda term: (-counts[term], term))
    found: dict[str, object] = {f"{name}.{term}": counts[term] for term in ranked[:12]}
    if len(ranked) > 12:
        found[f"{name}.more"] = len(ranked) - 12
    most = max(counts.values(), default=0)
    if most > 1 and list(counts.values()).count(most) <= 3:
        found[f"{name}.most"] = most
    return found


def _services(world: World, raws: Iterable[Raw]) -> dict[str, object]:
    counts: dict[str, int] = {}
    for raw in raws:
        own = raw["organisation"] == world.policy["organisation"]
        for service in set(raw.get("services", [])):
            key = service if own else f"{raw['organisation']}/{service}"
            counts[key] = counts.get(key, 0) + 1
    kept = {key: count for key, count in counts.items() if "/" not in key or count > 1}
    assert len(kept) <= 20
    return {f"section.service-{re.sub('[^a-z0-9]+', '-', key.lower())}": count for key, count in kept.items()}
