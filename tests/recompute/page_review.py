"""Review quality: held, in time, with whom, what was answered, and where it looks like a formality."""

from __future__ import annotations

import math
import statistics
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from raw import day, moment
from scipy import stats

if TYPE_CHECKING:
    from raw import Raw, World

GROUPS = ("technical", "management", "legal", "communications", "compliance")
KINDS = ("attended", "consulted", "not-needed", "absent")
QUESTIONS = (
    *("detected-quickly", "severity-accurate", "right-people-early"),
    *("runbook-adequate", "communication-cadence", "evidence-sufficient"),
)
ANSWERS = {"yes": "yes", "partly": "partly", "no": "no", "n/a": "n/a", "": "none"}
PARTS = ("detection", "containment", "eradication", "recovery", "communication", "coordination", "decisions")
VERDICTS = {"effective": "effective", "mixed": "mixed", "delayed": "delayed", "n/a": "n/a", "": "none"}


def figures(world: World) -> dict[str, object]:
    needing = [raw for raw in world.first_hand if world.needs_full_review(raw)]
    return _of_reviews(world, needing) | _learning(world)


def charts(world: World) -> dict[str, list[list[object]]]:
    reviewed = [raw for raw in world.first_hand if world.needs_full_review(raw) and _held(raw)]
    if len(reviewed) < 3:
        return {}
    found: dict[str, list[list[object]]] = {
        "questions": [
            [
                name,
                *(
                    sum(_answer(raw, "questions", "answer", name) == answer for raw in reviewed)
                    for answer in ANSWERS
                ),
            ]
            for name in QUESTIONS
        ]
    }
    timed = sorted((_held(raw).isoformat(), raw["id"], _days(raw)) for raw in reviewed if _days(raw) is not None)
    if len(timed) >= 3:
        within = _policy(world, "within_days", 7)
        found["time"] = [[held, days, "in-time" if days <= within else "late"] for held, _, days in timed]
    return found


def _of_reviews(world: World, needing: list[Raw]) -> dict[str, object]:
    if not needing:
        return {}
    reviewed = [raw for raw in needing if _held(raw)]
    due = [raw for raw in needing if _is_due(world, raw)]
    held = [raw for raw in due if _held(raw)]
    found: dict[str, object] = {"grace": _policy(world, "grace_days", 14)}
    if due:
        found["coverage.finding"] = f"{len(held)}/{len(due)}"
        found |= _sure("coverage", len(held), len(due))
    else:
        found["needing"] = len(needing)
    found |= _left_out("coverage", [_why_not_due(world, raw) for raw in needing])
    for raw in due:
        if raw not in held:
            found[f"waiting.{raw['id']}"] = (world.as_of - moment(raw["times"]["recovered"])[0]).days
    if reviewed:
        found |= _time(world, reviewed, due) | _present(reviewed) | _answers(reviewed) | _signs(reviewed, due)
    return found


def _why_not_due(world: World, raw: Raw) -> str:
    if _is_due(world, raw):
        return ""
    if raw["status"] == "published" and not _held(raw):
        return "not told when it was reviewed"
    return "recovered too recently" if "recovered" in raw["times"] else "without a known recovery"


def _time(world: World, reviewed: list[Raw], due: list[Raw]) -> dict[str, object]:
    days = sorted(_days(raw) for raw in reviewed if _days(raw) is not None)
    within = _policy(world, "within_days", 7)
    told = len(days) >= 6
    found: dict[str, object] = {"time.median": statistics.median(days) if told else "too few"}
    left = _left_out("time", [_why_no_days(raw) for raw in reviewed])
    if told and due:
        # The order statistics that hold the median with 95 %: the r-th from each end.
        tail = next(r for r in range(len(days)) if stats.binom.cdf(r, len(days), 0.5) > 0.025)
        found |= {"time.finding": found["time.median"], "time.n": len(days)}
        found |= {"time.low": days[tail - 1], "time.high": days[-tail]}
    else:
        found["time.needed"] = 6
    if days:
        in_time = sum(count <= within for count in days)
        found |= _sure("in-time", in_time, len(days)) | {"policy.within": within}
        found |= _left_out("in-time", [_why_no_days(raw) for raw in reviewed])
    return found | left


def _why_no_days(raw: Raw) -> str:
    entry = raw["times"].get("recovered")
    if raw["class"] in {"near-miss", "exercise"}:
        return "near miss or exercise"
    if entry is None:
        return "without a known recovery"
    if len(entry["at"]) < 10 or not moment(entry)[2]:
        return "recovery not known to the day"
    return "" if _days(raw) is not None else "reviewed before recovery"


def _present(reviewed: list[Raw]) -> dict[str, object]:
    found: dict[str, object] = {}
    for group in GROUPS:
        kinds = [_kind(raw["review"].get("groups", {}).get(group)) for raw in reviewed]
        for kind in KINDS:
            found[f"group.{group}.{kind}"] = kinds.count(kind)
        there = kinds.count("attended") + kinds.count("consulted")
        found |= _sure(f"group.{group}.present", there, len(kinds) - kinds.count("not-needed"))
    told = [raw["review"].get("facilitator", {}).get("responded") for raw in reviewed]
    found |= _sure("neutral", told.count("false"), len(told) - told.count(None))
    if len(told) > told.count(None):
        found |= _left_out("neutral", ["not recorded" if answer is None else "" for answer in told])
    found |= _sure("briefed", sum("briefed_on" in raw["review"] for raw in reviewed), len(reviewed))
    return found | _sure("followed", sum(bool(raw["review"].get("follow_ups")) for raw in reviewed), len(reviewed))


def _answers(reviewed: list[Raw]) -> dict[str, object]:
    found: dict[str, object] = {}
    for name in QUESTIONS:
        given = [(_held(raw).year, _answer(raw, "questions", "answer", name)) for raw in reviewed]
        years = _last({_held(raw).year for raw in reviewed})
        for pair in {pair for pair in given if pair[0] in years}:
            found[f"question.{name}.{pair[0]}.{ANSWERS[pair[1]]}"] = given.count(pair)
        found |= _share(f"question.{name}.yes", [answer for _, answer in given], "yes", ("partly", "no"))
    for area in ("monitoring", "alerting", "staffing", "access"):
        named = sum(area in raw.get("questions", {}).get("what-should-change", {}) for raw in reviewed)
        found[f"change.{area}"] = f"{named}/{len(reviewed)}"
        for year in _last({_held(raw).year for raw in reviewed}):
            found[f"change.{area}.{year}"] = sum(
                _held(raw).year == year and area in raw.get("questions", {}).get("what-should-change", {})
                for raw in reviewed
            )
    judged = {part: [_answer(raw, "evaluation", "verdict", part) for raw in reviewed] for part in PARTS}
    used = {verdict for verdicts in judged.values() for verdict in verdicts}
    for part, verdicts in judged.items():
        for verdict, name in VERDICTS.items():
            if verdict in used:
                found[f"part.{part}.{name}"] = verdicts.count(verdict)
        found |= _share(f"part.{part}.good", verdicts, "effective", ("mixed", "delayed"))
    return found


def _signs(reviewed: list[Raw], due: list[Raw]) -> dict[str, object]:
    signed = [raw for raw in reviewed if _is_signed(raw)]
    found: dict[str, object] = {"section.signs": len(signed)}
    found |= _sure("signs.without", len(reviewed) - len(signed), len(reviewed))
    if signed and due:
        found |= {"signs.finding": len(signed), "reviewed": len(reviewed)}
    return found


def _is_signed(raw: Raw) -> bool:
    answers = [raw.get("questions", {}).get(name) for name in QUESTIONS]
    plain = [
        answer.get("answer") if isinstance(answer, dict) and "note" not in answer else answer for answer in answers
    ]
    kinds = {lesson["kind"] for lesson in raw["lessons"]}
    return (
        all(answer in ("yes", "n/a") for answer in plain)
        or not {"improve", "worked"} <= kinds
        or int(raw["review"].get("length_min", 30)) < 30
        or not raw["actions"]
    )


def _learning(world: World) -> dict[str, object]:
    found: dict[str, object] = {}
    for year in _last({raw["date"][:4] for raw in world.first_hand}):
        classes = [raw["class"] for raw in world.first_hand if raw["date"][:4] == year]
        near, exercises = classes.count("near-miss"), classes.count("exercise")
        found[f"learning.{year}.incidents"] = len(classes) - near - exercises
        found[f"learning.{year}.near-misses"] = near
        found[f"learning.{year}.exercises"] = exercises
    return found


def _last(years: set[Any]) -> list[Any]:
    """The last six years, which are told one by one."""
    return sorted(years)[-6:]


def _held(raw: Raw) -> date | None:
    return day(raw.get("review", {}).get("held"))


def _is_due(world: World, raw: Raw) -> bool:
    recovered = moment(raw["times"].get("recovered"))
    if recovered is None or (raw["status"] == "published" and not _held(raw)):
        return False
    return world.as_of - recovered[0] > timedelta(days=_policy(world, "grace_days", 14))


def _days(raw: Raw) -> int | None:
    """Whole days from recovery, in its own time zone, to the review; None where that is not known to the day."""
    entry = raw["times"].get("recovered")
    found = moment(entry)
    if found is None or raw["class"] in {"near-miss", "exercise"} or len(entry["at"]) < 10 or not found[2]:
        return None
    days = (_held(raw) - date.fromisoformat(entry["at"][:10])).days
    return days if days >= 0 else None


def _kind(attendance: str | Raw | None) -> str:
    return "not-needed" if isinstance(attendance, dict) else attendance or "absent"


def _answer(raw: Raw, field: str, key: str, name: str) -> str:
    given = raw.get(field, {}).get(name, "")
    return given.get(key, "") if isinstance(given, dict) else given


def _share(name: str, given: list[str], good: str, others: tuple[str, ...]) -> dict[str, object]:
    return _sure(name, given.count(good), given.count(good) + sum(given.count(other) for other in others))


def _sure(name: str, part: int, whole: int) -> dict[str, object]:
    """A share and its interval by Wilson's formula (1927), written out."""
    found: dict[str, object] = {name: f"{part}/{whole}"}
    if whole:
        z = stats.norm.ppf(0.975)
        share, spread = part / whole, z * math.sqrt(part * (whole - part) / whole + z * z / 4) / (whole + z * z)
        centre = (share + z * z / (2 * whole)) / (1 + z * z / whole)
        found |= {f"{name}.low": max(0.0, centre - spread), f"{name}.high": min(1.0, centre + spread)}
    return found


def _left_out(name: str, reasons: list[str]) -> dict[str, object]:
    return {
        f"{name}.without.{reason.replace(' ', '-')}": reasons.count(reason) for reason in set(reasons) if reason
    }


def _policy(world: World, name: str, default: int) -> int:
    return int(world.policy.get("review", {}).get(name, default))
