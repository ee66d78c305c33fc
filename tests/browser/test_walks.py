"""Three people on the site of the made-up organisation, each from home to what they came for."""

from __future__ import annotations

import csv
import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect
from serving import served
from walking import Visitor, comes_into_view

from sites import demo_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OpenPage = "Callable[..., Page]"
CHANGE = "Change a setting, a flag, a rule or DNS"
VOUCHERS = "Vouchers were refused for 50 minutes because their limit had been set to £0.50"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(demo_site(tmp_path_factory).folder) as address:
        yield address


def test_engineer_before_a_change(open_page: OpenPage, demo: str) -> None:
    """By keys alone: to the checklist of a kind of change on a service, into the ticket, and to an incident."""
    page = open_page(demo)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    engineer = Visitor.at(page)
    engineer.follow("Skip to content", most=1)
    engineer.follow("Before a change what went wrong for others", most=20)
    engineer.sees("Before a change")
    engineer.follow(CHANGE)
    engineer.sees(CHANGE)
    engineer.tab_to("Checkout", among="[type=checkbox]")
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile(r"\?service=checkout$"))
    engineer.tab_to("Copy as Markdown", most=8)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"## {CHANGE} (checkout)\n\nFrom 4 incidents")
    assert "- [ ] " in copied
    assert "2026-04-21-voucher-limit" in copied

    # What stands of a service alone; by Tab comes next what is below its heading.
    engineer.follow("Checkout", most=8)
    expect(page.get_by_role("heading", level=3, name="Checkout")).to_be_in_viewport()
    engineer.follow(VOUCHERS, most=6)
    engineer.sees(VOUCHERS)
    engineer.back()
    engineer.sees(CHANGE)


def test_engineer_looks_for_words(open_page: OpenPage, demo: str) -> None:
    page = open_page(demo)
    engineer = Visitor.at(page)
    page.keyboard.press("/")
    page.keyboard.type("certificate", delay=20)
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: urlsplit(url).path != "/")
    assert engineer.page.locator("article").get_by_text("certificate").count()


def test_engineer_narrows_incidents_down_and_sends_them(open_page: OpenPage, demo: str) -> None:
    page = open_page(demo)
    engineer = Visitor.at(page)
    engineer.follow("Incidents")
    engineer.sees("Incidents")
    state = page.get_by_role("status")
    expect(state).to_have_text("35 post-mortems")
    engineer.tab_to("SEV2 major 9")
    page.keyboard.press("Space")
    expect(state).to_have_text("9 of 35 post-mortems")
    engineer.tab_to("Deployment 4")
    page.keyboard.press("Space")
    expect(state).to_have_text("4 of 35 post-mortems")
    assert parse_qs(urlsplit(page.url).query) == {"severity": ["sev2"], "trigger": ["deploy"]}

    colleague = open_page(demo)
    Visitor.at(colleague, page.url)
    expect(colleague.get_by_role("status")).to_have_text("4 of 35 post-mortems")
    found = "table tr[data-facets]:not([hidden]) th a"
    assert colleague.locator(found).all_inner_texts() == page.locator(found).all_inner_texts()
    engineer.follow(page.locator(found).first.inner_text())
    expect(page.get_by_text("SEV2 major").first).to_be_visible()
    engineer.back()
    expect(state).to_have_text("4 of 35 post-mortems")


def test_leader_before_a_meeting(open_page: OpenPage, demo: str) -> None:
    """What needs attention, a quarter's brief, the records behind a figure, who is late, and with what."""
    page = open_page(demo)
    leader = Visitor.at(page)
    expect(page.get_by_role("heading", name="What needs attention")).to_be_in_viewport()
    page.get_by_role("link", name="Leadership brief").click()
    leader.sees("Leadership brief, Q3 2026")
    page.get_by_role("link", name="Q2 2026", exact=True).click()
    leader.sees("Leadership brief, Q2 2026")

    figure = page.locator(".pm-finding .pm-figure a").first
    count = int(figure.inner_text())
    figure.click()
    behind = page.locator(".pm-behind:target > li")
    expect(behind).to_have_count(count)
    expect(behind.first).to_be_in_viewport()
    title = behind.first.get_by_role("link").inner_text()
    behind.first.get_by_role("link").click()
    leader.sees(title)
    leader.back()

    page.get_by_role("link", name="Follow-through today, by owner").click()
    leader.sees("Follow-through")
    row = page.locator("tr", has=page.get_by_role("rowheader", name="Logistics")).first
    late = row.locator("[data-figure='owner.logistics.overdue'] a")
    count = int(late.inner_text())
    late.click()
    actions = page.locator(".pm-behind:target > li")
    expect(actions).to_have_count(count)
    title = actions.first.get_by_role("link").inner_text()
    actions.first.get_by_role("link").click()
    action = page.locator(".pm-actions > li:target")
    expect(action).to_contain_text(title)
    expect(action).to_contain_text("Owner: Logistics")
    assert comes_into_view(action)


def test_leader_follows_what_needs_attention(open_page: OpenPage, demo: str) -> None:
    """An overdue action leads to the incident that it is from, and there to itself."""
    page = open_page(demo)
    Visitor.at(page)
    line = page.locator(".pm-attention li", has_text="Overdue").first
    title = line.get_by_role("link").inner_text()
    line.get_by_role("link").click()
    action = page.locator(".pm-actions > li:target")
    expect(action).to_contain_text(title)
    assert comes_into_view(action)
    page.go_back()
    page.get_by_role("link", name="actions by owner").click()
    expect(page.get_by_role("heading", name="By owner")).to_be_visible()


def test_auditor_with_a_control_in_hand(open_page: OpenPage, demo: str) -> None:
    """The control by its name, its records, what in them may support it, what is meant by that, and the data."""
    page = open_page(demo)
    auditor = Visitor.at(page)
    page.get_by_role("link", name="Audit evidence").click()
    auditor.sees("Audit evidence")
    page.get_by_role("link", name=re.compile("27001.*A.5.27")).click()
    auditor.sees("ISO/IEC 27001:2022 A.5.27")
    rows = page.locator(".pm-supports tbody tr")
    records = (
        rows.get_by_role("rowheader")
        .get_by_role("link")
        .evaluate_all("links => links.map(link => link.pathname.split('/').at(-2))")
    )
    assert len(records) == 2

    supporting = rows.first.get_by_role("link", name="Factors")
    told = int(page.locator(f"[data-figure='{records[0]}.1']").get_attribute("value"))
    supporting.click()
    expect(page.locator(".pm-causes > li")).to_have_count(told)
    assert comes_into_view(page.locator(".pm-causes > li:target"))
    auditor.back()
    rows.first.get_by_role("link", name="Actions that are done").click()
    expect(page.locator(".pm-actions > li:target")).to_contain_text("Done")
    auditor.back()

    page.get_by_role("link", name="How it is computed").click()
    auditor.sees("Method")
    definition = page.get_by_role("heading", name="Audit evidence", exact=False).filter(has_text="Audit evidence")
    assert comes_into_view(definition.first)

    page.locator(".md-sidebar--primary").get_by_role("link", name="Data", exact=True).click()
    auditor.sees("Data")
    exported = list(csv.DictReader(downloaded(page, "incidents.csv").read_text(encoding="utf-8").splitlines()))
    assert set(records) <= {row["id"] for row in exported}
    with closing(sqlite3.connect(downloaded(page, "postmortems.db"))) as base:
        assert base.execute("SELECT count(*) FROM incidents").fetchone() == (len(exported),)
        of_first = base.execute("SELECT count(*) FROM factors WHERE incident = ?", records[:1])
        assert of_first.fetchone() == (told,)


def downloaded(page: Page, name: str) -> Path:
    """What a link of this name gives to keep."""
    with page.expect_download() as download:
        page.get_by_role("link", name=name, exact=True).click()
    return download.value.path()
