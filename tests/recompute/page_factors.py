"""Factors: recurrence, repeats, dimensions, pairs and counts; and the page of each factor."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from arithmetic import wilson
from causes import (
    able_to_repeat,
    change,
    factors,
    having,
    is_incident,
    reaches_back,
    repeats,
    ways,
    years,
)

if TYPE_CHECKING:
    from raw import Raw, World

PAIRS, TOGETHER, PLACES, ORGANISATIONS = 20, 8, 20, 7


def figures(world: World) -> dict[str, object]:
    counted, used = world.counted, _used(world)
    if not used:
        return {}
    found = _repeated(world) | (_own(world) if world.own else _others(world)) | _balance(world) | _pairs(world)
    terms = {
        f"{category}.{name}": term
        for category, entry in world.vocabulary["categories"].items()
        for name, term in entry["factors"].items()
        if "replaced_by" not in term
    }
    unused = sum(not having(counted, term) for term in terms)
    named = [raw for raw in counted if factors(raw)]
    groups = {_category(world, factor) for factor in used}
    return found | {
        "section.all": len(used),
        **({"unused": unused} if unused else {}),
        **{f"all.{factor}": len(having(counted, factor)) for factor in used},
        **{
            f"category.{group}": f"{sum(_in_category(world, raw, group) for raw in named)}/{len(named)}"
            for group in groups
        },
    }


def _own(world: World) -> dict[str, object]:
    now, before, apart, across = years(world)
    recurring = {factor: k for factor in _used(world) if (k := len(having(now, factor))) > 1}
    most = max(recurring, key=lambda factor: (recurring[factor], len(having(before, factor))), default="")
    found: dict[str, object] = {"section.recurring": len(recurring)}
    if now:
        found["incidents"] = len(now)
    if recurring:
        found["recurring"] = len(recurring)
    if now and reaches_back(world):
        found["incidents-before"] = len(before)
    if across:
        found["unplaced"] = len(across)
    compared = 0
    for factor, k in recurring.items():
        name = f"recurring.{factor}"
        found[f"{name}.now"] = k
        if having(apart, factor):
            found[f"{name}.apart"] = len(having(apart, factor))
        if reaches_back(world):
            found[f"{name}.before"] = len(having(before, factor))
        told = change(world, k, len(having(before, factor)))
        compared += bool(told)
        found |= {f"{name}.change{part}": value for part, value in told.items()}
        services = {service for raw in having(now, factor) for service in raw.get("services", [])}
        if len(services) > 3:
            found[f"{name}.more-services"] = len(services) - 3
    if reaches_back(world):
        found |= {"comparisons": compared} if compared else {"least-to-compare": 6}
    assert not recurring or most
    return found


def _repeated(world: World) -> dict[str, object]:
    able, unable = able_to_repeat(world)
    if not world.own or not able:
        return {}
    found = repeats(world)
    after, before = found[True], found[False]
    if not after and not before:
        return {"able": len(able)}
    return {
        "after-share": f"{len(after)}/{len(able)}",
        "before-share": f"{len(before)}/{len(able)}",
        **_bounds("after-share", len(after), len(able)),
        **_bounds("before-share", len(before), len(able)),
        **({"no-start": len(unable)} if unable else {}),
        **({"after-fix": len(after), "section.after-fix": len(after)} if after else {}),
        **({"section.before-fix": len(before)} if before else {}),
        **ways(after, "after-fix"),
        **ways(before, "before-fix"),
    }


def _others(world: World) -> dict[str, object]:
    repeated = [factor for factor in _used(world) if len(having(world.counted, factor)) > 1]
    found: dict[str, object] = {"counted": len(world.counted)}
    if repeated:
        found |= {
            "repeated": len(repeated),
            "section.recurring": len(repeated),
            "organisations": len({raw["organisation"] for raw in world.listed}),
        }
    return found


def _balance(world: World) -> dict[str, object]:
    others = [raw for raw in world.counted if raw not in world.own]
    found: dict[str, object] = {}
    for name, raws in (("own", world.own), ("others", others)):
        named = [raw for raw in raws if factors(raw)]
        if not raws:
            continue
        sides = [{_dimension(world, factor) for factor in factors(raw)} for raw in named]
        for dimension in world.vocabulary["dimensions"]:
            k = sum(dimension in side for side in sides)
            found[f"{name}.dimension.{dimension}"] = f"{k}/{len(named)}"
            if name == "own":
                found |= _bounds(f"{name}.dimension.{dimension}", k, len(named))
        if named:
            found[f"{name}.only-technical"] = f"{sum(side == {'technical'} for side in sides)}/{len(named)}"
    unnamed = [raw for raw in world.counted if not factors(raw)]
    return found | ({"unnamed": len(unnamed)} if unnamed else {})


def _bounds(name: str, k: int, n: int) -> dict[str, object]:
    """The interval of a share, which is told from six incidents on."""
    return dict(zip((f"{name}.low", f"{name}.high"), wilson(k, n), strict=True)) if n >= 6 else {}


def _pairs(world: World) -> dict[str, object]:
    used = sorted(_used(world))
    together = _together(world)
    if not together:
        return {}
    listed = sorted(together, key=lambda pair: (-together[pair], pair))
    found: dict[str, object] = {
        "section.together": len(listed),
        "pairs": len(listed),
        "pairs-possible": len(used) * (len(used) - 1) // 2,
        "counted": len(world.counted),
        **({"pairs-shown": PAIRS} if len(listed) > PAIRS else {}),
    }
    for pair in listed[:PAIRS]:
        found[f"pair.{'+'.join(pair)}"] = together[pair]
        found[f"pair.{'+'.join(pair)}.chance"] = _by_chance(world, *pair)
    return found


def _together(world: World) -> dict[tuple[str, str], int]:
    counts = {
        pair: len(having(having(world.counted, pair[0]), pair[1]))
        for pair in combinations(sorted(_used(world)), 2)
    }
    return {pair: count for pair, count in counts.items() if count > 1}


def _by_chance(world: World, first: str, second: str) -> float:
    counted = world.counted
    return len(having(counted, first)) * len(having(counted, second)) / len(counted)


def charts(world: World) -> dict[str, list[list[object]]]:
    """In how many own incidents of each year the most frequent factors occur."""
    incidents = [raw for raw in world.own if is_incident(raw)]
    known = [int(raw["id"][:4]) for raw in incidents]
    if not known:
        return {}
    shown = range(max(min(known), max(known) - 7), max(known) + 1)
    recent = [raw for raw in incidents if int(raw["id"][:4]) in shown]
    counts = {factor: len(having(recent, factor)) for factor in _used(world)}
    repeated = sorted((factor for factor in counts if counts[factor] > 1), key=lambda name: (-counts[name], name))
    if len(recent) < 5 or len(shown) < 2 or not repeated:
        return {}
    of = {year: [raw for raw in recent if int(raw["id"][:4]) == year] for year in shown}
    return {
        "years": [
            ["all", *(len(of[year]) for year in shown)],
            *([factor, *(len(having(of[year], factor)) for year in shown)] for factor in repeated[:12]),
        ]
    }


def parts(world: World) -> dict[str, dict[str, object]]:
    """The page of every factor that occurs, the words for none and for an unknown one too."""
    occurring = {factor["factor"] for raw in world.counted for factor in raw["factors"]}
    return {f"factors/{factor}/": _of_factor(world, factor) for factor in occurring}


def _of_factor(world: World, factor: str) -> dict[str, object]:
    raws = [raw for raw in world.counted if factor in {entry["factor"] for entry in raw["factors"]}]
    ids = {raw["id"]: {entry["id"] for entry in raw["factors"] if entry["factor"] == factor} for raw in raws}
    lessons = {
        raw["id"]: [le for le in raw["lessons"] if ids[raw["id"]] & set(le.get("about", []))] for raw in raws
    }
    answered = {raw["id"]: ids[raw["id"]] | {lesson["id"] for lesson in lessons[raw["id"]]} for raw in raws}
    actions = [
        action
        for raw in raws
        for action in raw["actions"]
        if answered[raw["id"]] & set(action.get("addresses", []))
    ]
    taught = sum(len(found) for found in lessons.values())
    own = [raw for raw in raws if raw in world.own]
    organisations = {raw["organisation"] for raw in raws}
    found: dict[str, object] = {
        "counted": len(world.counted),
        "section.incidents": len(raws),
        "section.actions": len(actions),
        **({"count": len(raws)} if len(world.counted) > 1 else {}),
        **({"section.lessons": taught} if taught else {}),
        **({"more-organisations": len(organisations) - 6} if len(organisations) > ORGANISATIONS else {}),
    }
    for role in world.vocabulary["roles"]:
        in_role = sum(any(e["factor"] == factor and e["role"] == role for e in raw["factors"]) for raw in raws)
        if in_role:
            found[f"role.{role}"] = in_role
    return found | (_of_own(world, factor) if own else {}) | _beside(world, factor, raws)


def _of_own(world: World, factor: str) -> dict[str, object]:
    now, before, apart, _ = years(world)
    k, k_before = len(having(now, factor)), len(having(before, factor))
    found: dict[str, object] = {
        **({"now": k, "incidents": len(now)} if now else {}),
        **({"before": k_before} if reaches_back(world) else {}),
    }
    if k + k_before:
        found |= {f"change{part}": value for part, value in change(world, k, k_before).items()}
        if having(apart, factor):
            found["apart"] = len(having(apart, factor))
    for after, name in ((True, "after-fix"), (False, "before-fix")):
        of = {
            record: kept
            for record, entries in repeats(world)[after].items()
            if (kept := {entry for entry in entries if entry[1] == factor})
        }
        if of:
            found[f"section.{name}"] = len(of)
            if after:
                found[name] = len(of)
        found |= ways(of, name)
    return found


def _beside(world: World, factor: str, raws: list[Raw]) -> dict[str, object]:
    places: dict[tuple[str, str], int] = {}
    for raw in raws:
        organisation = "" if raw["organisation"] == world.policy["organisation"] else raw["organisation"]
        for service in raw.get("services", []):
            places[organisation, service] = places.get((organisation, service), 0) + 1
    shown = sorted(places, key=lambda key: (-places[key], key))[:PLACES]
    together = {pair: count for pair, count in _together(world).items() if factor in pair}
    pairs = sorted(together, key=lambda pair: (-together[pair], pair))[:TOGETHER]
    others = {pair: pair[1] if pair[0] == factor else pair[0] for pair in pairs}
    return {
        **{f"service.{organisation}{'/' if organisation else ''}{name}": places[organisation, name]
           for organisation, name in shown},
        **{f"pair.{other}": together[pair] for pair, other in others.items()},
        **{f"pair.{other}.chance": _by_chance(world, *pair) for pair, other in others.items()},
    }  # fmt: skip


def _used(world: World) -> list[str]:
    return sorted({factor for raw in world.counted for factor in factors(raw)})


def _category(world: World, factor: str) -> str:
    parent = world.vocabulary.get("extensions", {}).get(factor, {}).get("parent", factor)
    return str(parent.partition(".")[0])


def _dimension(world: World, factor: str) -> str:
    return str(world.vocabulary["categories"][_category(world, factor)]["dimension"])


def _in_category(world: World, raw: Raw, category: str) -> bool:
    return category in {_category(world, factor) for factor in factors(raw)}
