"""Pages on causes stay light: they show the newest of long lists, say so, and lead on to where all of them are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from site_bench import make_tree, render_all
from site_cases import path

from postmortems.rendering import figures
from postmortems.site.pages import lessons, services
from postmortems.site.pages.factors import factor
from sites import incident

if TYPE_CHECKING:
    from pathlib import Path

    from sites import Node

COUNT = factor.SHOWN + 5
LESSONS = [
    {"kind": "improve", "text": f"Let one host take it first, part {n}.", "audience": ["engineering"]}
    for n in range(3)
]
ACTION = {
    "title": "Mend it",
    "owner": "platform",
    "due": "2026-04-01",
    "done_when": "It holds.",
    "addresses": ["F1"],
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Node]:
    """The pages of many incidents that are alike, each with three lessons and an open action."""
    changes = {"lessons": LESSONS, "actions": [{"id": "A1", **ACTION}], "no_actions_reason": None}
    files = {
        path(f"2026-{2 + n // 28:02}-{1 + n % 28:02}-case-{n}"): incident(
            changes, {"times": {"started": f"2026-{2 + n // 28:02}-{1 + n % 28:02}T10:00Z"}}
        )
        for n in range(COUNT)
    }
    made = render_all(make_tree(tmp_path_factory.mktemp("many"), files))
    return {uri: page.node for uri, page in made.items()}


def entries(page: Node, anchor: str) -> int:
    return len(page.all(f"//h2[@id='{anchor}']/following-sibling::ul[1]/li"))


@pytest.mark.parametrize("anchor", ["incidents", "actions", "lessons"])
def test_the_page_of_a_factor(pages: dict[str, Node], anchor: str) -> None:
    page = pages["factors/change.rollout.md"]
    assert entries(page, anchor) == factor.SHOWN
    assert page.one(f"//h2[@id='{anchor}']/data").get("value") == str(3 * COUNT if anchor == "lessons" else COUNT)


def test_repeats_too(pages: dict[str, Node]) -> None:
    page = pages["factors/change.rollout.md"]
    assert len(page.all("//h3[@id='before-fix']/following-sibling::ul[1]/li")) == factor.SHOWN
    # The newest one repeats all others; two of them are named, and how many there are is said.
    first = page.all("//h3[@id='before-fix']/following-sibling::ul[1]/li")[0]
    assert len(first.xpath("./ul")) == 2
    assert first.xpath("string(.//data/@value)") == str(COUNT - 1)


@pytest.mark.parametrize("anchor", ["incidents", "actions", "lessons"])
def test_the_page_of_a_service(pages: dict[str, Node], anchor: str) -> None:
    assert entries(pages["services/checkout.md"], anchor) == services.SHOWN


@pytest.mark.parametrize(
    ("uri", "address"),
    [
        ("factors/change.rollout.md", "/incidents/index.md?factor=change.rollout"),
        ("services/checkout.md", "/incidents/index.md?service=checkout"),
    ],
)
def test_they_lead_to_the_listing_narrowed_down(pages: dict[str, Node], uri: str, address: str) -> None:
    assert pages[uri].links()["All of them in the listing"] == address


def test_the_listing_of_lessons_shows_the_newest_of_each_group(pages: dict[str, Node]) -> None:
    page = pages["lessons/index.md"]
    assert len(page.all("//h3[@id='improve-change']/following-sibling::ul[1]/li")) == lessons.NEWEST
    assert page.links()["All lessons on: Change"] == "/lessons/on-change.md#improve"
    assert entries(pages["lessons/on-change.md"], "improve") == 3 * COUNT
    assert entries(pages["lessons/for-engineering.md"], "improve") == 3 * COUNT


def test_no_page_of_lessons_grows_without_end(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.setattr(lessons, "MOST", 2)
    files = {path(f"2026-03-{n:02}-case"): incident({"lessons": LESSONS[:1]}) for n in range(1, 4)}
    page = render_all(make_tree(tmp_path_factory.mktemp("most"), files))["lessons/on-change.md"].node
    assert entries(page, "improve") == 2
    assert "The newest 2 are shown" in page.text("/*")
    assert page.one("//h2[@id='improve']/data").get("value") == "3"


def test_all_lists_of_a_page_together_have_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where very many figures have records behind them, the last ones lead to the listing of incidents."""
    monkeypatch.setattr(figures, "_ON_A_PAGE", -1)
    tree = make_tree(tmp_path, {path(f"2026-02-0{n}-case-{n}"): incident() for n in range(1, 4)})
    page = render_all(tree)["precedents/index.md"].node
    assert not page.of_class("pm-behind")
    addresses = set(page.root.xpath("//data[@data-figure]/a/@href"))
    assert addresses
    assert all(not address.startswith("#behind") for address in addresses)
