"""Method: how many post-mortems are counted, and in how many each milestone is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from raw import World

MILESTONES = (
    *("started", "detected", "acknowledged", "responded", "declared"),
    *("contained", "eradicated", "recovered", "closed"),
)


def figures(world: World) -> dict[str, object]:
    measured = [raw for raw in world.counted if raw["class"] not in {"near-miss", "exercise"}]
    categories = world.vocabulary["categories"]
    return {
        "counted": len(world.counted),
        "measured": len(measured),
        **{f"known.{name}": sum(name in raw["times"] for raw in measured) for name in MILESTONES},
        "section.triggers": len(world.vocabulary["triggers"]),
        **{f"section.category-{name}": len(category["factors"]) for name, category in categories.items()},
    }
