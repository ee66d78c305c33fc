"""Services: incidents, factors and open actions on each; and the page of each service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from causes import factors, having, is_open, is_overdue, repeats, ways, years

if TYPE_CHECKING:
    from raw import Raw, World

Key = tuple[str, str]

# Addresses of services of organisations whose names are no addresses; all others stay as they are.
FOLDERS = {
    "Amazon Web Services": "amazon-web-services",
    "Knight Capital Americas LLC": "knight-capital-americas-llc",
}


def figures(world: World) -> dict[str, object]:
    services = _services(world)
    mine = [key for key in services if not key[0]]
    others = [key for key in services if key[0]]
    now = years(world)[0]
    recent = {key: [raw for raw in services[key] if raw in now] for key in mine}
    unnamed = [raw for raw in world.counted if not raw.get("services")]
    found: dict[str, object] = {}
    if mine:
        recurring = [key for key in mine if len(recent[key]) > 1]
        found |= {
            "own-services": len(mine),
            "section.own": len(mine),
            **({"incidents": len(now)} if now else {}),
            **({"recurring": len(recurring)} if recurring else {}),
        }
        if not recurring and now:
            del found["own-services"]
    for key in mine:
        found |= _row(world, key, services[key], recent[key])
    for key in others:
        found[f"service.{key[0]}/{key[1]}.all"] = len(services[key])
    organisations = dict.fromkeys(key[0] for key in others)
    for organisation in organisations:
        folder = FOLDERS.get(organisation, organisation.lower())
        found[f"section.of-{folder}"] = sum(key[0] == organisation for key in others)
    if others and mine:
        found["section.others"] = len(others)
    elif others:
        found |= {
            "others-services": len(others),
            "organisations": len(organisations),
            "counted": len(world.counted),
        }
    if unnamed and services:
        found |= {"unnamed": len(unnamed), "counted": len(world.counted)}
    return found


def _row(world: World, key: Key, raws: list[Raw], recent: list[Raw]) -> dict[str, object]:
    name = f"service.{key[1]}"
    waiting, overdue = _waiting(world, raws)
    recurring = _recurring(raws)
    return {
        f"{name}.last-year": len(recent),
        f"{name}.all": len(raws),
        f"{name}.open": waiting,
        **({f"{name}.overdue": overdue} if overdue else {}),
        **({f"{name}.more-factors": len(recurring) - 3} if len(recurring) > 3 else {}),
        **{f"{name}.{factor}": len(having(raws, factor)) for factor in _most(recurring, raws, recent)[:3]},
    }


def _most(recurring: list[str], raws: list[Raw], recent: list[Raw]) -> list[str]:
    return sorted(recurring, key=lambda factor: (-len(having(raws, factor)), -len(having(recent, factor)), factor))


def parts(world: World) -> dict[str, dict[str, object]]:
    """The page of every service that a counted record names."""
    found = {}
    for key, raws in _services(world).items():
        folder = f"{FOLDERS.get(key[0], key[0].lower())}/" if key[0] else ""
        found[f"services/{folder}{key[1]}/"] = _of_service(world, key, raws)
    return found


def _of_service(world: World, key: Key, raws: list[Raw]) -> dict[str, object]:
    now = years(world)[0]
    recent = [raw for raw in raws if raw in now]
    recurring, lessons = _recurring(raws), sum(len(raw["lessons"]) for raw in raws)
    once = {factor for raw in raws for factor in factors(raw)} - set(recurring)
    waiting, overdue = _waiting(world, raws)
    actions = waiting if not key[0] else sum(len(raw["actions"]) for raw in raws)
    found: dict[str, object] = {
        "all": len(raws),
        **({"section.factors": len(recurring) or len(once)} if once or recurring else {}),
        "section.incidents": len(raws),
        **({"section.lessons": lessons} if lessons else {}),
        **({"section.actions": actions} if actions or not key[0] else {}),
        **{f"factor.{factor}": len(having(raws, factor)) for factor in recurring},
    }
    if key[0]:
        return found
    ids = {raw["id"] for raw in raws}
    for after, name in ((True, "after-fix"), (False, "before-fix")):
        of = {record: entries for record, entries in repeats(world)[after].items() if record in ids}
        found |= {**({f"section.{name}": len(of)} if of else {}), **ways(of, name)}
    return found | {
        "last-year": len(recent),
        **({"open": waiting} if waiting else {}),
        **({"overdue": overdue} if overdue and waiting > 1 else {}),
        **{f"factor.{factor}.last-year": len(having(recent, factor)) for factor in recurring},
    }


def _services(world: World) -> dict[Key, list[Raw]]:
    found: dict[Key, list[Raw]] = {}
    for raw in world.counted:
        organisation = "" if raw["organisation"] == world.policy["organisation"] else raw["organisation"]
        for service in raw.get("services", []):
            found.setdefault((organisation, service), []).append(raw)
    return found


def _recurring(raws: list[Raw]) -> list[str]:
    return sorted({factor for raw in raws for factor in factors(raw) if len(having(raws, factor)) > 1})


def _waiting(world: World, raws: list[Raw]) -> tuple[int, int]:
    """How many actions of first-hand records are open, and how many of them are overdue."""
    actions = [action for raw in raws if raw in world.first_hand for action in raw["actions"]]
    return sum(is_open(action) for action in actions), sum(is_overdue(world, action) for action in actions)
