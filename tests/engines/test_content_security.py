"""The policy of content security: on every page of a build, by hashes of the theme's own scripts and no others."""

from __future__ import annotations

import base64
import hashlib
import logging
from typing import TYPE_CHECKING, Any

import pytest
from mkdocs.exceptions import Abort

from sites import MATERIAL, demo_site, incident, reference_site

if TYPE_CHECKING:
    from sites import KnowledgeBaseOnDisk, Node, Site

SCRIPT = "window.acted = 'zyzzyva'"
RECORD = {"incidents/2026/2026-03-31-x.md": incident(body="## Overview\n\n| a | b |\n|--:|:-:|\n| 1 | 2 |\n")}


def policy(page: Node) -> dict[str, list[str]]:
    """The directives of a page's policy; none where it has none."""
    found = page.all("//head/meta[@http-equiv='Content-Security-Policy']/@content")
    assert len(found) <= 1
    return {name: values for name, *values in (part.split() for part in "".join(found).split(";") if part.strip())}


def hash_of(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def inline_scripts(page: Node) -> list[str]:
    return [
        script.text
        for script in page.all("//script[not(@src)]")
        if script.get("type", "text/javascript") in {"text/javascript", "module"}
    ]


@pytest.fixture(scope="module", params=["demo", "reference"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    return {"demo": demo_site, "reference": reference_site}[request.param](tmp_path_factory)


@pytest.mark.slow
def test_every_page_has_the_policy_before_all_else(site: Site) -> None:
    policies = set()
    for name, content in site.files.items():
        if name.endswith(".html"):
            start = content[:1024].decode()
            assert start.index("<meta charset=") < start.index("Content-Security-Policy"), name
            assert content.index(b"Content-Security-Policy") < content.index(b"<title>"), name
            policies.add(content.split(b"Content-Security-Policy", 1)[1].split(b">", 1)[0])
    assert len(policies) == 1


@pytest.mark.slow
def test_every_page_keeps_to_the_policy(site: Site) -> None:
    """Nothing on a page is forbidden: inline scripts are known, and there is no style, handler or frame."""
    for name, page in site.pages.items():
        allowed = policy(page)["script-src"]
        assert [script for script in inline_scripts(page) if hash_of(script) not in allowed] == [], name
        assert page.all("//style|//*[@style]|//iframe|//object|//embed|//base") == [], name
        handlers = [key for element in page.root.iter() for key in element.attrib if key.startswith("on")]
        assert handlers == [], name


@pytest.mark.slow
def test_nothing_is_allowed_that_is_not_needed(site: Site) -> None:
    allowed = policy(site.page(""))
    hashes = [value for value in allowed["script-src"] if value.startswith("'sha256-")]
    assert sorted(hashes) == sorted(hash_of(script) for script in inline_scripts(site.page("404.html")))
    values = {value for name, values in allowed.items() for value in values} - set(hashes)
    assert values <= {"'self'", "'none'", "data:", "'wasm-unsafe-eval'"}
    assert allowed["default-src"] == allowed["base-uri"] == ["'none'"]
    assert ("'wasm-unsafe-eval'" in allowed["script-src"]) is site.has("search/")


def test_script_of_a_page_is_not_allowed(kb: KnowledgeBaseOnDisk) -> None:
    kb.write({**RECORD, "docs/about.md": f"# About\n\n<script>{SCRIPT}</script>\n"})
    kb.configure(**MATERIAL)
    site = kb.build()
    assert SCRIPT in inline_scripts(site.page("about/"))
    assert all(hash_of(SCRIPT) not in policy(page)["script-src"] for page in site.pages.values())


@pytest.mark.parametrize(
    ("site_url", "own", "scope"),
    [
        (None, {}, "/"),
        ("https://example.org/", {}, "/"),
        ("https://example.org/kb/", {}, "/kb/"),
        ("https://example.org/kb/", {"scope": "/mine/"}, "/mine/"),
    ],
)
def test_scripts_of_the_theme_are_the_same_on_every_page(
    kb: KnowledgeBaseOnDisk, site_url: str | None, own: dict[str, str], scope: str
) -> None:
    kb.write(RECORD)
    kb.configure(**MATERIAL, site_url=site_url, extra=own)
    pages = kb.build().pages
    found = {tuple(inline_scripts(page)) for page in pages.values()}
    assert len(pages) > 5
    assert len(found) == 1
    assert f'new URL("{scope}",location)' in "".join(next(iter(found)))


def test_preview_has_no_policy(kb: KnowledgeBaseOnDisk) -> None:
    kb.write(RECORD)
    kb.configure(**MATERIAL)
    assert not any(policy(page) for page in kb.preview().pages.values())


def test_owner_may_do_without(kb: KnowledgeBaseOnDisk) -> None:
    kb.write(RECORD)
    plugins: list[Any] = ["search", {"postmortems": {"content_security": False}}]
    kb.configure(**{**MATERIAL, "plugins": plugins}, extra_javascript=["https://cdn.example.org/x.js"])
    assert not any(policy(page) for page in kb.build().pages.values())


def test_theme_whose_scripts_are_not_known_gets_none(kb: KnowledgeBaseOnDisk) -> None:
    kb.write(RECORD)
    assert not any(policy(page) for page in kb.build().pages.values())


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"extra_javascript": ["https://cdn.example.org/x.js"]}, "https://cdn.example.org/x.js is fetched"),
        ({"extra_css": ["https://cdn.example.org/x.css"]}, "https://cdn.example.org/x.css is fetched"),
        ({"theme": {"name": "material"}}, "set `font: false`"),
    ],
    ids=["script", "style", "font"],
)
def test_what_the_policy_forbids_is_told(
    kb: KnowledgeBaseOnDisk, caplog: pytest.LogCaptureFixture, changes: dict[str, Any], told: str
) -> None:
    kb.write(RECORD)
    kb.configure(**{**MATERIAL, **changes})
    with caplog.at_level(logging.WARNING), pytest.raises(Abort):
        kb.build()
    assert told in caplog.text
    assert "content_security: false" in caplog.text


def test_tables_keep_their_alignment_without_a_style(kb: KnowledgeBaseOnDisk) -> None:
    kb.write({**RECORD, "docs/about.md": "# About\n\n| a | b |\n|--:|:-:|\n| 1 | 2 |\n"})
    site = kb.build()
    for url in ("about/", "incidents/2026/2026-03-31-x/"):
        assert [cell.get("align") for cell in site.page(url).all("//main//td")] == ["right", "center"]
        assert not site.page(url).all("//*[@style]")
