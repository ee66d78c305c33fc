"""Plug-ins: installed packages that add rules, pages, exports or importers by entry points.

Nothing is looked for in the current folder, so no file of a knowledge base is ever run.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from postmortems.runtime.errors import MessageError

if TYPE_CHECKING:
    from collections.abc import Iterator

GROUPS = ("rules", "pages", "exports", "importers")
"""What a plug-in can add; its entry points are in the group `postmortems.<name>`."""


class BrokenPluginError(MessageError):
    """A plug-in can't be used; the message names its package, its entry point and what went wrong."""


class Plugin(NamedTuple):
    """An entry point of an installed package: `name` = `value`, the place of a module or an object in it."""

    group: str
    name: str
    value: str
    package: str

    def load(self) -> object:
        """Import what the entry point names. Raises BrokenPluginError."""
        from importlib.metadata import EntryPoint

        with self.blamed():
            return EntryPoint(self.name, self.value, f"postmortems.{self.group}").load()

    @contextmanager
    def blamed(self) -> Iterator[None]:
        """Raise a BrokenPluginError that names this plug-in for whatever goes wrong inside."""
        try:
            yield
        except BrokenPluginError:
            raise
        except (Exception, SystemExit) as error:  # with an exit, a check would seem to have passed
            raise self.error(f"{type(error).__name__}: {error}") from error

    def error(self, message: str) -> BrokenPluginError:
        """What went wrong, with the name of this plug-in."""
        text = " ".join(message.split())
        return BrokenPluginError(f"plug-in `{self.name}` of package `{self.package}` ({self.value}): {text}")

    def taken(self, what: str, by: Plugin | None) -> BrokenPluginError:
        """That another plug-in has something of the same name, or we have, where it is None."""
        return self.error(f"{what} is taken by {owner(by)}")


def owner(plugin: Plugin | None) -> str:
    """Where a plug-in comes from, for messages; None is for what is ours."""
    return f"package `{plugin.package}`" if plugin else "postmortems"


def require(kind: type | tuple[type, ...], **values: object) -> None:
    """Raise TypeError where a plug-in gives a value of another type."""
    for name, value in values.items():
        if not isinstance(value, kind):
            kinds = kind if isinstance(kind, tuple) else (kind,)
            raise TypeError(f"`{name}` is {value!r}, which is no {' or '.join(each.__name__ for each in kinds)}")


@cache
def plugins(group: str) -> tuple[Plugin, ...]:
    """The plug-ins of a group, by package and name."""
    folders = [folder for folder in _folders() if _may_hold(folder, group)]
    if not folders:
        return ()
    from importlib.metadata import distributions  # only now: it takes longer to load than a check of one file

    found = {
        Plugin(group, point.name, point.value, distribution.metadata["Name"])
        for distribution in distributions(path=folders)
        for point in distribution.entry_points
        if point.group == f"postmortems.{group}"
    }
    return tuple(sorted(found, key=lambda plugin: (plugin.package, plugin.name)))


def _folders() -> Iterator[str]:
    """Where installed packages lie: the import path without the current folder."""
    here = os.path.realpath(Path.cwd())
    for folder in dict.fromkeys(sys.path):
        if folder and os.path.realpath(folder) != here and Path(folder).is_dir():
            yield folder


def _may_hold(folder: str, group: str) -> bool:
    wanted = f"[postmortems.{group}]".encode()
    try:
        with os.scandir(folder) as entries:
            infos = [entry.path for entry in entries if entry.name.endswith((".dist-info", ".egg-info"))]
    except OSError:  # Python can't import from it either
        return False
    return any(wanted in _entry_points(info) for info in infos)


@cache
def _entry_points(info: str) -> bytes:
    try:
        return Path(info, "entry_points.txt").read_bytes()
    except OSError:
        return b""
