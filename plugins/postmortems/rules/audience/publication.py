"""P rules: who may see a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.findings import Severity
from postmortems.rules.engine.registry import rule
from postmortems.rules.engine.rule import EVERY_STATUS, Applies, Problem, RuleContext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortems.record import Postmortem

_MARKS = (
    "CLEAR may be published; GREEN and AMBER stay inside the organisation; AMBER+STRICT is "
    "shown only on request; a record without a mark is withheld"
)


@rule(
    code="P01",
    name="tlp-mark",
    severity=Severity.ERROR,
    family="publication",
    summary="The TLP mark is missing or RED",
    why="""The mark says who may see the record. Without one the record is withheld, and nobody would notice. RED
    is only for the people present, but a repository keeps everything for everyone who can clone it.""",
    remedy="""Set `tlp: CLEAR` for a record that may be published, `GREEN` or `AMBER` for one that stays inside the
    organisation, `AMBER+STRICT` for one that is shown only on request. Remove a RED record from the repository and
    its history, and keep it elsewhere.""",
    bad="tlp: RED",
    good="tlp: GREEN",
    applies=Applies(statuses=EVERY_STATUS),
)
def tlp_mark(record: Postmortem, _context: RuleContext) -> Iterator[Problem]:
    """The mark must be there, and not be RED."""
    if not record.tlp:
        yield Problem(
            ("tlp",),
            "`tlp` is missing: it says who may see the record",
            f"add `tlp: CLEAR` or another: {_MARKS}",
            needs=("tlp",),
        )
    elif record.tlp == "RED":
        yield Problem(
            ("tlp",),
            "`tlp` is RED, which does not belong in a repository",
            "take the file out, and out of the history if it was committed; or give it the mark that fits: "
            + _MARKS,
        )
