"""Lessons: by kind, category and audience; and the page of each category and each audience."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from raw import Raw, World

KINDS = ("improve", "worked", "lucky")
NEWEST = 8
Taught = tuple["Raw", "Raw"]  # a lesson and its record


def figures(world: World) -> dict[str, object]:
    lessons = _lessons(world)
    if not lessons:
        return {}
    found = _summary(lessons)
    for lesson, _ in lessons:
        for audience in set(lesson.get("audience", [])):
            found[f"audience.{audience}"] = sum(audience in other.get("audience", []) for other, _ in lessons)
    for kind in KINDS:
        groups: dict[str, int] = {}
        for lesson, raw in lessons:
            if lesson["kind"] == kind:
                name = _category(world, lesson, raw) or "other"
                groups[name] = groups.get(name, 0) + 1
        found |= {f"section.{kind}-{name}": count for name, count in groups.items()}
        if any(count > NEWEST for count in groups.values()):
            found["newest"] = NEWEST
    return found


def parts(world: World) -> dict[str, dict[str, object]]:
    """A page for each category with lessons, and for each audience."""
    parts: dict[str, list[Taught]] = {}
    for lesson, raw in _lessons(world):
        category = _category(world, lesson, raw)
        addresses = {f"lessons/on-{category}/" if category else "lessons/others/"}
        for address in addresses | {f"lessons/for-{audience}/" for audience in lesson.get("audience", [])}:
            parts.setdefault(address, []).append((lesson, raw))
    return {address: _summary(lessons) for address, lessons in parts.items()}


def _summary(lessons: list[Taught]) -> dict[str, object]:
    kinds = {kind: sum(lesson["kind"] == kind for lesson, _ in lessons) for kind in KINDS}
    return {
        "lessons": len(lessons),
        "incidents": len({raw["id"] for _, raw in lessons}),
        **{f"kind.{kind}": count for kind, count in kinds.items() if count},
        **{f"section.{kind}": count for kind, count in kinds.items() if count},
    }


def _lessons(world: World) -> list[Taught]:
    return [(lesson, raw) for raw in world.counted for lesson in raw["lessons"]]


def _category(world: World, lesson: Raw, raw: Raw) -> str:
    """The category of the first factor that a lesson is about; empty where it names none."""
    by_id = {factor["id"]: factor["factor"] for factor in raw["factors"]}
    named = [by_id[name] for name in lesson["about"] if name in by_id]
    category = named[0].partition(".")[0] if named else ""
    return category if category in world.vocabulary["categories"] else ""
