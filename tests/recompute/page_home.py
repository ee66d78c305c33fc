"""Home: the blocks that the hand-written home pages of both sites show."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from causes import factors, having, is_overdue, repeats, year_ends, years
from raw import day, moment

if TYPE_CHECKING:
    from raw import World

REPEATED, REPEATS, OVERDUE, UNREVIEWED, ORGANISATIONS = 6, 5, 8, 5, 7


def figures(world: World) -> dict[str, object]:
    counted = world.counted
    lessons = [lesson for raw in counted for lesson in raw["lessons"]]
    used = {factor for raw in counted for factor in factors(raw)}
    found = _attention(world)
    if not counted:
        return found
    kinds = {kind: sum(lesson["kind"] == kind for lesson in lessons) for kind in ("improve", "worked", "lucky")}
    organisations = {raw["organisation"] for raw in world.listed}
    if not any(raw["provenance"] == "first-hand" for raw in world.listed):
        found["organisations"] = len(organisations)
    return (
        found
        | (_recurring(world) | _repeated(world, most=1) if world.own else _repeated(world, most=REPEATED))
        | {
            "incidents": len(counted),
            "lessons": len(lessons),
            "factors": len(used),
            "services": len({(raw["organisation"], name) for raw in counted for name in raw.get("services", [])}),
            **{f"kind.{kind}": count for kind, count in kinds.items() if count},
        }
    )


def _recurring(world: World) -> dict[str, object]:
    """Factors in two or more own incidents of the last twelve months, those most frequent before them first."""
    now, before, _, _ = years(world)
    counts = {factor: len(having(now, factor)) for raw in now for factor in factors(raw)}
    recurring = [factor for factor in counts if counts[factor] > 1]
    recurring.sort(key=lambda factor: (-counts[factor], -len(having(before, factor)), factor))
    shown = {f"recurring.{factor}": counts[factor] for factor in recurring[:REPEATED]}
    return {**shown, "recurring.incidents": len(now)} if shown else {}


def _repeated(world: World, most: int) -> dict[str, object]:
    """The factors that are in two or more incidents over all years, those met most often first."""
    used = {factor for raw in world.counted for factor in factors(raw)}
    counts = {factor: count for factor in used if (count := len(having(world.counted, factor))) > 1}
    found: dict[str, object] = {}
    for factor in sorted(counts, key=lambda factor: (-counts[factor], factor))[:most]:
        found[f"factor.{factor}"] = counts[factor]
        at = {raw["organisation"] for raw in having(world.counted, factor)}
        if len(at) > ORGANISATIONS and not world.own:
            found[f"more-organisations.{factor}"] = len(at) - ORGANISATIONS + 1
    return found


def _attention(world: World) -> dict[str, object]:
    own = [raw for raw in world.listed if raw in world.first_hand]
    ongoing = [raw for raw in own if _is_ongoing(raw)]
    late = {
        f"overdue.{raw['id']}.{action['id']}": (world.today - day(action["due"])).days
        for raw in own
        for action in raw["actions"]
        if is_overdue(world, action)
    }
    unreviewed = {f"unreviewed.{raw['id']}": days for raw in own if (days := _days_without_review(world, raw))}
    pairs = _recent_pairs(world)
    waiting = len(ongoing) + len(late) + len(unreviewed) + pairs
    if not waiting:
        return {"first-hand": len(own)} if own else {}
    shown = {**_most(late, OVERDUE), **_most(unreviewed, UNREVIEWED)}
    more = waiting - len(ongoing) - len(shown) - min(pairs, REPEATS)
    return {**shown, **({"more-attention": more} if more else {})}


def _most(days: dict[str, int], count: int) -> dict[str, object]:
    """Those that wait longest; of those that wait as long, the first by name."""
    return {name: days[name] for name in sorted(days, key=lambda name: (-days[name], name.split(".")))[:count]}


def _is_ongoing(raw: dict[str, object]) -> bool:
    times = raw["times"]
    told = raw.get("state") or ("ongoing" if times and "recovered" not in times and "closed" not in times else "")
    return told == "ongoing" and raw["class"] not in {"near-miss", "exercise"}


def _days_without_review(world: World, raw: dict[str, object]) -> int:
    """For how many days the review of a full record is missing, beyond the days of grace; 0 where it is not."""
    recovered = moment(raw["times"].get("recovered"))
    if not world.needs_full_review(raw) or not recovered or raw.get("review", {}).get("held"):
        return 0
    waited = world.as_of - recovered[0]
    return waited.days if waited > timedelta(days=int(world.policy["review"]["grace_days"])) else 0


def _recent_pairs(world: World) -> int:
    """Pairs of an incident of the last year and an earlier one that it repeats, after or before a fix."""
    _, middle, _ = year_ends(world.today)
    started = {raw["id"]: moment(raw["times"].get("started")) for raw in world.first_hand}
    return len(
        {
            (record, earlier)
            for of in repeats(world).values()
            for record, entries in of.items()
            for earlier, _ in entries
            if started[record][0].date() > middle
        }
    )
