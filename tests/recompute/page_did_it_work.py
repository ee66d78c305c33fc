"""Did it work? The incidents on both sides of a day, and the verdicts on them."""

from __future__ import annotations

import math
from collections import defaultdict
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from arithmetic import cut, months_later, permutations_p
from page_follow_through import DONE, GIVEN_UP, actions_of
from raw import day, moment
from scipy import stats

if TYPE_CHECKING:
    from raw import Raw, World

ENDS = {"ttd": ("started", "detected"), "ttc": ("detected", "contained"), "ttrc": ("started", "recovered")}
CHANGES = {"improved", "worse"}
ALPHA = 0.05 + 1e-9  # for 2 * 3 / 120 is 0.05 on paper


def figures(world: World) -> dict[str, object]:
    if not world.first_hand:
        return {}
    actions = actions_of(world)
    closed = [a for _, a in actions if a["status"] in DONE]
    declared = [(raw, a) for raw, a in actions if "verify" in a and a["status"] not in GIVEN_UP]
    if not declared:
        return {"closed": len(closed)} if closed else {}
    made: dict[str, Any] = {"declared": len(declared), "section.comparisons": len(declared)}
    verdicts, disagreeing, compared = defaultdict(int), 0, 0
    for raw, action in declared:
        verdict, rows, tested = _judge(world, raw, action)
        rows["months"] = int(action["verify"]["months"])
        made |= {f"{raw['id']}.{action['id']}.{name}": value for name, value in rows.items()}
        verdicts[verdict] += 1
        compared += tested
        said = {"effective": "improved", "ineffective": "worse"}.get(action.get("result", {}).get("verdict"))
        disagreeing += bool(said and verdict in CHANGES and said != verdict)
    made |= {f"verdict.{verdict}": count for verdict, count in verdicts.items()}
    if compared:
        made |= {"compared": compared, "by-chance": compared / 20}
    if disagreeing:
        made["disagreeing"] = disagreeing
    given_up = sum("verify" in a and a["status"] in GIVEN_UP for _, a in actions)
    if given_up:
        made["given-up"] = given_up
    undeclared = sum("verify" not in a for a in closed)
    if undeclared:
        made |= {"closed": len(closed), "undeclared": undeclared}
    return made


def charts(world: World) -> dict[str, list[list[object]]]:
    rows: list[list[object]] = []
    declared = [
        (raw, action)
        for raw, action in actions_of(world)
        if action.get("verify", {}).get("metric") == "count" and action["status"] not in GIVEN_UP
    ]
    declared.sort(key=lambda pair: (pair[0]["id"], pair[1]["id"]))
    declared.sort(key=lambda pair: pair[1]["verify"]["from"], reverse=True)
    for raw, action in declared:
        sides = Sides(world, raw, action)
        rows += [
            [f"{raw['id']}.{action['id']}", other["id"], round((at - sides.turn).total_seconds() / 86_400, 1)]
            for at, other in [*sides.before, *sides.after]
        ]
    return {"sides": rows} if rows else {}


class Sides:
    """The incidents that a declaration is about, by when they began, and their durations."""

    def __init__(self, world: World, origin: Raw, action: Raw) -> None:
        self.verify = verify = action["verify"]
        self.turn = _midnight(day(verify["from"]))
        self.end = _midnight(months_later(day(verify["from"]), int(verify["months"])))
        self.start = _midnight(months_later(day(verify["from"]), -int(verify["months"])))
        self.until = max(min(self.end, world.as_of), self.turn)
        self.before: list[tuple[datetime, Raw]] = []
        self.after: list[tuple[datetime, Raw]] = []
        self.seconds: dict[str, float] = {}
        self.without: dict[str, int] = defaultdict(int)
        for raw in world.own:
            factors = {factor["factor"] for factor in raw["factors"]}
            about = ("factor" not in verify or verify["factor"] in factors) and (
                "service" not in verify or verify["service"] in raw.get("services", [])
            )
            if about and raw is not origin and raw["class"] not in {"near-miss", "exercise"}:
                self._place(raw)
        self.before.sort(key=lambda pair: (pair[0], pair[1]["id"]))
        self.after.sort(key=lambda pair: (pair[0], pair[1]["id"]))

    def _place(self, raw: Raw) -> None:
        started = moment(raw["times"].get("started"))
        if started is None:
            if self.start.year <= int(raw["id"][:4]) <= self.until.year:
                self.without["start-not-recorded"] += 1
            return
        at, width, _ = started
        if not self.start <= at < self.until:
            return
        if at < self.turn < at + width:
            self.without["start-not-known-exactly-enough"] += 1
            return
        if self.verify["metric"] != "count":
            reason = self._measure(raw)
            if reason:
                self.without[reason] += 1
                return
        (self.before if at < self.turn else self.after).append((at, raw))

    def _measure(self, raw: Raw) -> str:
        """Note how long it took; why not, where that can't be told."""
        metric = self.verify["metric"]
        if metric == "ttd" and raw["detection"].get("before_impact") == "true":
            return "caught-before-impact"
        first, last = (moment(raw["times"].get(name)) for name in ENDS[metric])
        if first is None or last is None:
            return "still-going-on" if raw.get("state") == "ongoing" else "duration-not-recorded"
        seconds = (last[0] - first[0]).total_seconds()
        margin = sum(2 * _margin(raw["times"][name].get("within", "0m")) for name in ENDS[metric])
        width = (first[1] + last[1]).total_seconds() + margin
        if not (first[2] and last[2]) or width > max(seconds / 10, 900):
            return "duration-not-known-exactly-enough"
        self.seconds[raw["id"]] = seconds
        return ""

    @property
    def days(self) -> tuple[float, float]:
        return tuple(
            (b - a).total_seconds() / 86_400 for a, b in ((self.start, self.turn), (self.turn, self.until))
        )


def _judge(world: World, origin: Raw, action: Raw) -> tuple[str, dict[str, Any], bool]:
    sides = Sides(world, origin, action)
    counted = action["verify"]["metric"] == "count"
    rows: dict[str, Any] = {f"without.{reason}": count for reason, count in sides.without.items()}
    if action["status"] not in DONE or world.as_of <= sides.turn:
        if counted and sides.before:
            rows["before"] = len(sides.before)
        return "too-early", rows, False
    rows |= {"before": len(sides.before), "after": len(sides.after)}
    if sides.until < sides.end:
        rows["passed"] = (sides.until - sides.turn) / (sides.end - sides.turn)
    verdict, more = (_frequency if counted else _durations)(world, sides)
    return verdict, rows | more, "low" in more


def _frequency(world: World, sides: Sides) -> tuple[str, dict[str, Any]]:
    before, after = len(sides.before), len(sides.after)
    needed = next(n for n in range(1, 1000) if _tells(n, *sides.days))
    if before + after < needed:
        return "too-few", {"needed": needed}
    begun = [
        moment(raw["times"]["started"])[0]
        for raw in world.own
        if "started" in raw["times"] and raw["class"] not in {"near-miss", "exercise"}
    ]
    if min(begun) > sides.start:
        return "not-all-recorded", {}
    if _clustered(sides):
        return "incidents-cluster", {}
    low, high = _ratio(after, before, *sides.days)
    made: dict[str, Any] = {"low": low}
    if before:
        made |= {"ratio": after / sides.days[1] / (before / sides.days[0]), "high": high}
    verdict = "improved" if high < 1 else "worse" if low > 1 else "cannot-tell"
    return verdict, made


def _ratio(after: int, before: int, days_before: float, days_after: float) -> tuple[float, float]:
    """Clopper and Pearson's bounds of the share after, as bounds of the ratio of rates."""
    total = after + before
    low = float(stats.beta.ppf(0.025, after, before + 1)) if after else 0.0
    high = float(stats.beta.ppf(0.975, after + 1, before)) if before else 1.0
    assert total
    return tuple(
        share / (1 - share) * days_before / days_after if share < 1 else math.inf for share in (low, high)
    )


def _tells(total: int, days_before: float, days_after: float) -> bool:
    none, every = _ratio(0, total, days_before, days_after), _ratio(total, 0, days_before, days_after)
    return none[1] < 1 or every[0] > 1


def _clustered(sides: Sides) -> bool:
    months = int(sides.verify["months"])
    step = 3 if months % 3 == 0 else 1
    total, freedom = 0.0, 0
    for side, first, until in (
        (sides.before, sides.start, sides.turn),
        (sides.after, sides.turn, sides.until),
    ):
        edges = [_midnight(months_later(first.date(), n)) for n in range(0, months + 1, step)]
        counts = [sum(low <= at < high for at, _ in side) for low, high in pairwise(edges) if high <= until]
        if len(counts) > 1 and sum(counts):
            mean = sum(counts) / len(counts)
            total += sum((count - mean) ** 2 / mean for count in counts)
            freedom += len(counts) - 1
    return freedom > 0 and float(stats.chi2.sf(total, freedom)) < 0.05


def _durations(_: World, sides: Sides) -> tuple[str, dict[str, Any]]:
    made: dict[str, Any] = {}
    values = []
    for name, side in (("before", sides.before), ("after", sides.after)):
        found = [sides.seconds[raw["id"]] for _, raw in side]
        values.append(found)
        if found:
            made[f"{name}.shortest"] = min(found)
        if len(found) > 1:
            made[f"{name}.longest"] = max(found)
    before, after = ([math.log(max(value, 60.0)) for value in found] for found in values)
    if min(len(before), len(after)) < 2 or 2 / math.comb(len(before) + len(after), len(after)) > 0.05:
        return "too-few", made | {"needed": 4}
    p = permutations_p(after, before)
    centre = sum(after) / len(after) - sum(before) / len(before)
    made |= {"ratio": math.exp(centre), "low": _bound(after, before, centre, -1)}
    made["high"] = _bound(after, before, centre, 1)
    verdict = "cannot-tell" if p > ALPHA else "improved" if centre < 0 else "worse"
    return verdict, {name: cut(value) for name, value in made.items()}


def _bound(after: list[float], before: list[float], centre: float, direction: int) -> float:
    """The furthest ratio that the test does not reject, by halving."""
    inside, outside = centre, centre + direction * 12
    for _ in range(40):
        middle = (inside + outside) / 2
        rejected = permutations_p([value - middle for value in after], before) <= ALPHA
        inside, outside = (inside, middle) if rejected else (middle, outside)
    return math.exp(inside)


def _midnight(at: date) -> datetime:
    return datetime.combine(at, time(), UTC)


def _margin(text: str) -> float:
    units = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
    return timedelta(**{units[text[-1]]: int(text[:-1])}).total_seconds()
