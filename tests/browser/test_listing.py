"""The listing of incidents: narrowed down by facets and words, sorted, sent by address, and without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect
from serving import served

from sites import MATERIAL, POLICY, KnowledgeBaseOnDisk, incident, to_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

OpenPage = "Callable[..., Page]"
TRIGGERS = ("deploy", "expiry", "config-change")
SHOWN = "table tr[data-facets]:not([hidden])"


def record(number: int) -> str:
    """Records that differ: every third trigger, every second severity, longer and longer."""
    minutes = 10 + number % 50
    return incident(
        {
            "title": f"Incident {number} of {'checkout' if number % 4 else 'search'}",
            "severity": f"sev{3 + number % 2}",
            "trigger": TRIGGERS[number % 3],
            "services": ["checkout" if number % 4 else "payments"],
            "times": {
                "started": "2026-03-31T10:00Z",
                "detected": "2026-03-31T10:01Z",
                "contained": f"2026-03-31T10:{minutes}Z",
                "recovered": f"2026-03-31T10:{minutes}Z",
            },
        }
    )


def laid_down(root: Path, count: int, *, years: int = 2) -> KnowledgeBaseOnDisk:
    kb = KnowledgeBaseOnDisk(root)
    kb.configure(**MATERIAL)
    kb.write({"schemas/policy.yaml": to_yaml(POLICY)})
    kb.write(
        {
            f"incidents/{2026 - n % years}/{2026 - n % years}-01-{1 + n // years % 28:02}-x{n}.md": record(n)
            for n in range(count)
        }
    )
    return kb


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(laid_down(tmp_path_factory.mktemp("small"), 12).build().folder) as address:
        yield address


def shown(page: Page) -> list[str]:
    return page.locator(f"{SHOWN} th a").all_inner_texts()


def test_facets_narrow_down_and_count(open_page: OpenPage, small: str) -> None:
    page = open_page(small)
    page.goto("/incidents/")
    expect(page.get_by_role("status")).to_have_text("12 post-mortems")
    page.get_by_role("checkbox", name="SEV3").check()
    expect(page.get_by_role("status")).to_have_text("6 of 12 post-mortems")
    page.get_by_role("checkbox", name="Expiry").check()
    expect(page.get_by_role("status")).to_have_text("2 of 12 post-mortems")
    assert sorted(shown(page)) == ["Incident 10 of checkout", "Incident 4 of search"]
    # Within a facet values add up; what the other facet says still holds.
    page.get_by_role("checkbox", name="Deployment").check()
    expect(page.get_by_role("status")).to_have_text("4 of 12 post-mortems")
    count = page.locator("label", has_text="SEV4").locator("data")
    assert count.inner_text() == "4"


def test_state_is_in_the_address(open_page: OpenPage, small: str) -> None:
    page = open_page(small)
    page.goto("/incidents/")
    page.get_by_label("Find by words").fill("search")
    page.get_by_role("checkbox", name="SEV3").check()
    expect(page.get_by_role("status")).to_have_text("3 of 12 post-mortems")
    query = parse_qs(urlsplit(page.url).query)
    assert query == {"words": ["search"], "severity": ["sev3"]}
    other = open_page(small)
    other.goto(urlsplit(page.url).path + "?" + urlsplit(page.url).query)
    expect(other.get_by_role("status")).to_have_text("3 of 12 post-mortems")
    assert shown(other) == shown(page)
    assert other.get_by_role("checkbox", name="SEV3").is_checked()


@pytest.mark.parametrize(
    "state", ["__proto__", "-__proto__", "constructor", "toString", "-", "%00", "date&sort=x"]
)
def test_a_state_that_makes_no_sense_breaks_nothing(open_page: OpenPage, small: str, state: str) -> None:
    page = open_page(small)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"/incidents/?sort={state}")
    page.locator("th[data-sort] button").first.click()
    assert errors == []


def test_clearing_shows_all_again(open_page: OpenPage, small: str) -> None:
    page = open_page(small)
    page.goto("/incidents/?severity=sev3&words=nothing")
    expect(page.get_by_role("status")).to_contain_text("0 of 12 post-mortems")
    page.get_by_role("button", name="Clear all filters").click()
    expect(page.get_by_role("status")).to_have_text("12 post-mortems")
    assert urlsplit(page.url).query == ""


def test_sorting(open_page: OpenPage, small: str) -> None:
    page = open_page(small)
    page.goto("/incidents/")
    by_date = shown(page)
    page.get_by_role("button", name="Time to recover").click()
    column = page.locator("th", has=page.get_by_role("button", name="Time to recover"))
    expect(column).to_have_attribute("aria-sort", "descending")
    lengths = [
        int(row) for row in page.locator(SHOWN).evaluate_all("rows => rows.map(row => row.dataset.seconds)")
    ]
    assert lengths == sorted(lengths, reverse=True)
    page.get_by_role("button", name="Time to recover").click()
    expect(column).to_have_attribute("aria-sort", "ascending")
    page.get_by_role("button", name="Date").click()
    assert shown(page) == by_date


def test_by_keys_alone(open_page: OpenPage, small: str) -> None:
    page = open_page(small)
    page.goto("/incidents/")
    page.get_by_label("Find by words").focus()
    page.keyboard.type("search")
    expect(page.get_by_role("status")).to_have_text("3 of 12 post-mortems")
    for _ in range(4):
        page.keyboard.press("Tab")  # the filters, the severities, the first of them, the second
    page.keyboard.press("Space")
    assert page.evaluate("document.activeElement.value") == "sev4"
    expect(page.get_by_role("status")).to_contain_text("0 of 12 post-mortems")


def test_without_a_script_the_table_is_whole(browser: Browser, small: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=small)
    page = context.new_page()
    page.goto("/incidents/")
    assert page.locator("tr[data-facets]").count() == 12
    assert not page.locator(".pm-facets").is_visible()
    context.close()
