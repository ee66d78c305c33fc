"""Run `postmortems` as if only some modules were installed: `python core_alone.py MODULE,MODULE ARGUMENT...`."""

from __future__ import annotations

import sys
from importlib.machinery import BuiltinImporter, FrozenImporter, ModuleSpec, PathFinder
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from types import ModuleType


def hide_all_but(modules: Collection[str]) -> None:
    """From now on find only these top-level modules, this package and the standard library."""
    there = {*modules, *sys.stdlib_module_names, "postmortems"}

    class Finder(PathFinder):
        @classmethod
        def find_spec(
            cls, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
        ) -> ModuleSpec | None:
            return super().find_spec(fullname, path, target) if fullname.partition(".")[0] in there else None

    sys.meta_path[:] = [BuiltinImporter, FrozenImporter, Finder]


if __name__ == "__main__":
    installed, *sys.argv[1:] = sys.argv[1:]
    hide_all_but(installed.split(","))
    from postmortems.cli import main

    main(prog_name="postmortems")
