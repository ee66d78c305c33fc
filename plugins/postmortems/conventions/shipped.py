"""The shipped conventions, for knowledge bases without their own."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from postmortems.conventions.controls import Controls, build_controls
from postmortems.conventions.locations import shipped_schemas
from postmortems.source import Shape, read_yaml

if TYPE_CHECKING:
    from postmortems.conventions.locations import KnowledgeBase
    from postmortems.source import Source


def uses_shipped(base: KnowledgeBase, name: str) -> bool:
    """Whether a knowledge base has neither a file of conventions of this name nor a schema for it."""
    return not any((base.schemas / f"{name}.{ending}").is_file() for ending in ("yaml", "schema.json"))


@cache
def shipped_source(name: str) -> Source:
    """A shipped file. It isn't checked against its schema: the tests do that, once for all."""
    path = shipped_schemas() / f"{name}.yaml"
    schema = json.loads(path.with_name(f"{name}.schema.json").read_text(encoding="utf-8"))
    reading = read_yaml(path.as_posix(), path.read_bytes(), Shape(schema))
    if reading.source is None:
        raise ValueError(f"{path} can't be read: {reading.findings[0].message}")
    return reading.source


@cache
def shipped_controls() -> Controls:
    """The shipped controls."""
    return build_controls(shipped_source("controls"))
