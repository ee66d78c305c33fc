"""Keep messages from naming records that their reader may not see.

Every message that mentions another record asks here first. `veiled` is the net below that: it takes out what a
message names all the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from postmortems.corpus import Library, open_corpus
from postmortems.record import record_id_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from postmortems.conventions import Conventions
    from postmortems.corpus import Audience
    from postmortems.findings import Finding
    from postmortems.record import Postmortem, RecordReading

# An id, or a path that ends in one.
_NAMED = re.compile(r"(?:[\w.-]+/)*\d{4}-[a-z0-9-]*[a-z0-9](?:/index\.md|\.md)?")


class Redactor:
    """Which records the findings for an audience may name; without an audience, all of them.

    What is said about a record that is withheld itself names no other one.
    """

    def __init__(self, library: Library, audience: Audience | None) -> None:
        """Look through the marks of a library."""
        self._library = library
        self._audience = audience

    @property
    def bounded(self) -> bool:
        """Whether there may be records that messages do not name."""
        return self._audience is not None

    def may_name(self, other: str, *, about: Postmortem) -> bool:
        """Whether a message about a record may name the one with this id."""
        return other == about.id or other in self.nameable(about)

    def nameable(self, about: Postmortem) -> frozenset[str]:
        """The ids that a message about a record may name."""
        if self._audience is None:
            return self._ids
        return self._admitted if about.id in self._admitted else frozenset()

    def records(self, conventions: Conventions, *, needs: Sequence[str]) -> tuple[Postmortem, ...]:
        """The records that messages may speak of, without what they redact for this audience.

        Of a file with faults, what is sound is among them where these lie in none of the fields that are needed.
        """
        readings = [r for r in self._library.readings if not (r.partial and r.partial.lacks_any(needs))]
        if self._audience is None:
            return tuple(record for reading in readings if (record := reading.lenient_record))
        admitted = [reading for reading in readings if self._admits(reading)]
        plain = [record for reading in admitted if (record := reading.lenient_record) and not record.redacted]
        redacting = Library(tuple(r for r in admitted if r.record and r.record.redacted), ())
        opened = open_corpus(redacting, conventions, self._audience, preview=True)
        return (*plain, *opened.records)

    def veiled(self, finding: Finding) -> Finding:
        """A finding without the names of records that its message may not name."""
        if self._audience is None:
            return finding
        return replace(
            finding, message=self._veil(finding.message, finding), help=self._veil(finding.help, finding)
        )

    def _veil(self, text: str, finding: Finding) -> str:
        own = record_id_of(PurePosixPath(finding.path))

        def veil(match: re.Match[str]) -> str:
            named = match[0]
            others = [reading for reading in self._named.get(named, ()) if reading.path != finding.path]
            if not others or named == own or named in self._texts.get(finding.path, ""):
                return named
            open_to_all = own in self._admitted and all(self._admits(reading) for reading in others)
            return named if open_to_all else "another post-mortem"

        return _NAMED.sub(veil, text)

    def _admits(self, reading: RecordReading) -> bool:
        record = reading.lenient_record
        return bool(self._audience and record and record.tlp in self._audience.admitted)

    @cached_property
    def _ids(self) -> frozenset[str]:
        return self._library.ids

    @cached_property
    def _admitted(self) -> frozenset[str]:
        return frozenset(reading.id for reading in self._library.readings if self._admits(reading))

    @cached_property
    def _named(self) -> Mapping[str, Sequence[RecordReading]]:
        """What each id and each path stands for."""
        named: dict[str, list[RecordReading]] = defaultdict(list)
        for reading in self._library.readings:
            named[reading.id].append(reading)
            named[reading.path].append(reading)
        return named

    @cached_property
    def _texts(self) -> Mapping[str, str]:
        return {reading.path: reading.source.text for reading in self._library.readings if reading.source}
