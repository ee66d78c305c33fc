"""The formats by their names."""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from postmortems.findings.report import Report


class Format(NamedTuple):
    """A way to print a report.

    `from_top` says how it names files: from the top of the repository, as forges do, or from the current folder,
    as terminals and editors do. `for_people` tells what is read at a terminal from what a machine reads.
    """

    module: str
    function: str
    from_top: bool = False
    for_people: bool = False

    def render(self, report: Report) -> str:
        """Write a report; only now is the format's module loaded."""
        module = import_module(f"postmortems.findings.formats.{self.module}")
        text: str = getattr(module, self.function)(report)
        return text


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "full": Format("full", "full", for_people=True),
        "concise": Format("concise", "concise", for_people=True),
        "json": Format("plain_json", "plain_json"),
        "github": Format("github", "github", from_top=True),
        "gitlab": Format("code_climate", "gitlab", from_top=True),
        "sarif": Format("sarif", "sarif", from_top=True),
        "junit": Format("junit", "junit"),
        "rdjson": Format("rdjson", "rdjson"),
    }
)
