"""A post-mortem at a glance: what happened, how bad, how long, what was learnt; and how its parts read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from site_bench import render_all
from site_cases import RETOLD, WITHDRAWN, one, path, small

from sites import incident, words

if TYPE_CHECKING:
    from site_bench import MakeTree

    from sites import Node

STARTED = "2026-03-31T10:12Z"
ACTION = {"id": "A1", "title": "Mend it", "owner": "platform", "due": "2026-04-30", "done_when": "It holds."}


def page(tree: MakeTree, *changes: dict[str, Any], **options: Any) -> Node:
    return render_all(tree(one(*changes), **options))[path("2026-03-31-case")].node


def facts(node: Node) -> dict[str, str]:
    return {words(pair[0]): words(pair[1]) for pair in node.all("//dl[@class='pm-facts']/div")}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {"Impact": "High technical", "Time to detect": "8 min", "Time to recover": "43 min"}),
        (
            {
                "impact": {
                    "technical": "medium",
                    "data": "critical",
                    "business": "critical",
                    "users": {"count": 12},
                }
            },
            {"Impact": "Critical business and data", "Users": "12"},
        ),
        ({"impact": {"users": {"count": 41000, "approx": True}}}, {"Impact": None, "Users": "about 41,000"}),
        ({"impact": {"data": "none", "business": "unknown"}}, {"Impact": None}),
        (
            {"times": {"started": STARTED, "detected": "2026-03-31T10:20Z"}, "state": "ongoing"},
            {"Time to detect": "8 min", "Time to contain": "not recorded", "Time to recover": "not yet"},
        ),
        (
            RETOLD | {"times": {"started": STARTED}, "not_stated": ["times"], "duration_stated": "45 min"},
            {
                "Duration as stated": "45 min",
                "Time to detect, to contain, to recover": "not stated",
                "Time to detect": None,
            },
        ),
        ({"class": "near-miss", "times": None}, {"Time to detect": None, "Time to recover": None, "Class": None}),
        (
            {"class": "near-miss", "times": None, "detection": {"source": "staff", "before_impact": True}},
            {"Time to detect": "caught before impact", "Time to contain": None, "Noticed by": "Staff"},
        ),
    ],
    ids=["own", "worst", "only-users", "no-harm", "ongoing", "only-stated", "near-miss", "caught"],
)
def test_how_bad_and_how_long(tree: MakeTree, changes: dict[str, Any], expected: dict[str, str | None]) -> None:
    found = facts(page(tree, changes))
    assert {name: found.get(name) for name in expected} == expected


def test_what_goes_on_says_so(tree: MakeTree) -> None:
    node = page(tree, {"times": {"started": STARTED}, "state": "ongoing"})
    assert "Ongoing" in words(node.of_class("pm-kicker")[0])


@pytest.mark.parametrize(
    ("lessons", "shown"),
    [
        (None, []),
        (["improve: Watch it."], ["Lesson: Watch it."]),
        (
            ["worked: The hotline knew.", "improve: Watch it.", "lucky: It was quiet."],
            ["Lesson: Watch it. And 2 more."],
        ),
    ],
)
def test_what_was_learnt_stands_above(tree: MakeTree, lessons: list[str] | None, shown: list[str]) -> None:
    assert list(map(words, page(tree, {"lessons": lessons}).of_class("pm-learnt"))) == shown


@pytest.mark.parametrize(
    ("changes", "overdue"),
    [({}, True), ({"due": "2026-06-30"}, False), ({"status": "done", "closed": "2026-04-20"}, False)],
)
def test_an_action_that_is_overdue(tree: MakeTree, changes: dict[str, str], *, overdue: bool) -> None:
    node = page(tree, {"no_actions_reason": None, "actions": [ACTION | changes]})
    assert ("Overdue" in node.text("//li[@id='a1']")) is overdue


def test_parts_are_called_by_what_the_prose_calls_them(tree: MakeTree) -> None:
    node = page(tree, {"no_actions_reason": None, "actions": [ACTION]})
    assert [words(element) for element in node.of_class("pm-id")] == ["F1", "L1", "A1"]


def test_the_timeline_says_each_day_once(tree: MakeTree) -> None:
    at = ["2026-03-31", "2026-03-31T23:50Z", "2026-03-31T23:55:10Z", "2026-04-01T00:05Z", "2026-04-01T02:10+02:00"]
    node = page(tree, {"timeline": [{"at": moment, "what": "Something."} for moment in at]})
    assert node.texts("//ol[@class='pm-timeline']//time") == [
        "31 March 2026",
        "31 March 2026, 23:50 UTC",
        "23:55:10 UTC",
        "1 April 2026, 00:05 UTC",
        "00:10 UTC",
    ]


def test_one_phase_alone_makes_no_bar(tree: MakeTree) -> None:
    times = {"started": STARTED, "recovered": "2026-03-31T10:55Z"}
    assert page(tree, {"times": times}).of_class("pm-phase") == []
    assert len(page(tree).of_class("pm-phase")) == 1


def test_what_was_withdrawn_leads_to_what_takes_its_place(tree: MakeTree) -> None:
    gone = path("2026-03-30-gone")
    related = {"related": [{"id": "2026-03-30-gone", "as": "supersedes"}]}
    files = dict([small(1, related), small(2)]) | {gone: incident(WITHDRAWN)}
    links = render_all(tree(files))[gone].node.links()
    assert list(links.values()) == [f"/{path('2026-03-01-case-1')}"]
