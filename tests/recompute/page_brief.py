"""Leadership brief: a quarter as it was at its end, from what the records date."""

from __future__ import annotations

import copy
import math
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from arithmetic import months_later
from causes import began, factors, having, is_incident, is_open, repeats, years
from page_did_it_work import figures as compared
from raw import day, moment

if TYPE_CHECKING:
    from raw import Raw, World

Quarter = tuple[int, int]
LEVELS = ("high", "medium", "low", "")


def figures(world: World) -> dict[str, object]:
    last = before(quarter_of(world.today))
    return _own(world, last) if world.own else _retold(world, last)


def parts(world: World) -> dict[str, dict[str, object]]:
    """The briefs of the quarters before the last."""
    last = before(quarter_of(world.today))
    if world.own:
        told = {quarter for raw in world.own if is_incident(raw) and (quarter := _quarter(raw)) and quarter < last}
        return {_address(quarter): _own(world, quarter) for quarter in told}
    days = [day(raw.get("published")) for raw in world.counted]
    return {
        _address(quarter): _retold(world, quarter)
        for quarter in {quarter_of(d) for d in days if d}
        if quarter < last
    }


def quarter_of(at: date) -> Quarter:
    return at.year, math.ceil(at.month / 3)


def before(quarter: Quarter) -> Quarter:
    return (quarter[0] - 1, 4) if quarter[1] == 1 else (quarter[0], quarter[1] - 1)


def ends(quarter: Quarter) -> date:
    return months_later(date(quarter[0], 3 * quarter[1] - 2, 1), 3) - timedelta(days=1)


def _address(quarter: Quarter) -> str:
    return f"brief/{quarter[0]}Q{quarter[1]}/"


def _quarter(raw: Raw) -> Quarter | None:
    first, last = began(raw)
    return quarter_of(first) if quarter_of(first) == quarter_of(last) else None


def _retold(world: World, quarter: Quarter) -> dict[str, object]:
    published = [
        raw for raw in world.counted if day(raw.get("published")) and quarter_of(day(raw["published"])) == quarter
    ]
    if not published:
        days = [day(raw.get("published")) for raw in world.counted]
        since = sum(at is not None and quarter_of(at) > quarter for at in days)
        return {"since": since} | ({"more": since - 8} if since > 8 else {}) if since else {}
    counts = Counter(factor for raw in published for factor in factors(raw))
    shared = sorted((factor for factor, count in counts.items() if count > 1), key=lambda f: (-counts[f], f))
    return {
        "published": len(published),
        **({"more": len(published) - 8} if len(published) > 8 else {}),
        **{f"factor.{factor}": counts[factor] for factor in shared[:5]},
    }


def _own(world: World, quarter: Quarter) -> dict[str, object]:
    end = ends(quarter)
    then = replace(
        world,
        records=[_as_it_was(raw, end) for raw in world.records if began(raw)[0] <= end],
        as_of=datetime(end.year, end.month, end.day, 23, 59, 59, tzinfo=UTC),
    )
    found = _incidents(world, quarter) | _repeats(world, quarter) | _factors(then) | _actions(world, then, quarter)
    return found | _reviews(then, quarter) | _ended(then, quarter) | _decisions(world, then, quarter)


def _as_it_was(raw: Raw, end: date) -> Raw:
    made = copy.deepcopy(raw)
    made["times"] = {
        name: entry
        for name, entry in raw["times"].items()
        if date.fromisoformat((entry["at"] + "-01-01")[:10]) <= end
    }
    made["actions"] = [
        action for action in made["actions"] if day(action["opened"]) is None or day(action["opened"]) <= end
    ]
    for action in made["actions"]:
        closed, result = day(action.get("closed")), action.get("result", {})
        if closed and closed > end:
            action["status"] = "open"
            del action["closed"]
        elif day(result.get("at")) and day(result["at"]) > end and action["status"] == "verified":
            action["status"] = "done"
    review = made.get("review", {})
    if day(review.get("held")) and day(review["held"]) > end:
        del review["held"]
    return made


def _sees(world: World, quarter: Quarter) -> str:
    """How much of a quarter the records let one see: whole, part, silent or nothing."""
    placed = [began(raw)[1] for raw in world.own if _quarter(raw)]
    if not placed or ends(quarter) < min(placed):
        return "nothing"
    signs = [at for raw in world.own for at in _signs(raw) if at <= world.today]
    first = months_later(ends(quarter) + timedelta(days=1), -3)
    if first > max(signs):
        return "silent"
    return "part" if ends(quarter) >= world.today or first <= min(placed) else "whole"


def _signs(raw: Raw) -> list[date]:
    days = [began(raw)[0], *(date.fromisoformat((entry["at"] + "-01-01")[:10]) for entry in raw["times"].values())]
    days += [day(raw.get("published")), day(raw.get("review", {}).get("held"))]
    days += [day(entry["date"]) for entry in raw.get("amended", [])]
    return [at for at in (*days, *(day(action.get("closed")) for action in raw["actions"])) if at]


def _incidents(world: World, quarter: Quarter) -> dict[str, object]:
    now = [raw for raw in world.own if _quarter(raw) == quarter]
    earlier = [raw for raw in world.own if _quarter(raw) == before(quarter) and is_incident(raw)]
    sees, sees_before = _sees(world, quarter), _sees(world, before(quarter))
    incidents = [raw for raw in now if is_incident(raw)]
    found: dict[str, object] = {}
    if sees != "nothing":
        found["incidents"] = len(incidents)
    if sees == sees_before == "whole":
        found["incidents.before"] = len(earlier)
    severities = [entry["id"] for entry in world.policy["severities"]]
    for name in (*severities, "none"):
        rows = [[raw for raw in group if _severity(raw) == name] for group in (incidents, earlier)]
        if any(rows):
            if sees != "nothing":
                found[f"severity.{name}.now"] = len(rows[0])
            if sees_before != "nothing":
                found[f"severity.{name}.before"] = len(rows[1])
    for name, kind in (("near-misses", "near-miss"), ("exercises", "exercise")):
        if count := sum(raw["class"] == kind for raw in now):
            found[name] = count
    return found


def _severity(raw: Raw) -> str:
    return raw["severity"].get("final") or raw["severity"].get("declared") or "none"


def _repeated(world: World, quarter: Quarter) -> tuple[list[str], list[str]]:
    ids = {raw["id"] for raw in world.own if _quarter(raw) == quarter}
    found = repeats(world)
    return [i for i in found[True] if i in ids], [i for i in found[False] if i in ids]


def _repeats(world: World, quarter: Quarter) -> dict[str, object]:
    after, earlier = _repeated(world, quarter)
    if not after and not earlier:
        return {}
    more = len(after) + len(earlier) - 3
    return {
        "repeats.after": len(after),
        "repeats.before": len(earlier),
        **({"repeats.more": more} if more > 0 else {}),
    }


def _factors(then: World) -> dict[str, object]:
    now, year_before, _, _ = years(then)
    counts = {factor: len(having(now, factor)) for raw in now for factor in factors(raw)}
    recurring = sorted(
        (factor for factor, count in counts.items() if count > 1),
        key=lambda factor: (-counts[factor], -len(having(year_before, factor)), factor),
    )
    if not now:
        return {}
    return {
        "factors.incidents": len(now),
        **{f"factor.{factor}": counts[factor] for factor in recurring[:4]},
        **({"factors.more": len(recurring) - 4} if len(recurring) > 4 else {}),
    }


def _late(action: Raw, end: date) -> int:
    due = day(action.get("due"))
    return max((end - due).days, 0) if due and is_open(action) else 0


def _order(action: Raw) -> float:
    priority = action.get("priority", {})
    if isinstance(priority, str):
        return 0.0
    return (
        float(priority["likelihood"]) * float(priority["impact"]) / float(priority["effort"]) if priority else 0.0
    )


def _level(action: Raw) -> str:
    priority = action.get("priority", "")
    if isinstance(priority, str):
        return priority
    return "high" if _order(action) >= 6 else "medium" if _order(action) >= 1.5 else "low"


def _overdue(then: World) -> list[tuple[Raw, Raw]]:
    """The overdue actions, most pressing first."""
    late = [(raw, action) for raw in then.first_hand for action in raw["actions"] if _late(action, then.today)]
    return sorted(
        late,
        key=lambda of: (
            LEVELS.index(_level(of[1])),
            -_order(of[1]),
            day(of[1].get("due")) or date.max,
            of[0]["id"],
            of[1]["id"],
        ),
    )


def _actions(world: World, then: World, quarter: Quarter) -> dict[str, object]:
    actions = [action for raw in then.first_hand for action in raw["actions"]]
    closed = [a for a in actions if day(a.get("closed")) and quarter_of(day(a["closed"])) == quarter]
    late = _overdue(then)
    first: dict[str, tuple[Raw, Raw]] = {}
    for raw, action in late:
        first.setdefault(action.get("owner", ""), (raw, action))
    shown = list(first.values())[:4]
    return {
        "opened": sum(day(a["opened"]) is not None and quarter_of(day(a["opened"])) == quarter for a in actions),
        "closed": sum(a["status"] in {"done", "verified"} for a in closed),
        "given-up": sum(a["status"] in {"declined", "superseded"} for a in closed),
        "open": sum(is_open(a) for a in actions),
        "overdue": len(late),
        **{f"late.{raw['id']}.{action['id']}": _late(action, then.today) for raw, action in shown},
        **({"owners.more": len(first) - 4} if len(first) > 4 else {}),
    }


def _missing(world: World, as_of: datetime) -> list[tuple[int, str]]:
    """The incidents whose review is due and missing: by how many days after recovery, longest first."""
    grace = timedelta(days=int(world.policy.get("review", {}).get("grace_days", 14)))
    found = []
    for raw in world.first_hand:
        recovered = moment(raw["times"].get("recovered"))
        held = day(raw.get("review", {}).get("held"))
        published = raw["status"] == "published"
        if (
            world.needs_full_review(raw)
            and recovered
            and not held
            and not published
            and as_of - recovered[0] > grace
        ):
            found.append(((as_of - recovered[0]).days, raw["id"]))
    return sorted(found, key=lambda late: (-late[0], late[1]))


def _reviews(then: World, quarter: Quarter) -> dict[str, object]:
    held = [day(raw.get("review", {}).get("held")) for raw in then.first_hand]
    missing = _missing(then, then.as_of)
    return {
        "reviewed": sum(at is not None and quarter_of(at) == quarter for at in held),
        "unreviewed": len(missing),
        **{f"unreviewed.{name}": days for days, name in missing[:2]},
    }


def _ended(then: World, quarter: Quarter) -> dict[str, object]:
    """The comparisons that ended in the quarter are told by a word each; only what is left out has a figure."""
    count = sum(1 for _ in _closing(then, quarter))
    return {"effects.more": count - 3} if count > 3 else {}


def _closing(then: World, quarter: Quarter) -> Any:
    for raw in then.first_hand:
        for action in raw["actions"]:
            verify = action.get("verify")
            if verify and action["status"] in {"done", "verified"}:
                last = months_later(day(verify["from"]), int(verify["months"])) - timedelta(days=1)
                if quarter_of(last) == quarter:
                    yield raw, action


def _decisions(world: World, then: World, quarter: Quarter) -> dict[str, object]:
    """The numbers in the first four decisions, and how many more there are."""
    now_open = {(raw["id"], a["id"]) for raw in world.first_hand for a in raw["actions"] if is_open(a)}
    missing_now = {name for _, name in _missing(world, world.as_of)}
    asked: list[tuple[str, object] | None] = [None for _ in _repeated(world, quarter)[0]]
    asked += [None for _ in _worse(then, quarter)]
    for raw, action in _overdue(then):
        late = _late(action, then.today)
        if (raw["id"], action["id"]) in now_open and (late >= 30 or _level(action) == "high"):
            asked.append((f"decision.{raw['id']}.{action['id']}", late))
    asked += [(f"decision.{name}", days) for days, name in _missing(then, then.as_of) if name in missing_now]
    return {
        **dict(entry for entry in asked[:4] if entry),
        **({"decisions.more": len(asked) - 4} if len(asked) > 4 else {}),
    }


def _worse(then: World, quarter: Quarter) -> list[str]:
    """The comparisons that ended in the quarter with the verdict that it became worse."""
    after = replace(then, as_of=then.as_of + timedelta(seconds=1))
    verdicts = compared(after) if any(_closing(then, quarter)) else {}
    names = {f"{raw['id']}.{action['id']}" for raw, action in _closing(then, quarter)}
    return [name for name, value in verdicts.items() if value == "worse" and any(n in name for n in names)]
