"""X04: an acceptance that silences nothing, checked after all other rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.findings import Severity
from postmortems.rules.engine.rule import Problem, Rule
from postmortems.source import did_you_mean, one_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from postmortems.record import Postmortem

NEEDED_ACCEPTANCE = Rule(
    code="X04",
    name="needed-acceptance",
    severity=Severity.WARNING,
    family="references",
    summary="An entry under `accepted` matches no finding",
    why=(
        "Readers see what a record accepts and why. An entry for a finding that doesn't exist "
        "misleads them, and would hide the same finding if it came back for another reason."
    ),
    remedy=("Delete the entry under `accepted`, or correct its code. Errors can't be accepted: fix them."),
    bad="accepted:\n  - rule: T06\n    reason: It had ended before anyone noticed.",
    good="services:\n  - paymnets\naccepted:\n  - rule: X03\n    reason: The service was named so until 2025.",
)


def needless(
    record: Postmortem, silenced: Collection[str], severities: Mapping[str, Severity], unseen: Collection[str]
) -> Iterator[Problem]:
    """The entries of a record that silence nothing.

    `silenced` are the codes of what they silence, `severities` those of all rules, `unseen` the codes of those
    that could find something that this check does not look at.
    """
    for i, acceptance in enumerate(record.accepted):
        code, place = acceptance.rule, ("accepted", i, "rule")
        if code in silenced or code == NEEDED_ACCEPTANCE.code:
            continue
        if code not in severities:
            family = [other for other in severities if other[0] == code[0]]
            yield Problem(
                place,
                f"there is no rule `{code}`",
                did_you_mean(code, severities) or (one_of(family, len(family)) if family else "delete the entry"),
            )
        elif severities[code] is Severity.ERROR:
            yield Problem(
                place,
                f"`{code}` is an error, and errors can't be accepted: this entry has no effect",
                "fix the error, and delete the entry",
            )
        elif code not in unseen:
            yield Problem(
                place,
                f"`{code}` has no finding in this record",
                "delete the entry: it would hide a future finding",
            )
