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
    "CLEAR may be published; GREEN and AMBER stay within the organisation; AMBER+STRICT is shown only where it is "
    "named; without a mark the record is withheld from everyone"
)


@rule(
    code="P01",
    name="tlp-mark",
    severity=Severity.ERROR,
    family="publication",
    summary="The TLP mark is missing, or it is RED",
    why="""The mark says who may see the record. Without one it is withheld, and nobody would notice that it
    is. RED is for the ears of those present: a repository keeps everything, for everyone who can clone it.""",
    remedy="""Write `tlp: CLEAR` for a record that may be published, `GREEN` or `AMBER` for one that stays
    within the organisation, `AMBER+STRICT` for one that is shown only where that mark is named. Take a RED
    record out of the repository and its history, and keep it elsewhere.""",
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
            "`tlp` is RED, and RED does not belong in a repository",
            "take the file out, and out of the history if it was committed; or give it the mark that fits: "
            + _MARKS,
        )
