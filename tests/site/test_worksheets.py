"""The worksheet of a review: for which records there is one, and what it makes of what is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from site_bench import make_tree
from site_cases import path

from sites import EVERYTHING, POLICY, SMALL, incident, parse

if TYPE_CHECKING:
    from pathlib import Path

    from sites import Node

NAME = "2026-03-31-case"
UNDER_WAY = {"status": "in-review", "review": None, "published": None}
BARE_DRAFT = {"schema": 1, "title": "A draft", "status": "draft", "tlp": "CLEAR", "severity": "sev1"}


def sheet(root: Path, changes: dict[str, Any], others: dict[str, str] | None = None, **options: Any) -> Node:
    """The worksheet of a full record with changes."""
    files = {path(NAME): incident(UNDER_WAY, changes, base=options.pop("base", EVERYTHING))} | (others or {})
    page = make_tree(root, files, **options).pages[f"worksheets/{NAME}.md"]
    return parse(page.render(lambda uri: f"/{uri}").html)


def section(page: Node, anchor: str) -> str:
    """The text between a heading and the next."""
    heading = page.one(f"//h2[@id='{anchor}']")
    parts = []
    for element in heading.itersiblings():
        if element.tag == "h2":
            break
        parts.append(" ".join(element.text_content().split()))
    return " ".join(parts)


def rows(page: Node, anchor: str) -> list[list[str]]:
    table = page.one(f"//h2[@id='{anchor}']/following::table[1]")
    return [[" ".join(cell.text_content().split()) for cell in row] for row in table.findall("tbody/tr")]


@pytest.mark.parametrize(
    ("changes", "there"),
    [
        ({}, True),
        ({"status": "draft"}, True),
        ({"status": "published", "review": EVERYTHING["review"]}, False),
        ({"severity": "sev3"}, False),
        ({"provenance": "public-report", "organisation": "Someone else"}, False),
        ({"provenance": "imported"}, False),
        ({"class": "maintenance"}, False),
        ({"class": "near-miss"}, True),
    ],
    ids=str,
)
def test_which_records_have_one(tmp_path: Path, changes: dict[str, Any], *, there: bool) -> None:
    made = make_tree(tmp_path, {path(NAME): incident(UNDER_WAY, changes, base=EVERYTHING)}, preview=True)
    assert (f"worksheets/{NAME}.md" in made.pages) is there
    head = parse(made.incidents[path(NAME)].head(lambda uri: f"/{uri}").html)
    assert (f"/worksheets/{NAME}.md" in head.links("//a").values()) is there
    listing = parse(made.pages["review/index.md"].render(lambda uri: f"/{uri}").html)
    assert (f"/worksheets/{NAME}.md" in listing.links("//a").values()) is there


def test_no_draft_has_one_on_a_site_that_shows_no_drafts(tmp_path: Path) -> None:
    made = make_tree(tmp_path, {path(NAME): incident(UNDER_WAY, {"status": "draft"}, base=EVERYTHING)})
    assert not [uri for uri in made.pages if uri.startswith("worksheets/")]


def test_facts(tmp_path: Path) -> None:
    page = sheet(tmp_path, {})
    facts = dict(zip(page.texts("//dl/div/dt"), page.texts("//dl/div/dd"), strict=True))
    assert facts == {
        "Incident": "31 March 2026",
        "Severity": "SEV1 (declared as SEV2)",
        "Class": "Operational",
        "Services": "Payments, Checkout",
        "Record": f"{NAME}; In review; TLP:CLEAR",
        "Review": "due on 7 April 2026, 55 days ago",
    }


def test_who_should_be_there(tmp_path: Path) -> None:
    found = {row[0]: row[1] for row in rows(sheet(tmp_path, {}), "people")}
    assert list(found) == [
        *("Facilitator", "Team: Platform team", "Management", "Legal", "Communications", "Compliance"),
    ]
    assert found["Team: Platform team"] == "took part in the response; owns Payments; is to do A1, A2"
    assert found["Management"] == "what it meant for the business: High; it cost money"
    assert found["Legal"] == "notices to authorities are recorded"
    assert found["Communications"] == "what it meant for trust: Medium; users felt it"
    assert found["Compliance"] == "notice under EU-DORA Art. 19"


def test_a_facilitator_who_responded_is_pointed_out(tmp_path: Path) -> None:
    review = {"facilitator": {"role": "Service manager", "responded": True}}
    first = rows(sheet(tmp_path, {"review": review}), "people")[0]
    assert first[0] == "Facilitator: Service manager"
    assert "better ask someone who did not" in first[1]


def test_chronology_with_its_gaps(tmp_path: Path) -> None:
    found = rows(sheet(tmp_path, {}), "chronology")
    assert [row[:3] for row in found][:5] == [
        ["31 March 2026, 10:00", "− 12 min", "Set off"],
        ["10:12", "0", "Harm begins"],
        ["10:20", "+ 8 min", "Customers call the hotline. (detected)"],
        ["10:22", "+ 10 min", "Acknowledged"],
        ["10:24", "+ 12 min", "Work on it begins"],
    ]
    assert ["", "", "Nothing is recorded for 20 min. What happened here?", ""] in found
    assert found[-2:] == [["", "", "", ""]] * 2  # room for what is missing


def test_decisions_and_communication(tmp_path: Path) -> None:
    timeline = [
        {"at": "2026-03-31T10:25Z", "what": "To wait.", "kind": "decision"},
        {"at": "2026-03-31T10:45Z", "what": "Merchants are told.", "kind": "communication"},
    ]
    page = sheet(tmp_path, {"timeline": timeline})
    assert rows(page, "decisions")[0] == ["31 March 2026, 10:25", "To wait.", "", ""]
    assert rows(page, "communication")[0] == ["31 March 2026, 10:45", "Merchants are told.", ""]
    assert "for 25 min, from 31 March 2026, 10:20 UTC to 31 March 2026, 10:45 UTC" in section(
        page, "communication"
    )
    assert "Notice under EU-DORA Art. 19: clock started 31 March 2026, 12:00 UTC" in section(page, "communication")


def test_what_is_not_recorded_is_asked(tmp_path: Path) -> None:
    files = {path(NAME): incident(base=BARE_DRAFT)}
    made = make_tree(tmp_path, files, preview=True).pages[f"worksheets/{NAME}.md"]
    found = section(parse(made.render(lambda uri: f"/{uri}").html), "open")
    for asked in (
        "Not recorded: summary (is what most readers will read",
        "Not recorded: impact.technical (says what the incident did to systems)",
        "When did harm begin?",
        "When was normal operation back?",
    ):
        assert asked in found
    assert "factors" not in found  # they have a section of their own


def test_what_is_doubtful_is_asked(tmp_path: Path) -> None:
    times = {"started": "2026-03-31T10:20Z", "detected": "2026-03-31T10:20Z"}
    impact = EVERYTHING["impact"] | {"data": "unknown"}
    found = section(sheet(tmp_path, {"times": times, "impact": impact, "detection": "unknown"}), "open")
    assert "Start and detection are the same moment" in found
    assert "What it did to data is not known." in found
    assert "Who noticed first is not known." in found
    assert "Sources contradict each other: The status page says 10:15" in found
    assert "“Declared” is an estimate, about 31 March 2026, 10:30 UTC" in section(sheet(tmp_path, {}), "open")


def test_the_seven_questions(tmp_path: Path) -> None:
    found = section(sheet(tmp_path, {}), "questions")
    assert (
        "1. Was the incident detected as quickly as it should have been? So far: No. Customers were first."
        in found
    )
    assert "The record says: Time to detect: 8 min. Noticed by: A customer." in found
    assert (
        "Declared as SEV2, now SEV1. Impact: Business: High, Technical: High, Data: None, Reputation: Medium."
        in found
    )
    assert "So far: Yes. Why? There is no note yet." in found
    assert "Monitoring: Watch the gateway from outside." in found
    assert "Factors that rest on a piece of evidence: 1 of 2." in found
    unanswered = section(sheet(tmp_path, {"questions": None}), "questions")
    assert unanswered.count("☐ Yes ☐ Partly ☐ No ☐ Not applicable") == 6
    assert "Monitoring: …" in unanswered


def test_how_the_response_went(tmp_path: Path) -> None:
    found = rows(sheet(tmp_path, {"evaluation": {"detection": "delayed"}}), "evaluation")
    assert found[0] == ["Detection", "8 min", "Delayed", ""]
    assert found[1] == ["Containment", "30 min", "☐ Effective ☐ Mixed ☐ Delayed ☐ Not applicable", ""]


def test_factors_lessons_and_actions(tmp_path: Path) -> None:
    actions = [EVERYTHING["actions"][0] | {"addresses": ["F1"]}]
    page = sheet(tmp_path, {"actions": actions})
    factors = section(page, "factors")
    assert factors.count("What made this possible? What else had to be true?") == 2
    assert "The renewal job had no alarm → the certificate ran out unnoticed." in factors
    assert "Nothing yet on: " in factors
    assert "The hotline knew whom to call." in section(page, "lessons")
    found = rows(page, "actions")
    assert found[0] == [
        "A1 Alarm three weeks before a certificate ends",
        "Platform team",
        "30 April 2026",
        "Every certificate of the gateway has an alarm.",
        "F1",
    ]
    assert found[1:] == [[""] * 5] * 3
    missing = section(page, "actions")
    assert "☐ F2 " in missing
    assert "Was the incident detected as quickly as it should have been? No" in missing


def test_earlier_incidents(tmp_path: Path) -> None:
    earlier = "2026-01-10-earlier"
    other = incident(
        {
            "title": "The certificate of the gateway ran out before",
            "times": {"started": "2026-01-10T09:00Z"},
            "services": ["payments"],
            "factors": EVERYTHING["factors"],
            "actions": [
                {
                    "id": "A1",
                    "title": "Renew it by itself",
                    "owner": "platform",
                    "due": "2026-09-01",
                    "addresses": ["F1"],
                }
            ],
            "no_actions_reason": None,
        },
        base=SMALL,
    )
    page = sheet(tmp_path, {"related": [earlier]}, {path(earlier): other})
    found = section(page, "earlier")
    assert "See also. The same factor, Expiry" in found
    assert "the action “Renew it by itself” was still open when this one began." in found
    assert f"/{path(earlier)}" in page.links("//a").values()
    assert not sheet(tmp_path / "alone", {}).all("//h2[@id='earlier']")


def test_in_another_language(tmp_path: Path) -> None:
    page = sheet(tmp_path, {}, policy=POLICY | {"language": "de"})
    assert page.text("//h1") == "Arbeitsblatt zur Nachbesprechung: Expired certificate stopped all card payments"
    assert "Für 20 min ist nichts festgehalten. Was geschah hier?" in section(page, "chronology")
    assert "So far" not in page.text()
