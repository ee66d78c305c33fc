"""Files with faults of their shape: the sound rest is judged in the same run, and nothing follows from a fault."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from rule_bench import (
    AS_OF,
    EARLIER,
    FULL,
    SMALL,
    Case,
    cases,
    codes,
    conventions,
    judge_text,
    with_body,
    with_fields,
    without_fields,
)

from postmortems.corpus import Audience, Library, open_corpus
from postmortems.findings import Severity
from postmortems.record import read_postmortem
from postmortems.rules import judge
from postmortems.rules.structure.shape import SHAPE_RULES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortems.findings import Finding
    from postmortems.source import Pointer

SHAPE = {rule.code for rule in SHAPE_RULES}
RANKS = {Severity.INFO: 0, Severity.WARNING: 1, Severity.ERROR: 2}
BROKEN_A_CASE = 40
ACTION = """\
  - id: A{n}
    title: {title}
    owner: {owner}
    due: {due}
    done_when: every certificate of the gateway has an alarm
    addresses: [F1]
"""


def action(n: int = 1, title: str = "Alarm on expiry", owner: str = "platform", due: str = "2026-07-31") -> str:
    return ACTION.format(n=n, title=title, owner=owner, due=due)


# Fields of a small record, and all that is found in it.
TOGETHER = {
    "a word that is none, and a vague title": (
        f"severity: sev9\nactions:\n{action(title='Improve the alarms')}",
        ["S112", "A02"],
    ),
    "a time that is none, and an order of the others": (
        "times: {started: 2026-03-31T11:12Z, detected: 2026-03-31 10:20, contained: 2026-03-31T10:50Z}\n",
        ["T03", "T01", "T08"],
    ),
    "faults in two of three actions, and what is wrong in each": (
        "".join(
            (
                "actions:\n",
                action(1, owner="nobody-of-ours", due="[]"),
                action(2, title="[]"),
                action(3, owner="somebody", due="2025-01-01"),
            )
        ),
        ["A01", "S111", "S111", "A01", "A03"],
    ),
    "an unknown key, and words": (
        "sumary: x\ntitle: Careless operator deleted the certificate\n",
        ["L03", "S110"],
    ),
    "no mark, and a dangling id": ("tlp: clear\nrelated: [2026-01-01-nothing]\n", ["X01", "S112"]),
    "an entry of a list that is none, and its neighbours": (
        "services: [payments, {a: b}, no-such-service]\n",
        ["S111", "X03"],
    ),
}


@pytest.mark.parametrize(("fields", "expected"), TOGETHER.values(), ids=TOGETHER)
def test_faults_of_shape_and_of_content_are_told_in_one_run(fields: str, expected: list[str]):
    assert sorted(codes(judge_text(with_fields(SMALL, fields)))) == sorted(expected)


def test_places_and_numbers_are_those_of_the_file():
    actions = f"{action(1, title='[]')}{action(2)}    opened: 2062-01-01\n{action(2)}    closed: 2063-01-01\n"
    found = judge_text(with_fields(SMALL, f"actions:\n{actions}"))
    told = {finding.message.partition(" (")[0]: finding.excerpt.strip() for finding in found}
    assert told["`actions[2].opened`"] == "opened: 2062-01-01"
    assert told["`actions[3].closed`"] == "closed: 2063-01-01"
    assert told["the id `A2` is already used by `actions[2]`"] == "- id: A2"


def test_ids_by_position_count_the_entries_that_are_left_out():
    factors = (
        "factors:\n  - 12\n"
        '  - "detection.coverage: nothing watched the date -> customers noticed first"\n'
        '  - "infrastructure.expiry: there was no alarm -> the certificate ran out"\n'
    )
    found = judge_text(
        with_fields(SMALL, f"{factors}actions:\n{action().replace('[F1]', '[F2, F3]')}").replace("- 12", "- [12]")
    )
    assert codes(found) == ["S111"]


@pytest.mark.parametrize(
    ("fields", "left"),
    [
        ("status: publishd", {"S112"}),
        ("status: withdrwn\ntimes: [1]", {"S112", "S111"}),
        ("staus: withdrawn\nsummary: 1", {"S110"}),
        ("provenance: first", {"S112"}),
        ("severity: [sev1]", {"S111"}),
        ("class: exercize", {"S112"}),
        ("accepted:\n  - rule: X03\n    reaso: It is new.", {"S110", "S115"}),
    ],
)
def test_what_decides_on_the_rules_is_not_guessed(fields: str, left: set[str]):
    record = with_fields(SMALL, "services: [no-such-service]") if "X03" in fields else SMALL
    record = without_fields(record, "status") if "staus" in fields else record
    assert set(codes(judge_text(with_fields(record, fields)))) == left


def test_a_record_whose_status_can_not_be_read_is_asked_for_the_least():
    broken = with_body(without_fields(with_fields(FULL, "status: [published]"), "summary", "review"), "")
    found = {finding.code: finding.severity for finding in judge_text(broken)}
    assert found == {"S111": Severity.ERROR, "Q04": Severity.WARNING}


def test_a_missing_field_is_told_and_one_that_is_wrong_is_not_missing():
    found = judge_text(without_fields(with_fields(SMALL, "trigger: [deploy]\ntitel: x"), "summary", "title"))
    assert codes(found) == ["Q04", "S111", "S110"]
    assert not [finding for finding in found if "`title` is missing" in finding.message]


def test_a_file_with_faults_in_its_name_only_is_judged_too():
    found = judge_text(with_fields(SMALL, "tlp: RED"), name="outage.md")
    assert codes(found) == ["S120", "P01"]


def test_too_many_faults_to_tell_what_is_sound():
    found = judge_text(with_fields(SMALL, "tlp: RED\ntags:\n" + "  - {a: b}\n" * 120))
    assert set(codes(found)) == {"S111"}


def _judged(texts: dict[str, str], audience: Audience | None) -> list[Finding]:
    """What is found in the last of some records, but for faults of shape."""
    readings = [
        read_postmortem(f"incidents/2026/{name}.md", text.encode(), conventions()) for name, text in texts.items()
    ]
    only = frozenset({readings[-1].path})
    return judge(Library(tuple(readings), ()), conventions(), AS_OF, audience=audience, only=only)


def test_an_earlier_incident_is_named_although_its_file_has_a_fault():
    later = with_fields(
        SMALL,
        'services: [checkout]\nfactors:\n  - "change.rollout: all hosts took it at once -> all users met it"\n',
    )
    for fault, expected in (("duration_stated: []", ["X02"]), ("organisation: []", []), ("actions: 3", [])):
        texts = {"2026-01-10-checkout-rollout": with_fields(EARLIER, fault), "2026-03-31-case": later}
        for audience in (None, Audience.PUBLIC):
            found = _judged(texts, audience)
            assert codes(found) == expected, (fault, audience)


def test_what_is_sound_of_a_faulty_file_is_in_no_corpus():
    reading = read_postmortem(
        "incidents/2026/2026-03-31-case.md", with_fields(SMALL, "severity: sev9").encode(), conventions()
    )
    assert reading.record is None
    assert reading.partial
    library = Library((reading,), ())
    assert library.records == ()
    assert library.lenient_records == (reading.partial.record,)
    for audience in Audience:
        corpus = open_corpus(library, conventions(), audience, preview=True)
        assert corpus.by_id == {}


@pytest.mark.parametrize("code", sorted({case.code for case in cases() if not case.code.startswith("S")}))
def test_nothing_follows_from_a_fault(code: str):
    """Break each case of a rule in many places: but for the fault itself, nothing new is found."""
    broken = [(case, *made) for case in cases() if case.code == code for made in _broken(case)]
    for case, pointer, text in random.Random(code).sample(broken, min(BROKEN_A_CASE, len(broken))):
        found = [finding for finding in case.findings_with(text) if finding.code not in SHAPE]
        before, after = Counter(codes(case.findings)), Counter(codes(found))
        assert not after - before, (case, pointer, after - before)
        ranks = {finding.code: RANKS[finding.severity] for finding in case.findings}
        assert all(RANKS[finding.severity] <= ranks[finding.code] for finding in found), (case, pointer)


def _broken(case: Case) -> Iterator[tuple[Pointer, str]]:
    """A case with one value that is of no expected kind, or with one key mistyped."""
    path = "incidents/2026/2026-03-31-case.md"
    source = read_postmortem(path, case.text.encode(), conventions()).source
    lines = case.text.split("\n")
    for pointer, span in source.values.items() if source else ():
        key = source.keys.get(pointer) if pointer and isinstance(pointer[-1], str) else None
        if key:
            line = lines[key.line - 1]
            mistyped = f"{line[: key.end_column - 1]}{line[key.end_column - 2]}{line[key.end_column - 1 :]}"
            yield pointer, _with_line(lines, key.line, mistyped)
        # Of a withdrawn record, and of what is accepted, nothing else tells.
        if pointer and not _decides_all(pointer, case):
            line = lines[span.line - 1]
            other = f"{line[: span.column - 1]}{{zz: 1}}{line[span.end_column - 1 :]}"
            yield pointer, _with_line(lines, span.line, other)


def _decides_all(pointer: Pointer, case: Case) -> bool:
    is_withdrawn = "\nstatus: withdrawn\n" in case.text
    return (pointer == ("status",) and is_withdrawn) or (pointer[0] == "accepted" and pointer[-1] == "rule")


def _with_line(lines: list[str], number: int, line: str) -> str:
    return "\n".join([*lines[: number - 1], line, *lines[number:]])
