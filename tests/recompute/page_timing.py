"""Timing: coverage, quantiles, exclusions, both years, severities, detection, and every single duration."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from began import in_period, years
from lengths import (
    LEAST,
    METRICS,
    REASONS,
    has_durations,
    lengths,
    own_incidents,
    quantile,
    shared,
    shown,
    when,
)

if TYPE_CHECKING:
    from lengths import Length
    from raw import Raw, World

MAIN = ("ttd", "ttc", "ttrc")
SOURCES = ("monitoring", "staff", "customer", "partner", "researcher", "authority", "adversary")
LABELS = {
    "ttd": "Time to detect",
    "exposure": "Exposure",
    "tta": "Time to acknowledge",
    "ttr": "Time to respond",
    "ttc": "Time to contain",
    "ttrc": "Time to recover",
    "fdrt": "Failed deployment recovery",
}
# The milestones between which a bar can be drawn.
BAR = ("started", "detected", "contained", "recovered")
DRAWN = 60


def figures(world: World) -> dict[str, object]:
    measured = [raw for raw in world.counted if has_durations(raw)]
    own = own_incidents(world)
    if not measured:
        return {"least": LEAST[0.5]}
    if not own:
        # Milestones to time by are in the table below, which every site with incidents has.
        return {"measured": len(measured), "least": LEAST[0.5], **_bars(measured), **_table(measured, world)}
    return {
        **_finding(own, world),
        **_apart(world),
        **_typical(own, world),
        **_years(own, world),
        **_severities(own, world),
        **_detection(own),
        **_bars(measured),
        **_table(measured, world),
    }


def charts(world: World) -> dict[str, list[list[object]]]:
    own = own_incidents(world)[:DRAWN]
    rows = [
        [metric, entry.raw["id"], entry.start.text, entry.seconds, _how_known(entry)]
        for metric in METRICS
        for entry in lengths(own, metric, world.as_of)
        if entry.seconds is not None
    ]
    return {"durations": rows} if len({row[1] for row in rows}) >= 3 else {}


def _how_known(entry: Length) -> str:
    return {"": "known", "still going on": "still going on"}.get(entry.reason, "known roughly")


def _finding(own: list[Raw], world: World) -> dict[str, object]:
    found = {metric: lengths(own, metric, world.as_of) for metric in ("ttd", "ttrc")}
    medians: dict[str, object] = {}
    for metric, entries in found.items():
        if quantile(entries, 0.5):
            medians |= shown(f"finding.{metric}", entries, coverage=True)
    if medians:
        return medians
    known = sum(not entry.reason for entry in found["ttrc"])
    return {"finding.known": known, "own": len(own), "least": LEAST[0.5]}


def _apart(world: World) -> dict[str, object]:
    apart = [raw for raw in world.counted if not has_durations(raw)]
    return {"apart": len(apart)} if apart else {}


def _typical(own: list[Raw], world: World) -> dict[str, object]:
    found: dict[str, object] = {}
    by_metric = {metric: lengths(own, metric, world.as_of) for metric in METRICS}
    reached = {
        name: part
        for name, part in (("median", 0.5), ("three-in-four", 0.75), ("nine-in-ten", 0.9))
        if any(quantile(entries, part) for entries in by_metric.values())
    }
    for metric, entries in by_metric.items():
        if not entries:
            continue
        reasons = [entry.reason for entry in entries]
        found |= {
            f"typical.{metric}.known": reasons.count(""),
            f"typical.{metric}.of": len(reasons),
            **{
                key: value
                for name, part in reached.items()
                for key, value in shown(f"typical.{metric}.{name}", entries, part).items()
            },
            **{
                f"typical.{metric}.out.{reason.replace(' ', '-')}": reasons.count(reason)
                for reason in REASONS
                if reason in reasons
            },
        }
    return found


def _years(own: list[Raw], world: World) -> dict[str, object]:
    now, before = ([raw for raw in own if in_period(raw, period)] for period in years(world))
    found: dict[str, object] = {}
    for metric in MAIN:
        mine, theirs = (lengths(records, metric, world.as_of) for records in (now, before))
        found |= {
            **shown(f"years.{metric}.now", mine, coverage=True),
            **shown(f"years.{metric}.before", theirs, coverage=True),
            f"years.{metric}.change": _change(quantile(mine, 0.5), quantile(theirs, 0.5)),
        }
    # Where neither year has a median of anything, there is no table of them.
    return found if any(name.endswith(".low") for name in found) else {}


def _change(now: tuple[float, float, float] | None, before: tuple[float, float, float] | None) -> str:
    if now is None or before is None:
        return "too few"
    if now[1] > before[2]:
        return "longer"
    return "shorter" if now[2] < before[1] else "cannot tell"


def _severities(own: list[Raw], world: World) -> dict[str, object]:
    groups: dict[str, list[Raw]] = {}
    for raw in own:
        groups.setdefault(raw["severity"].get("final") or raw["severity"].get("declared") or "none", []).append(
            raw
        )
    found: dict[str, object] = {}
    for severity, group in groups.items():
        for metric in MAIN:
            entries = lengths(group, metric, world.as_of)
            found |= shown(f"severity.{severity}.{metric}", entries, coverage=True)
    return found if len(groups) > 1 and any(name.endswith(".low") for name in found) else {}


def _detection(own: list[Raw]) -> dict[str, object]:
    sources = [raw["detection"].get("source") for raw in own]
    known = [source for source in sources if source in SOURCES]
    if not known:
        return {"own": len(own)}
    internal = sum(source in {"monitoring", "staff"} for source in known)
    caught = sum(raw["detection"].get("before_impact") == "true" for raw in own)
    return {
        "detection.internal": f"{internal}/{len(known)}",
        **shared("detection.internal", internal, len(known)),
        "detection.before-impact": f"{caught}/{len(own)}",
        **({"detection.unknown": len(own) - len(known)} if len(known) < len(own) else {}),
        **{f"detection.source.{source}": known.count(source) for source in SOURCES if source in known},
    }


def _bars(measured: list[Raw]) -> dict[str, object]:
    def drawable(raw: Raw) -> bool:
        moments = [when(raw["times"][name]) for name in BAR if name in raw["times"]]
        # A day that holds an earlier milestone can't be put beside it.
        unclear = [
            max(a, b, key=lambda moment: moment.latest - moment.earliest)
            for a, b in combinations(moments, 2)
            if a.at > b.at and not a.surely_after(b)
        ]
        return len({moment.at for moment in moments if moment not in unclear}) > 1

    count = sum(drawable(raw) for raw in measured)
    return {
        "section.phases": min(count, DRAWN),
        **({"bars": DRAWN, "drawable": count} if count > DRAWN else {}),
    }


def _table(measured: list[Raw], world: World) -> dict[str, object]:
    found: dict[str, object] = {}
    for metric in METRICS:
        entries = lengths(measured, metric, world.as_of)
        drawn = [entry for entry in entries if entry.seconds is not None]
        if not drawn:
            continue
        known = [entry for entry in drawn if entry.reason != "still going on"]
        found |= {
            f"known.{metric}": len(known),
            f"applicable.{metric}": len(entries),
            **{f"duration.{metric}.{entry.raw['id']}": entry.seconds for entry in known},
        }
    if found:
        found["section.table"] = len(measured)
    return found
