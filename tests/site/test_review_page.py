"""Review quality says something true whatever there is: nothing, others' incidents, few reviews, drafts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from site_bench import make_tree
from site_cases import RETOLD, path

from sites import EVERYTHING, incident, parse

if TYPE_CHECKING:
    from pathlib import Path

    from sites import Node

REVIEW = {"held": "2026-04-03", "length_min": 60, "facilitator": {"role": "Lead", "responded": False}}


def severe(number: int, **changes: Any) -> tuple[str, str]:
    return path(f"2026-03-{number:02}-case-{number}"), incident(changes, base=EVERYTHING)


def page(root: Path, *files: tuple[str, str]) -> Node:
    made = make_tree(root, dict(files)).pages["review/index.md"]
    return parse(made.render(lambda uri: f"/{uri}").html)


def finding(page: Node) -> str:
    return " ".join(page.one("//p[@class='pm-finding']").text_content().split())


@pytest.mark.parametrize(
    ("files", "text"),
    [
        ([], "No incident is recorded here yet"),
        ([severe(1, **RETOLD)], "This library has no incidents of its own"),
        ([severe(1, severity="sev4")], "No incident here was at or above SEV2, so none needs a full review."),
        (
            [severe(1, status="in-review", review=None, times={"started": "2026-05-30T10:00Z"})],
            "1 incident needs a full review, and none is due yet.",
        ),
        ([severe(1, status="in-review", review=None)], "0 of 1 review that was due was held."),
        ([severe(1)], "1 of 1 review that was due was held."),
        ([severe(1), severe(2, status="in-review", review=None)], "1 of 2 reviews that were due were held."),
        (
            [severe(n) for n in range(1, 7)],
            "6 of 6 reviews that were due were held. The median review came 3 days after recovery.",
        ),
        (
            [severe(n, review=REVIEW | {"length_min": 20}) for n in range(1, 3)],
            "2 of 2 reviews that were due were held. 2 of 2 may be box-ticking.",
        ),
    ],
)
def test_the_finding(tmp_path: Path, files: list[tuple[str, str]], text: str) -> None:
    assert finding(page(tmp_path, *files)).startswith(text)


def test_too_few_says_how_many_are_needed(tmp_path: Path) -> None:
    text = page(tmp_path, severe(1)).text()
    assert "Median: not enough data yet (6 reviews needed)." in text


def test_few_reviews_are_not_drawn(tmp_path: Path) -> None:
    assert page(tmp_path / "two", severe(1), severe(2)).all("//figure") == []
    assert len(page(tmp_path / "three", severe(1), severe(2), severe(3)).all("//figure")) == 2


def test_drafts_show_as_numbers_from_three_on(tmp_path: Path) -> None:
    drafts = [severe(n, status="draft", review=None, title=f"Draft number {n}") for n in range(2, 5)]
    few = page(tmp_path / "few", severe(1), *drafts[:2])
    none = page(tmp_path / "none", severe(1))
    assert few.text("//main") == none.text("//main")
    some = page(tmp_path / "some", severe(1), *drafts)
    assert finding(some).startswith("1 of 4 reviews that were due were held")
    assert "fewer than 3 (hidden) reviewed, 3 not" in some.text()
    assert "Draft number" not in some.text()


def test_signs_are_told_kindly_with_the_reason(tmp_path: Path) -> None:
    accepted = [{"rule": "R05", "reason": "Two years of practice."}]
    made = page(tmp_path, severe(1, review=REVIEW | {"length_min": 20}, accepted=accepted))
    text = made.text()
    assert "it took less than half an hour (the record says why: Two years of practice.)" in text
    assert "None of these is proof, and none is a fault of anyone's." in text
