"""What several pages say of causes, from the raw front matter: when incidents began, which repeat which."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from raw import day, moment
from scipy import stats

if TYPE_CHECKING:
    from raw import Raw, World

NO_FACTORS = {"unknown", "none"}
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def factors(raw: Raw) -> list[str]:
    return [
        name for name in dict.fromkeys(factor["factor"] for factor in raw["factors"]) if name not in NO_FACTORS
    ]


def is_incident(raw: Raw) -> bool:
    return raw["class"] not in {"near-miss", "exercise"}


def began(raw: Raw) -> tuple[date, date]:
    """The first and the last day on which an incident may have begun."""
    found = moment(raw["times"].get("started"))
    if found is None:
        parts = [int(part) for part in raw["date"].split("-")]
        first = date(*[*parts, 1, 1][:3])
        following = {
            1: lambda: date(first.year + 1, 1, 1),
            2: lambda: (first + timedelta(days=31)).replace(day=1),
            3: lambda: first + timedelta(days=1),
        }
        return first, following[len(parts)]() - timedelta(days=1)
    start, width, _ = found
    within = raw["times"]["started"].get("within", "0s")
    margin = timedelta(seconds=int(within[:-1]) * UNITS[within[-1]])
    return (start - margin).date(), (start + width + margin - timedelta(microseconds=1)).date()


def year_ends(today: date) -> tuple[date, date, date]:
    """The day before the year before, the day before the last year, and today."""

    def earlier(of: date) -> date:
        return of.replace(year=of.year - 1, day=28 if (of.month, of.day) == (2, 29) else of.day)

    return earlier(earlier(today)), earlier(today), today


def years(world: World) -> tuple[list[Raw], list[Raw], list[Raw], list[Raw]]:
    """Own incidents of the last twelve months and of those before; near misses and exercises; what is unclear."""
    oldest, middle, today = year_ends(world.today)
    within = {raw["id"]: began(raw) for raw in world.own}

    def inside(raw: Raw, after: date, until: date) -> bool:
        first, last = within[raw["id"]]
        return after < first and last <= until

    now = [raw for raw in world.own if inside(raw, middle, today)]
    before = [raw for raw in world.own if inside(raw, oldest, middle)]
    across = [
        raw
        for raw in world.own
        if within[raw["id"]][0] <= today and within[raw["id"]][1] > middle and not inside(raw, middle, today)
    ]
    return (
        [raw for raw in now if is_incident(raw)],
        [raw for raw in before if is_incident(raw)],
        [raw for raw in now if not is_incident(raw)],
        [raw for raw in across if is_incident(raw)],
    )


def reaches_back(world: World) -> bool:
    oldest, _, _ = year_ends(world.today)
    return any(began(raw)[0] <= oldest + timedelta(days=1) for raw in world.own)


def having(raws: list[Raw], factor: str) -> list[Raw]:
    return [raw for raw in raws if factor in factors(raw)]


def change(world: World, k: int, k_before: int) -> dict[str, object]:
    """The verdict on two years and the bounds of their ratio, by the exact test; nothing if too few."""
    if k + k_before < 6 or not reaches_back(world):
        return {}
    oldest, middle, today = year_ends(world.today)
    days, days_before = (today - middle).days, (middle - oldest).days
    test = stats.binomtest(k, k + k_before, days / (days + days_before))
    bounds = test.proportion_ci(0.95, method="exact")
    verdict = "cannot tell" if test.pvalue > 0.05 else "more" if k > k_before else "fewer"
    found: dict[str, object] = {"": verdict, ".low": bounds.low / (1 - bounds.low) * days_before / days}
    if bounds.high < 1:
        found[".high"] = bounds.high / (1 - bounds.high) * days_before / days
    return found


def able_to_repeat(world: World) -> tuple[list[Raw], list[Raw]]:
    """First-hand records that can repeat an earlier one, and those of which the start is not known."""
    mine = [raw for raw in world.first_hand if raw["class"] != "exercise"]
    known = [raw for raw in mine if moment(raw["times"].get("started"))]
    return known, [raw for raw in mine if raw not in known]


def repeats(world: World) -> dict[bool, dict[str, set[tuple[str, str]]]]:
    """After a fix and before one: for each record that repeats, the earlier incidents with the factors shared."""
    found: dict[bool, dict[str, set[tuple[str, str]]]] = {True: {}, False: {}}
    for raw in able_to_repeat(world)[0]:
        for earlier in world.first_hand:
            for factor, after in _repeated(raw, earlier):
                found[after].setdefault(raw["id"], set()).add((earlier["id"], factor))
    return found


def _repeated(raw: Raw, earlier: Raw) -> list[tuple[str, bool]]:
    start, start_earlier = moment(raw["times"].get("started")), moment(earlier["times"].get("started"))
    said = {
        entry["id"] for entry in raw.get("related", []) if isinstance(entry, dict) and entry.get("as") == "repeats"
    }
    alike = set(raw.get("services", [])) & set(earlier.get("services", [])) or earlier["id"] in said
    if not start or not start_earlier or start_earlier[0] >= start[0] or not alike:
        return []
    if earlier["id"] in raw.get("not_related", []) or earlier["organisation"] != raw["organisation"]:
        return []
    found = []
    for factor in set(factors(raw)) & set(factors(earlier)):
        ids = {entry["id"] for entry in earlier["factors"] if entry["factor"] == factor}
        for action in earlier["actions"]:
            if not ids & set(action.get("addresses", [])):
                continue
            closed = day(action.get("closed"))
            if action["status"] in {"done", "verified"} and closed and closed < start[0].date():
                found.append((factor, True))
            elif is_open(action) or (closed and closed >= start[0].date()):
                found.append((factor, False))
    return found


def is_open(action: Raw) -> bool:
    return action["status"] in {"open", "in-progress"}


def is_overdue(world: World, action: Raw) -> bool:
    due = day(action.get("due"))
    return is_open(action) and due is not None and due < world.today


def ways(found: dict[str, set[tuple[str, str]]], name: str) -> dict[str, int]:
    """The figures of records that repeat in more than two ways."""
    return {f"{name}.{record}": len(entries) for record, entries in found.items() if len(entries) > 2}
