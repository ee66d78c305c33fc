"""Incidents: how many there are, how many have each value of each facet, and how long recovery took."""

from __future__ import annotations

from typing import TYPE_CHECKING

from raw import moment

if TYPE_CHECKING:
    from raw import Raw, World


def figures(world: World) -> dict[str, object]:
    if not world.listed:
        return {}
    maintenance = [raw for raw in world.listed if raw["class"] == "maintenance"]
    organisations = {raw["organisation"] for raw in world.listed}
    return {
        "counted": len(world.counted),
        **({"organisations": len(organisations)} if len(organisations) > 1 else {}),
        **({"maintenance": len(maintenance)} if maintenance else {}),
        **_tally([f"year.{raw['id'][:4]}" for raw in world.listed]),
        **_facets(world),
        **{f"ttrc.{raw['id']}": seconds for raw in world.listed if (seconds := _recovery(raw)) is not None},
    }


def _facets(world: World) -> dict[str, object]:
    """How many records have each value of a facet; a facet in which all are alike is not shown."""
    found: dict[str, object] = {}
    names = ("severity", "class", "trigger", "factor", "service", "organisation", "year", "provenance")
    for name in names if len(world.listed) > 1 else ():
        values = [set(_values(world, raw, name)) for raw in world.listed]
        counts = _tally([value for of_one in values for value in of_one])
        if any(count < len(world.listed) for count in counts.values()):
            found |= {f"{name}.{value}": count for value, count in counts.items()}
    return found


def _values(world: World, raw: Raw, name: str) -> list[str]:
    if name == "severity":
        return [level] if (level := raw["severity"].get("final") or raw["severity"].get("declared")) else []
    if name == "trigger":
        return [raw["trigger"]["kind"]] if raw["trigger"].get("kind") else []
    if name == "factor":
        return [factor["factor"] for factor in raw["factors"]]
    if name == "service":
        own = raw["organisation"] == world.policy["organisation"]
        return [service if own else f"{raw['organisation']}/{service}" for service in raw.get("services", [])]
    return [raw["id"][:4] if name == "year" else raw[name]]


def _tally(values: list[str]) -> dict[str, int]:
    return {value: values.count(value) for value in values}


def _recovery(raw: Raw) -> int | None:
    """From the start of harm until recovery, in seconds; none for near misses, exercises and maintenance."""
    start, end = (moment(raw["times"].get(name)) for name in ("started", "recovered"))
    if raw["class"] in {"near-miss", "exercise", "maintenance"} or not start or not end:
        return None
    return max(round((end[0] - start[0]).total_seconds()), 0)
