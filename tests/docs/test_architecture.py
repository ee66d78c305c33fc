"""The rooms that the architecture page names are those of the package, in the order of its layers."""

from __future__ import annotations

import re
import tomllib

from sites import REPOSITORY

PACKAGE = REPOSITORY / "plugins/postmortems"
ROOMS = re.findall(
    r"^\| `(\w+)` \|",
    (REPOSITORY / "docs/guide/architecture.md").read_text("utf-8").partition("\n## YAML")[0],
    re.MULTILINE,
)


def test_every_room_is_named_and_exists():
    inside = [path for path in PACKAGE.iterdir() if path.is_dir() or path.suffix == ".py"]
    existing = {path.stem for path in inside if not path.name.startswith("__")}
    assert len(ROOMS) == len(set(ROOMS))
    assert set(ROOMS) == existing


def test_they_stand_in_the_order_of_the_layers():
    contracts = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    [layers] = [contract["layers"] for contract in contracts if contract["name"] == "floors"]
    level = {room: i for i, layer in enumerate(layers) for room in re.findall(r"\w+", layer)}
    levels = [level[room] for room in ROOMS if room in level]
    assert levels == sorted(levels)
    assert len(levels) == len(level) - 1  # all but __main__


def test_paths_that_the_page_names_exist():
    page = (REPOSITORY / "docs/guide/architecture.md").read_text("utf-8")
    paths = re.findall(r"`((?:[\w-]+/)+[\w-]*(?:\.\w+)?|[\w-]+\.py)`", page)
    missing = [path for path in paths if not any((top / path).exists() for top in (PACKAGE, REPOSITORY))]
    assert (missing, bool(paths)) == ([], True)
