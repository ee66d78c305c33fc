"""Audit evidence: how many records hold what each control looks for, by period; and regulatory notices."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from raw import day, moment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from raw import Raw, World

CONTROLS = yaml.load(
    (Path(__file__).parents[2] / "schemas/controls.yaml").read_text(encoding="utf-8"),
    Loader=yaml.BaseLoader,  # noqa: S506 - it makes texts only
)


def figures(world: World) -> dict[str, object]:
    controls = CONTROLS["controls"]
    if not world.own:
        return {"controls": len(controls)}
    found: dict[str, object] = {"controls": len(controls), "own": len(world.own)}
    supporting, lacking = set(), set()
    for control in controls:
        rows = rows_of(control, world)
        supporting |= {raw["id"] for raw, results in rows if all(results)}
        lacking |= {raw["id"] for raw, results in rows if not all(results)}
        for name, holds in periods(world).items():
            within = [results for raw, results in rows if holds(when(raw))]
            found[f"{control['id']}.{name}"] = share(within)
    found |= {"supporting": len(supporting), "whole": len(supporting - lacking)}
    standings = [standing(notice, world.as_of) for raw in world.own for notice in raw.get("regulatory", [])]
    found["section.clocks"] = len(standings)
    return found | {f"notices.{name}": standings.count(name) for name in standings}


def parts(world: World) -> dict[str, dict[str, object]]:
    """The pages of the controls."""
    return {f"evidence/{control['id']}/": figures_of(control, world) for control in CONTROLS["controls"]}


def figures_of(control: Raw, world: World) -> dict[str, object]:
    rows = rows_of(control, world)
    found: dict[str, object] = {"complete": share([results for _, results in rows])} if rows else {}
    for year in {raw["id"][:4] for raw, _ in rows}:
        found[f"complete.{year}"] = share([results for raw, results in rows if raw["id"][:4] == year])
    for raw, _ in rows:
        for place, need in enumerate(control["looks_for"], 1):
            shown = shown_of(need, raw)
            if shown is not None:
                found[f"{raw['id']}.{place}"] = shown
    return found


def rows_of(control: Raw, world: World) -> list[tuple[Raw, list[bool]]]:
    concerned = [raw for raw in world.own if any(fits(raw, entry, world) for entry in control["concerns"])]
    return [(raw, [met(need, raw) for need in control["looks_for"]]) for raw in concerned]


def share(rows: Iterable[list[bool]]) -> str:
    rows = list(rows)
    return f"{sum(all(results) for results in rows)}/{len(rows)}"


def when(raw: Raw) -> date:
    return date.fromisoformat((raw["date"] + "-01-01")[:10])


def periods(world: World) -> dict[str, Any]:
    year_ago = world.today.replace(year=world.today.year - 1)
    years = sorted({raw["id"][:4] for raw in world.own}, reverse=True)[:4]
    return {
        "all": lambda _: True,
        "last-12-months": lambda at: at > year_ago,
        **{year: lambda at, year=year: str(at.year) == year for year in years},
    }


def fits(raw: Raw, entry: Raw, world: World) -> bool:
    unknown = set(entry) - {"class", "full_review", "regime", "has", "any_action"}
    assert not unknown, f"not recomputed: {unknown}"
    return all(
        (
            "class" not in entry or raw["class"] in entry["class"],
            "full_review" not in entry or world.needs_full_review(raw) == (entry["full_review"] == "true"),
            "regime" not in entry
            or any(entry["regime"] in notice["regime"] for notice in raw.get("regulatory", [])),
            all(value_of(thing, raw) is not None for thing in entry.get("has", [])),
            "any_action" not in entry or bool(asked(entry["any_action"], raw)),
        )
    )


def met(need: Raw, raw: Raw) -> bool:
    ((kind, what),) = need.items()
    if kind == "has":
        return value_of(what, raw) is not None
    good = given(what, raw)
    return bool(good) if kind == "any_action" else len(good) == len(asked(what, raw))


def shown_of(need: Raw, raw: Raw) -> object:
    """The figure that a page gives of a need, None where it gives words, dates or nothing."""
    ((kind, what),) = need.items()
    if kind == "has":
        value = value_of(what, raw)
        return value if isinstance(value, int) else None
    if not asked(what, raw) or (kind == "any_action" and not given(what, raw)):
        return None
    return f"{len(given(what, raw))}/{len(asked(what, raw))}"


def asked(query: Raw | str, raw: Raw) -> list[Raw]:
    query = query or {}
    return [
        action
        for action in raw["actions"]
        if action["status"] in query.get("status", [action["status"]])
        and ("output" not in query or action.get("output") in query["output"])
    ]


def given(query: Raw, raw: Raw) -> list[Raw]:
    def gives(action: Raw, name: str) -> bool:
        return day(action.get(name)) is not None if name in {"due", "closed"} else bool(action.get(name))

    return [action for action in asked(query, raw) if all(gives(action, name) for name in query.get("with", []))]


def value_of(thing: str, raw: Raw) -> object:
    """What a record says: a number of entries, or a text; None where it says nothing."""
    group, _, name = thing.partition(".")
    within = raw.get(group) or {}
    if thing == "summary":
        return raw.get("summary")
    if thing == "severity":
        return raw["severity"].get("final") or raw["severity"].get("declared")
    if thing == "detection":
        source = raw["detection"].get("source")
        return None if source in {None, "unknown"} else source
    if thing == "published":
        return "yes" if raw["status"] == "published" else None
    if thing == "actions":
        return len(raw["actions"]) or raw.get("no_actions_reason")
    if group == "impact":
        entry = within.get(name)
        level = entry.get("level") if isinstance(entry, dict) else entry
        return None if level == "unknown" else level
    if group == "questions":
        entry = within.get(name)
        return entry.get("answer") if isinstance(entry, dict) else entry
    if group in {"times", "review"}:
        return str(within[name]) if name in within else None
    return len(within) or None


def standing(notice: Raw, as_of: datetime) -> str:
    sent, due = (bounds(notice.get(name)) for name in ("sent", "due"))
    if sent is None:
        return "not-sent" if due is None else "overdue" if due[1] <= as_of else "waiting"
    if due is None:
        return "no-due-date"
    return "late" if sent[0] >= due[1] else "in-time"


def bounds(entry: str | None) -> tuple[datetime, datetime] | None:
    found = moment({"at": entry} if isinstance(entry, str) else entry)
    return (found[0].astimezone(UTC), found[0] + (found[1] or timedelta(0))) if found else None
