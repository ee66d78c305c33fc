"""The formats by their names."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from postmortems.findings.formats.code_climate import gitlab
from postmortems.findings.formats.concise import concise
from postmortems.findings.formats.full import full
from postmortems.findings.formats.github import github
from postmortems.findings.formats.junit import junit
from postmortems.findings.formats.plain_json import plain_json
from postmortems.findings.formats.rdjson import rdjson
from postmortems.findings.formats.sarif import sarif

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from postmortems.findings.report import Report


@dataclass(frozen=True, slots=True)
class Format:
    """A way to print a report.

    `from_top` says how it names files: from the top of the repository, as forges do, or from the current folder,
    as terminals and editors do. `for_people` tells what is read at a terminal from what a machine reads.
    """

    render: Callable[[Report], str]
    from_top: bool = False
    for_people: bool = False


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "full": Format(full, for_people=True),
        "concise": Format(concise, for_people=True),
        "json": Format(plain_json),
        "github": Format(github, from_top=True),
        "gitlab": Format(gitlab, from_top=True),
        "sarif": Format(sarif, from_top=True),
        "junit": Format(junit),
        "rdjson": Format(rdjson),
    }
)
