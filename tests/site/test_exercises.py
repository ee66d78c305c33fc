"""The exercise of an incident: for which records there is one, what players see when, and nobody's role in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from site_bench import make_tree
from site_cases import path

from sites import EVERYTHING, SMALL, incident, parse, words

if TYPE_CHECKING:
    from pathlib import Path

    from sites import Node

NAME = "2026-03-31-case"
URI = f"readiness/exercises/{NAME}.md"


def entry(clock: str, what: str, kind: str = "observation") -> dict[str, Any]:
    return {"at": f"2026-03-31T{clock}Z" if ":" in clock else clock, "what": what, "kind": kind}


STORY = [
    entry("10:00", "A change goes out.", "action"),
    entry("10:20", "Customers call the hotline."),
    entry("10:30", "Declared; the duty manager leads.", "decision"),
    entry("10:40", "Merchants are told.", "communication"),
    entry("10:50", "A new certificate is put in.", "action"),
    entry("10:55", "Payments go through."),
]


def page(root: Path, changes: dict[str, Any] | None = None, **options: Any) -> Node:
    files = {path(NAME): incident({"timeline": STORY}, changes or {}, base=EVERYTHING)}
    made = make_tree(root, files, **options).pages[URI]
    return parse(made.render(lambda uri: f"/{uri}").html)


def steps(page: Node) -> dict[str, str]:
    """What stands under each step, without what is folded away."""
    found = {}
    for heading in page.all("//h2[starts-with(@id, 'step-')]"):
        parts = []
        for element in heading.itersiblings():
            if element.tag == "h2":
                break
            if element.tag != "details":
                parts.append(words(element))
        found[words(heading).rstrip("¶")] = " ".join(parts)
    return found


@pytest.mark.parametrize(
    ("changes", "there"),
    [
        ({}, True),
        ({"timeline": STORY[:3]}, False),
        ({"timeline": STORY[:4]}, True),
        ({"timeline": [entry(f"10:0{n}", "Before it was detected.") for n in range(6)]}, False),
        ({"state": "ongoing"}, False),
        ({"class": "maintenance"}, False),
        ({"class": "exercise"}, True),
        ({"provenance": "public-report", "organisation": "Someone else"}, True),
        ({"status": "in-review", "review": None}, True),
    ],
    ids=str,
)
def test_which_records_have_one(tmp_path: Path, changes: dict[str, Any], *, there: bool) -> None:
    made = make_tree(tmp_path, {path(NAME): incident({"timeline": STORY}, changes, base=EVERYTHING)})
    assert (URI in made.pages) is there
    head = parse(made.incidents[path(NAME)].head(lambda uri: f"/{uri}").html)
    assert (f"/{URI}" in head.links("//a").values()) is there
    listing = parse(made.pages["readiness/index.md"].render(lambda uri: f"/{uri}").html)
    assert (f"/{URI}" in listing.links("//a").values()) is there


def test_the_title_does_not_tell_the_end(tmp_path: Path) -> None:
    assert page(tmp_path).text("//h1") == "Exercise: Payments, Checkout, 31 March 2026"
    retold = {"provenance": "public-report", "organisation": "Someone else"}
    assert page(tmp_path / "retold", retold).text("//h1") == "Exercise: Someone else, 31 March 2026"


def test_the_situation(tmp_path: Path) -> None:
    found = page(tmp_path).texts("//h2[@id='situation']/following-sibling::ul[1]/li")
    for line, fact in zip(found, ("Example Bank", "Payments, Checkout", "Tuesday", "customer"), strict=True):
        assert fact in line
    assert "March" in found[2]
    assert "10:20" in found[2]


def test_players_learn_it_as_it_came(tmp_path: Path) -> None:
    found = steps(page(tmp_path))
    assert [re.findall(r"\d+", step) for step in found] == [
        ["1"],
        *(["2", "10"], ["3", "20"], ["4", "30"], ["5", "35"]),
    ]
    observed, decision, told, action, last = found.values()
    assert observed.startswith("Customers call the hotline.")
    assert "decide" in decision
    assert told.startswith("Merchants are told.")
    assert last.startswith("Payments go through.")
    asked = [re.sub(r"^[^.?]*\.", "", text).strip() for text in (observed, decision, told, action, last)]
    assert all("?" in question for question in asked)
    assert len(set(asked)) == len(asked), "each kind of entry asks something else"


def test_what_was_decided_done_or_unknown_is_folded_away(tmp_path: Path) -> None:
    found = page(tmp_path)
    folds = [words(fold) for fold in found.all("//details")]
    assert folds[0].endswith("Declared; someone leads.")
    assert folds[1].endswith("A new certificate is put in.")
    for told in ("A change goes out.", "The renewal job had no alarm", "Alarm on the date of expiry"):
        assert told in folds[2]
    for fold in found.all("//details"):
        fold.drop_tree()
    open_text = found.text()
    for hidden in ("certificate", "A change goes out", "someone leads", "renewal job"):
        assert hidden not in open_text, hidden


def test_nobody_is_told_by_their_role(tmp_path: Path) -> None:
    assert "duty manager" not in page(tmp_path).text()


def test_days_and_moments_without_detection(tmp_path: Path) -> None:
    timeline = [
        entry("2026-03-29", "A mail arrives."),
        entry("2026-03-31", "Another.", "communication"),
        entry("10:00", "It is looked at.", ""),
        entry("2026-04", "It is over.", "action"),
    ]
    timeline[2].pop("kind")
    found = steps(page(tmp_path, {"timeline": timeline, "times": {}, "state": "resolved"}))
    assert [step.split()[-2:] for step in list(found)[1:]] == [["2", "days"], ["2", "days"], ["April", "2026"]]
    looked_at = list(found.values())[2]
    assert looked_at.startswith("It is looked at.")
    assert looked_at.endswith("?")


def test_only_what_the_audience_may_see(tmp_path: Path) -> None:
    secret = {"redacted": ["timeline.5", "summary", "factors.F1"]}
    text = page(tmp_path, secret).text()
    for hidden in ("A new certificate is put in.", EVERYTHING["summary"], "renewal job"):
        assert hidden not in text
    made = make_tree(tmp_path / "amber", {path(NAME): incident({"timeline": STORY, "tlp": "AMBER"}, base=SMALL)})
    assert URI not in made.pages
