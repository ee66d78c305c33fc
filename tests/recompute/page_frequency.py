"""Frequency: counts by quarter with what can be seen of each, the rate, two years, severities and classes."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from began import began
from lengths import has_durations, own_incidents, shared, when
from raw import day
from scipy import stats

if TYPE_CHECKING:
    from raw import Raw, World

LEAST = {"rate": 4, "years": 8, "compare": 6, "points": 12, "mean": 4}
NEWEST = 24


def figures(world: World) -> dict[str, object]:
    incidents = own_incidents(world)
    retold = [raw for raw in world.records if raw["provenance"] == "public-report"]
    if not incidents:
        named = {"retold": len(retold)} if retold else {"apart": len(world.own)} if world.own else {}
        return {**named, "least.rate": LEAST["rate"], "least.years": LEAST["years"]}
    rows = quarters(world)
    if not rows:
        return {"own": len(incidents)}
    whole = [row for row in rows if row["sight"] == "whole"]
    unplaced = [raw for raw in incidents if quarter_of(raw) is None]
    return {
        **_finding(rows, whole),
        **({"retold": len(retold)} if retold else {}),
        **({"unplaced": len(unplaced)} if unplaced else {}),
        **_by_quarter(rows),
        **_change(whole),
        **({"clusters": p} if (p := _dispersion(whole)) is not None else {}),
        **_control(whole),
        **_by_year(rows, "severity", _severity),
        **_by_year(rows, "class", lambda raw: raw["class"]),
        **_drift(incidents, world),
    }


def charts(world: World) -> dict[str, list[list[object]]]:
    seen = [row for row in quarters(world) if row["sight"] != "silent"] if own_incidents(world) else []
    if len(seen) < 4:
        return {}
    return {
        "counts": [
            [
                row["name"],
                len(row["incidents"]),
                *poisson(len(row["incidents"])),
                "complete quarter" if row["sight"] == "whole" else "part of a quarter",
            ]
            for row in seen
        ]
    }


def quarter_of(raw: Raw) -> tuple[int, int] | None:
    """The quarter in which an incident began, as year and number."""
    first, last = ((at.year, (at.month - 1) // 3 + 1) for at in began(raw))
    return first if first == last else None


def quarters(world: World) -> list[dict]:
    """Every quarter from the first own record to now: oldest first, the newest of them only."""
    placed = [raw for raw in world.own if quarter_of(raw)]
    if not placed:
        return []
    start = min(began(raw)[1] for raw in placed)
    written = max(at for raw in world.own for at in _signs(raw) if at <= world.today)
    rows = []
    year, number = start.year, (start.month - 1) // 3 + 1
    while (first := date(year, 3 * number - 2, 1)) <= world.today:
        following = (year, number + 1) if number < 4 else (year + 1, 1)
        last = date(following[0], 3 * following[1] - 2, 1) - timedelta(days=1)
        here = [raw for raw in world.own if quarter_of(raw) == (year, number)]
        rows.append(
            {
                "name": f"{year}Q{number}",
                "year": year,
                "of": (last - first).days + 1,
                "days": (min(last, world.today) - max(first, start)).days + 1,
                "sight": "silent"
                if first > written
                else "running"
                if last >= world.today
                else "whole"
                if first > start
                else "begins",
                "incidents": [raw for raw in here if has_durations(raw)],
                "near-misses": [raw for raw in here if raw["class"] == "near-miss"],
                "exercises": [raw for raw in here if raw["class"] == "exercise"],
            }
        )
        year, number = following
    return rows[-NEWEST:]


def _signs(raw: Raw) -> list[date]:
    """The days on which a record says that something was done."""
    moments = [found for entry in raw["times"].values() if (found := when(entry))]
    days = [date.fromisoformat(found.text[:10]) if found.clock else found.at.date() for found in moments]
    texts = [raw.get("published"), raw.get("review", {}).get("held")]
    texts += [entry["date"] for entry in raw.get("amended", [])]
    texts += [action.get("closed") for action in raw["actions"]]
    return [began(raw)[0], *days, *(at for text in texts if (at := day(text)))]


def poisson(count: int) -> tuple[float, float]:
    low = stats.gamma.ppf(0.025, count) if count else 0.0
    return float(low), float(stats.gamma.ppf(0.975, count + 1))


def _finding(rows: list[dict], whole: list[dict]) -> dict[str, object]:
    if len(whole) < LEAST["rate"]:
        return {
            "counted": sum(len(row["incidents"]) for row in rows),
            "whole": len(whole),
            "least.rate": LEAST["rate"],
        }
    n = sum(len(row["incidents"]) for row in whole)
    low, high = poisson(n)
    return {
        "rate": n / len(whole),
        "rate.low": low / len(whole),
        "rate.high": high / len(whole),
        "rate.n": n,
        "whole": len(whole),
    }


def _by_quarter(rows: list[dict]) -> dict[str, object]:
    found: dict[str, object] = {}
    for row in rows:
        if row["sight"] == "silent":
            continue
        name = f"quarter.{row['name']}"
        found |= {f"{name}.{kind}": len(row[kind]) for kind in ("incidents", "near-misses", "exercises")}
        found |= dict(zip((f"{name}.low", f"{name}.high"), poisson(len(row["incidents"])), strict=True))
        if row["sight"] != "whole":
            found |= {f"{name}.days": row["days"], f"{name}.of-days": row["of"]}
    return found


def _change(whole: list[dict]) -> dict[str, object]:
    if len(whole) < LEAST["years"]:
        return {"change.verdict": "too few", "least.years": LEAST["years"], "whole": len(whole)}
    now, before = (sum(len(row["incidents"]) for row in part) for part in (whole[-4:], whole[-8:-4]))
    found: dict[str, object] = {"change.now": now, "change.before": before}
    if now + before < LEAST["compare"]:
        return found | {"change.verdict": "too few", "least.compare": LEAST["compare"]}
    days_now, days_before = (sum(row["of"] for row in part) for part in (whole[-4:], whole[-8:-4]))
    if before:
        found["change.ratio"] = now / days_now * days_before / before
    p = stats.binomtest(now, now + before, days_now / (days_now + days_before)).pvalue
    odds = days_before / days_now
    # The bounds of Clopper and Pearson, by the beta distribution, as a ratio of rates.
    low = stats.beta.ppf(0.025, now, before + 1) if now else 0.0
    found["change.low"] = low / (1 - low) * odds
    if before:
        high = stats.beta.ppf(0.975, now + 1, before)
        found["change.high"] = high / (1 - high) * odds
    verdict = "cannot tell" if p > 0.05 else "more" if now > before else "fewer"
    return found | {"change.verdict": "incidents cluster" if _clustered(whole) else verdict}


def _clustered(whole: list[dict]) -> bool:
    p = _dispersion(whole)
    return p is not None and p < 0.05


def _dispersion(whole: list[dict]) -> float | None:
    counts = [len(row["incidents"]) for row in whole]
    return float(stats.chisquare(counts).pvalue) if len(counts) >= LEAST["rate"] and sum(counts) else None


def _control(whole: list[dict]) -> dict[str, object]:
    counts = [len(row["incidents"]) for row in whole]
    if len(counts) < LEAST["rate"]:
        return {}
    if len(counts) < LEAST["points"] or sum(counts) / len(counts) < LEAST["mean"]:
        return {"least.points": LEAST["points"], "least.mean": LEAST["mean"]}
    mean = sum(counts) / len(counts)
    steps = [abs(after - before) for before, after in pairwise(counts)]
    spread = 2.66 * sum(steps) / len(steps)
    return {"limits.low": max(mean - spread, 0), "limits.high": mean + spread}


def _by_year(rows: list[dict], prefix: str, kind) -> dict[str, object]:
    seen = [row for row in rows if row["sight"] != "silent"]
    kinds = {kind(raw) for row in seen for raw in row["incidents"]}
    return {
        f"{prefix}.{name}.{year}": sum(
            kind(raw) == name for row in seen if row["year"] == year for raw in row["incidents"]
        )
        for name in kinds
        for year in {row["year"] for row in seen}
    }


def _severity(raw: Raw) -> str:
    return raw["severity"].get("final") or raw["severity"].get("declared") or "none"


def _drift(incidents: list[Raw], world: World) -> dict[str, object]:
    order = [entry["id"] for entry in world.policy["severities"]]
    pairs = [(raw["severity"].get("declared") or _severity(raw), _severity(raw)) for raw in incidents]
    known = [(order.index(a), order.index(b)) for a, b in pairs if a in order and b in order]
    if not known:
        return {}
    return {
        "drift.known": len(known),
        "drift.worse": sum(b < a for a, b in known),
        "drift.milder": sum(b > a for a, b in known),
        **shared("drift.worse", sum(b < a for a, b in known), len(known)),
    }
