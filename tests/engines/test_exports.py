"""The exports on a site: where they come out, what pages say of them, and what the owner may decide."""

from __future__ import annotations

import json
import posixpath
import re
from typing import TYPE_CHECKING

import pytest
from mkdocs.exceptions import Abort

from sites import EVERYTHING, PROSE, incident

if TYPE_CHECKING:
    from sites import KnowledgeBaseOnDisk, Node, Site

PAGE = "incidents/2026/2026-03-31-x/"
FILES = {
    "incidents/2026/2026-03-31-x.md": incident(base=EVERYTHING, body=PROSE),
    "incidents/2026/2026-03-30-folder/index.md": incident(),
    "docs/about.md": "# About\n",
}


def alternates(page: Node, url: str) -> dict[str, str]:
    """The other forms that a page names: type to place on the site."""
    return {
        link.get("type"): posixpath.normpath(posixpath.join(posixpath.dirname(url) or ".", link.get("href")))
        for link in page.all("//head/link[normalize-space(@rel)='alternate']")
    }


@pytest.fixture
def site(kb: KnowledgeBaseOnDisk) -> Site:
    kb.write(FILES)
    return kb.build()


def test_files_are_where_they_belong(site: Site) -> None:
    assert {
        *("feed.xml", "feed.json", "actions.ics", "llms.txt", "data/index.html", "data/postmortems.db"),
        *("data/incidents.json", "data/actions.json", "data/export.schema.json", "data/incidents.csv"),
        *("data/incidents/2026-03-31-x.json", "data/incidents/2026-03-30-folder.json"),
        *("incidents/2026/2026-03-31-x.md", "incidents/2026/2026-03-30-folder/index.md"),
    } <= set(site.files)
    assert not [name for name in site.files if name.endswith((".parquet", ".twin"))]


def test_every_page_names_the_feeds(site: Site) -> None:
    for name, page in site.pages.items():
        told = alternates(page, name)
        assert told["application/atom+xml"] == "feed.xml", name
        assert told["application/feed+json"] == "feed.json", name
        assert told["text/calendar"] == "actions.ics", name


@pytest.mark.parametrize("folders", [True, False])
def test_incident_names_its_other_forms(kb: KnowledgeBaseOnDisk, *, folders: bool) -> None:
    kb.write(FILES)
    site = kb.build(use_directory_urls=folders)
    for place in ("incidents/2026/2026-03-31-x.md", "incidents/2026/2026-03-30-folder/index.md"):
        record = place.removesuffix(".md").removesuffix("/index")
        name = f"{record}/index.html" if folders or "index" in place else f"{record}.html"
        told = alternates(site.page(name), name)
        assert told["text/markdown"] == place
        assert told["application/json"] == f"data/incidents/{posixpath.basename(record)}.json"
        here = posixpath.dirname(name)
        links = {posixpath.normpath(posixpath.join(here, str(to))) for to in site.page(name).links().values()}
        assert {told["text/markdown"], told["application/json"]} <= links


@pytest.mark.parametrize(
    ("folders", "page"), [(True, "incidents/2026/2026-03-31-x/"), (False, "incidents/2026/2026-03-31-x.html")]
)
def test_exports_name_pages_by_their_addresses(kb: KnowledgeBaseOnDisk, page: str, *, folders: bool) -> None:
    kb.write(FILES)
    site = kb.build(use_directory_urls=folders, site_url="https://example.org/p")
    rows = json.loads(site.files["data/incidents.json"])["incidents"]
    pages = {row["id"]: row["page"] for row in rows}
    assert pages["2026-03-31-x"] == f"https://example.org/p/{page}"
    for address in pages.values():
        assert site.has(address.removeprefix("https://example.org/p/"))
    listing = f"](https://example.org/p/data/{'' if folders else 'index.html'})"
    assert listing in site.files["llms.txt"].decode()


def test_site_without_own_records_has_no_calendar(kb: KnowledgeBaseOnDisk) -> None:
    kb.write({"incidents/2026/2026-03-31-x.md": incident({"provenance": "imported"})})
    site = kb.build()
    assert "actions.ics" not in site.files
    assert "text/calendar" not in alternates(site.page(""), "")
    assert "Calendar" not in site.page("data/").text()


def test_file_of_the_owner_takes_the_place_of_ours(kb: KnowledgeBaseOnDisk) -> None:
    kb.write({**FILES, "docs/llms.txt": "mine\n", "docs/data/incidents.csv": "mine\n"})
    files = kb.build().files
    assert files["llms.txt"] == files["data/incidents.csv"] == b"mine\n"
    assert b"2026-03-31-x" in files["data/incidents.json"]


def test_page_of_the_owner_takes_the_place_of_ours(kb: KnowledgeBaseOnDisk) -> None:
    kb.write({**FILES, "docs/data/index.md": "# My data\n"})
    site = kb.build()
    assert site.page("data/").texts("//main//h1") == ["My data¶"]
    assert "data/incidents.json" in site.files


def test_parquet_is_there_where_it_is_asked_for(kb: KnowledgeBaseOnDisk) -> None:
    kb.write(FILES)
    kb.configure(plugins=[{"postmortems": {"parquet": True}}])
    site = kb.build()
    assert site.files["data/incidents.parquet"].startswith(b"PAR1")
    assert "incidents.parquet" in site.page("data/").links()


def test_parquet_without_its_library_stops_the_build(
    kb: KnowledgeBaseOnDisk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("postmortems.runtime.extras.find_spec", lambda name: None if name == "pyarrow" else name)
    kb.write(FILES)
    kb.configure(plugins=[{"postmortems": {"parquet": True}}])
    with pytest.raises(Abort):
        kb.build()
    assert "`parquet` extra" in caplog.text


def test_preview_has_the_files_of_its_drafts(kb: KnowledgeBaseOnDisk) -> None:
    kb.write({"incidents/2026/2026-03-31-x.md": incident({"status": "draft"})})
    site = kb.preview()
    assert "incidents/2026/2026-03-31-x.md" in site.files
    assert b"2026-03-31-x" not in site.files["feed.xml"]


def test_links_for_language_models_lead_somewhere(site: Site) -> None:
    text = site.files["llms.txt"].decode()
    links = re.findall(r"^- \[[^\]]+\]\(([^)]+)\)", text, re.MULTILINE)
    assert len(links) > 8
    assert [link for link in links if not site.has(link)] == []
