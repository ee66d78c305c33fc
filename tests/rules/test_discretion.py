"""What messages may name: nothing that is withheld from those who read them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rule_bench import AS_OF, SMALL, codes, conventions, judge_text, with_fields

from postmortems.corpus import Audience, Library
from postmortems.findings import Finding, Severity
from postmortems.record import read_postmortem
from postmortems.rules import judge

MISSPELT = "related:\n  - 2026-02-02-gateway-intrusio\n"


@pytest.mark.parametrize(
    ("tlp", "audience", "named"),
    [
        ("CLEAR", None, True),
        ("CLEAR", Audience.STRICT, True),
        ("CLEAR", Audience.ORGANISATION, True),
        ("CLEAR", Audience.PUBLIC, False),
        ("AMBER", Audience.ORGANISATION, True),
        ("AMBER", Audience.PUBLIC, False),
    ],
)
def test_suggested_ids(tlp: str, audience: Audience | None, named: bool):
    [finding] = judge_text(with_fields(SMALL, f"tlp: {tlp}\n{MISSPELT}"), audience=audience)
    assert finding.code == "X01"
    assert ("2026-02-02-gateway-intrusion`" in finding.help) is named


def test_message_about_a_withheld_record_names_no_other():
    about = with_fields(SMALL, "tlp: AMBER\nrelated:\n  - 2026-01-15-gateway-timeout\n")
    [finding] = judge_text(about, audience=Audience.PUBLIC)
    assert "2026-01-15-gateway-timeouts" not in finding.help
    assert "2026-01-15-gateway-timeout`" in finding.message  # what it says itself
    [finding] = judge_text(about, audience=Audience.ORGANISATION)
    assert "2026-01-15-gateway-timeouts" in finding.help


def test_findings_about_withheld_records_are_there():
    about = with_fields(SMALL, "tlp: AMBER+STRICT\nservices:\n  - gateway\n")
    assert codes(judge_text(about, audience=Audience.PUBLIC)) == ["X03"]


def test_what_others_say_of_the_files_is_veiled_as_well():
    """Findings about the file tree are made before there are marks."""
    paths = ("incidents/2025/2026-03-01-a.md", "incidents/2026/2026-03-01-a.md", "incidents/2026/2026-03-02-b.md")
    marks = ("AMBER", "CLEAR", "GREEN")
    readings = tuple(
        read_postmortem(path, SMALL.replace("tlp: CLEAR", f"tlp: {mark}").encode(), conventions())
        for path, mark in zip(paths, marks, strict=True)
    )
    told = f"the id of this file is already that of {paths[0]}; see also `2026-03-02-b` and 2026-03-03"
    finding = Finding(paths[1], 1, 1, "S121", Severity.ERROR, told, f"rename {paths[1]}")
    library = Library(readings, (finding,))

    def said(audience: Audience | None) -> str:
        [found] = judge(library, conventions(), AS_OF, audience=audience)
        return f"{found.message}; {found.help}"

    assert said(None) == said(Audience.ORGANISATION) == f"{told}; rename {paths[1]}"
    assert said(Audience.PUBLIC) == (
        "the id of this file is already that of another post-mortem; see also `another post-mortem` and "
        f"2026-03-03; rename {paths[1]}"
    )


def test_only_some_files_are_reported_on_and_all_are_known():
    text = with_fields(SMALL, "related:\n  - 2026-03-02-b\nservices:\n  - gateway\n")
    readings = tuple(
        read_postmortem(f"incidents/2026/2026-03-0{day}-{name}.md", text.encode(), conventions())
        for day, name in enumerate("abc", 1)
    )
    about_b = Finding(readings[1].path, 1, 1, "S121", Severity.ERROR, "twice")
    library = replace(Library(readings, ()), findings=(about_b,))
    found = judge(library, conventions(), AS_OF, only=frozenset({readings[0].path, "incidents/none.md"}))
    assert [(f.path, f.code) for f in found] == [(readings[0].path, "X03")]
    assert judge(library, conventions(), AS_OF, only=frozenset()) == []
