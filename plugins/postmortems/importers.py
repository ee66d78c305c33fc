"""What an importer of a plug-in offers: records of another tool, read for the files of this one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from postmortems.plugins import plugins

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from postmortems.plugins import Plugin
    from postmortems.source import Value


@dataclass(frozen=True, slots=True)
class ImportedRecord:
    """An incident as another tool has it: `meta` holds the fields of the front matter, `body` the Markdown.

    `id` is its id here, such as `2026-03-31-payments-certificate`; `origin` is where it stood, for messages.
    """

    id: str
    meta: Mapping[str, Value] = field(default_factory=dict)
    body: str = ""
    origin: str = ""


@runtime_checkable
class Importer(Protocol):
    """Reads what another tool exports. `name` is what people type, `description` one line."""

    name: str
    description: str

    def records(self, source: Path) -> Iterator[ImportedRecord]:
        """The incidents of a file or folder, in its order. Raises ValueError with a message where it can't."""


def list_importers() -> dict[str, Importer]:
    """The importers of all plug-ins by name. Raises BrokenPluginError.

    An entry point in `postmortems.importers` is an object that is an Importer.
    """
    found: dict[str, Importer] = {}
    owners: dict[str, Plugin] = {}
    for plugin in plugins("importers"):
        importer = plugin.load()
        if not isinstance(importer, Importer):
            raise plugin.error("it is no Importer: it needs `name`, `description` and `records`")
        if importer.name in found:
            raise plugin.taken(f"the name `{importer.name}`", owners[importer.name])
        found[importer.name], owners[importer.name] = importer, plugin
    return found
