"""Every kind of page, light and dark, on a desk and on a telephone: nothing that anyone could object to.

axe-core finds nothing; the policy of content security is kept, and nothing is asked of another host; no page is
wider than its window; what the keyboard reaches is ringed, and the ring told from its ground; nothing moves where
that is not wanted.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from kinds import all_templates, corner_site, kinds, previewed_site
from serving import served

from sites import EPOCH, demo_site, reference_site

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from sites import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OpenPage = "Callable[..., Page]"
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SEARCHED = "search/?find=cards"
# What its HTML looks like is the plug-in's own affair.
ONLY_WITH_PLUGINS = {"plugin-page.html"}
LISTEN = """
window.broken = [];
document.addEventListener("securitypolicyviolation",
    event => window.broken.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`));
"""


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Site]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        patch.setenv("NO_MKDOCS_2_WARNING", "1")
        corners = corner_site(tmp_path_factory.mktemp("corners"))
        preview = previewed_site(tmp_path_factory.mktemp("preview"))
    return {
        "demo": demo_site(tmp_path_factory),
        "reference": reference_site(tmp_path_factory),
        "corners": corners,
        "preview": preview,
    }


@pytest.fixture(scope="module")
def addresses(sites: dict[str, Site]) -> Iterator[dict[str, str]]:
    with (
        served(sites["demo"].folder) as demo,
        served(sites["reference"].folder) as reference,
        served(sites["corners"].folder) as corners,
        served(sites["preview"].folder) as preview,
    ):
        yield {"demo": demo, "reference": reference, "corners": corners, "preview": preview}


def test_no_kind_is_forgotten(sites: dict[str, Site]) -> None:
    looked_at = {
        site.templates[name]
        for site in sites.values()
        for url in kinds(site)
        if (name := url if url.endswith(".html") else f"{url}index.html") in site.templates
    }
    assert looked_at == (all_templates() - ONLY_WITH_PLUGINS) | {"incident"}
    assert "404.html" in kinds(sites["demo"])


@pytest.mark.parametrize(
    ("name", "scheme", "width"),
    [
        ("demo", "light", 1400),
        ("demo", "light", 360),
        ("demo", "dark", 1400),
        ("demo", "dark", 360),
        ("reference", "light", 360),
        ("reference", "dark", 1400),
        ("corners", "light", 1400),
        ("corners", "dark", 360),
        ("preview", "light", 360),
        ("preview", "dark", 1400),
    ],
)
def test_nothing_is_objected_to(
    open_page: OpenPage, sites: dict[str, Site], addresses: dict[str, str], name: str, scheme: str, width: int
) -> None:
    elsewhere = set(sites["demo"].templates.values()) if name in {"corners", "preview"} else set()
    page = open_page(addresses[name], width, color_scheme=scheme, reduced_motion="reduce")
    page.add_init_script(LISTEN)
    found = {}
    for url in kinds(sites[name], elsewhere):
        page.goto(f"/{url.replace('search/', SEARCHED)}", wait_until="load")
        problems = [*_policy(page, secured=name != "preview"), *_width(page), *_motion(page), *_focus(page)]
        if problems := [*problems, *_axe(page)]:
            found[url] = problems
    assert found == {}, json.dumps(found, indent=1, ensure_ascii=False)


def _policy(page: Page, *, secured: bool) -> list[str]:
    policies = page.locator("meta[http-equiv=Content-Security-Policy]").count()
    return [*([] if policies == secured else [f"{policies} policies"]), *page.evaluate("window.broken")]


def _width(page: Page) -> list[str]:
    across, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    hidden = page.evaluate(
        """() => [...document.querySelectorAll("article table")].filter(table => {
            const box = table.closest(".pm-scroll, .md-typeset__scrollwrap") || table;
            const across = getComputedStyle(box).overflowX;
            return box.scrollWidth > box.clientWidth && !["auto", "scroll"].includes(across);
        }).length"""
    )
    return [
        *([f"{across} pixels wide"] if across > window else []),
        *([f"{hidden} tables cut off"] if hidden else []),
    ]


def _motion(page: Page) -> list[str]:
    return page.evaluate(
        """() => [...document.querySelectorAll("body, body *")].filter(element => {
            const style = getComputedStyle(element);
            return style.animationName !== "none" || style.scrollBehavior === "smooth"
                || style.transitionDuration.split(",").some(length => parseFloat(length) > 0.01);
        }).map(element => `moves: ${element.outerHTML.slice(0, 80)}`).slice(0, 5)"""
    )


def _focus(page: Page) -> list[str]:
    """What can have the focus, and no ring of two pixels that differs 3 to 1 from what is around it."""
    page.keyboard.press("Tab")  # from here on the focus is one of the keyboard
    found = page.evaluate(
        """() => {
            const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
            const ground = element => {
                let mixed = [0, 0, 0], left = 1;
                for (let at = element; at && left > 0.01; at = at.parentElement) {
                    const [red, green, blue, alpha = 1] = numbers(getComputedStyle(at).backgroundColor);
                    mixed = mixed.map((value, i) => value + left * alpha * [red, green, blue][i]);
                    left *= 1 - alpha;
                }
                return mixed.map(value => value + left * 255);
            };
            const light = colour => colour.map(value => value / 255)
                .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
                .reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i], 0);
            const contrast = (one, other) => {
                const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
                return (bright + 0.05) / (dark + 0.05);
            };
            const wrong = [];
            const reached = "a[href], button, input, select, summary, textarea, [tabindex]";
            for (const element of document.querySelectorAll(reached)) {
                if (element.tabIndex < 0 || !element.checkVisibility({visibilityProperty: true})) continue;
                element.focus({preventScroll: true});
                if (document.activeElement !== element) continue;
                const ringed = element.matches(".md-option") ? element.nextElementSibling : element;
                const style = getComputedStyle(ringed);
                const around = ground(ringed.parentElement);
                const [red, green, blue, alpha = 1] = numbers(style.outlineColor);
                const ring = [red, green, blue].map((value, i) => alpha * value + (1 - alpha) * around[i]);
                const ratio = contrast(ring, around);
                if (style.outlineStyle !== "solid" || parseFloat(style.outlineWidth) < 2 || ratio < 3) {
                    wrong.push(`${style.outlineStyle} ${style.outlineWidth} ${ratio.toFixed(1)}: `
                        + ringed.outerHTML.slice(0, 120));
                }
            }
            document.activeElement.blur();
            return wrong;
        }"""
    )
    return [f"no ring: {each}" for each in found[:5]]


def _axe(page: Page) -> list[str]:
    page.evaluate(
        """() => {
            const all = [...document.querySelectorAll("details")];
            const behind = all.filter(each => each.querySelector(".pm-behind"));  // one list is like the other
            for (const each of all) each.open = !behind.slice(1).includes(each);
        }"""
    )
    page.evaluate(AXE)
    result = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})", RULES
    )
    return [
        f"{violation['id']}: {violation['help']}: {node['html'][:160]} {node['failureSummary'][-120:]}"
        for violation in result["violations"]
        for node in violation["nodes"][:3]
    ]
