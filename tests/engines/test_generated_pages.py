"""Pages that lie outside docs/: where they come out, and what themes are given of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import lxml.etree
import pytest

from postmortems.site.menu import MENU
from sites import BARE, EVERYTHING, POLICY, PROSE, KnowledgeBaseOnDisk, Site, incident, to_yaml

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "incidents/2026/2026-02-11-folder"
FILES: dict[str, str | bytes] = {
    "schemas/policy.yaml": to_yaml(POLICY),
    "docs/guide.md": "---\ntitle: Guide\n---\n# How to write one\n",
    "incidents/README.md": "# Not a post-mortem\n",
    "incidents/2026/.hidden.md": "no record",
    "incidents/2026/_template.md": "no record",
    "incidents/2026/2026-03-31-everything.md": incident(base=EVERYTHING, body=PROSE),
    "incidents/2026/2026-03-30-small.md": incident(),
    f"{FOLDER}/index.md": incident(body="## Impact\n\n![Phases](phases.png) ![Parts](parts/a.svg)\n"),
    f"{FOLDER}/phases.png": b"png",
    f"{FOLDER}/parts/a.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    f"{FOLDER}/notes.txt": "not for the site",
    "incidents/2024/2024-bare.md": incident(base=BARE),
    "incidents/2026/2026-03-29-hidden/index.md": incident({"tlp": "AMBER"}),
    "incidents/2026/2026-03-29-hidden/secret.png": b"png",
}
SMALL, EVERYTHING_URL, BARE_URL = (
    "incidents/2026/2026-03-30-small/",
    "incidents/2026/2026-03-31-everything/",
    "incidents/2024/2024-bare/",
)
REPO = {"repo_url": "https://github.com/example/kb"}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kb")


@pytest.fixture(scope="module")
def site(root: Path) -> Site:
    made = KnowledgeBaseOnDisk(root)
    made.write(FILES)
    made.configure(site_url="https://example.org/kb/")
    return made.build()


def test_records_come_out_where_they_lie(site: Site) -> None:
    for url in (SMALL, EVERYTHING_URL, BARE_URL, f"{FOLDER}/"):
        assert site.has(url)
    assert site.page(SMALL).one("//body").get("data-incident") == "2026-03-30-small"


def test_what_is_no_record_makes_no_page(site: Site) -> None:
    pages = [name for name in site.files if name.startswith("incidents/") and name.endswith(".html")]
    assert sorted(pages) == sorted(
        f"{url}index.html" for url in ("incidents/", SMALL, EVERYTHING_URL, BARE_URL, f"{FOLDER}/")
    )


def test_no_page_but_the_listings_is_in_the_menu(site: Site) -> None:
    addresses = site.page("").links("//nav[@id='menu']//a").values()
    listings = [uri.removesuffix("index.md") for _, entries in MENU[1:] for uri, _ in entries]
    expected = [".", "guide/", *(uri for uri in listings if uri != "search/")]  # which larger sites have
    assert sorted(addresses) == sorted(expected)
    for page in site.pages.values():
        assert len(page.all("//nav[@id='menu']//a")) == len(expected)


def test_breadcrumbs(site: Site) -> None:
    assert site.page(SMALL).trail == ["Incidents"]
    assert site.page("factors/change.rollout/").trail == ["Lessons", "Factors"]
    assert site.page("services/checkout/").trail == ["Lessons", "Services"]
    assert site.page("lessons/on-change/").trail == ["Lessons"]
    assert site.page("method/rules/").trail[-1] == "Method"


def test_previous_and_next_in_time(site: Site) -> None:
    order = [BARE_URL, f"{FOLDER}/", SMALL, EVERYTHING_URL]
    for before, url, after in zip([None, *order[:-1]], order, [*order[1:], None], strict=True):
        page = site.page(url)
        for name, other in (("previous", before), ("next", after)):
            address = page.href(name)
            assert (address is None) == (other is None)
            if other:
                assert _resolved(url, address) == other


def test_previous_and_next_along_the_menu(site: Site) -> None:
    assert site.page("").href("previous") is None
    assert site.page("").href("next") == "incidents/"
    assert site.page("incidents/").href("next") == "../lessons/"
    assert site.page("guide/").href("next") is None


def test_pictures_beside_a_record_are_copied(site: Site) -> None:
    assert site.files[f"{FOLDER}/phases.png"] == b"png"
    assert f"{FOLDER}/parts/a.svg" in site.files
    sources = [picture.get("src") for picture in site.page(f"{FOLDER}/").all("//main//img")]
    assert sources == ["phases.png", "parts/a.svg"]


def test_nothing_else_of_incidents_is_copied(site: Site) -> None:
    made = (".html", ".md")  # pages and their twins
    kept = {name for name in site.files if name.startswith("incidents/") and not name.endswith(made)}
    assert kept == {f"{FOLDER}/phases.png", f"{FOLDER}/parts/a.svg"}


def test_sitemap_tells_when_a_page_changed(site: Site) -> None:
    found = lxml.etree.fromstring(site.files["sitemap.xml"])
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    changed = {
        url.findtext("s:loc", namespaces=space).removeprefix("https://example.org/kb/"): url.findtext(
            "s:lastmod", namespaces=space
        )
        for url in found.findall("s:url", space)
    }
    assert changed[SMALL] == "2026-04-07"
    assert changed[EVERYTHING_URL] == "2026-04-20"  # amended after it was published
    assert changed[BARE_URL] == "2026-01-02"
    assert changed["incidents/"] == changed["lessons/"] == "2026-04-20"
    assert changed["factors/change.rollout/"] == "2026-04-07"
    assert changed["guide/"] == "2026-06-01"  # MkDocs knows no better than the build's own date


def test_table_of_contents_is_of_the_page(site: Site) -> None:
    for name, page in site.pages.items():
        for address in page.links("//nav[@id='contents']//a").values():
            assert address.removeprefix("#") in page.ids, name
    shown = site.page(EVERYTHING_URL).texts("//nav[@id='contents']/ul/li/a")
    assert shown[:6] == ["Overview", "Impact", "Response", "Root causes", "Lessons learned", "Recommendations"]
    assert "Evidence" in shown


def test_front_matter_is_not_printed(site: Site) -> None:
    for name, page in site.pages.items():
        if not name.startswith(("method/", "data/")):  # which explain it
            assert "schema: 1" not in page.text("//body"), name
            assert "done_when" not in page.text("//body"), name


def test_title_and_description(site: Site) -> None:
    page = site.page(EVERYTHING_URL)
    assert page.text("//head/title") == EVERYTHING["title"]
    assert page.one("//meta[@name='description']").get("content") == EVERYTHING["summary"]
    assert page.text("//main//h1") == EVERYTHING["title"]


def test_record_is_handed_to_templates_of_records_only(site: Site) -> None:
    given = {name for name, page in site.pages.items() if page.one("//body").get("data-incident")}
    assert given == {f"{url}index.html" for url in (SMALL, EVERYTHING_URL, BARE_URL, f"{FOLDER}/")}


def test_small_record_without_prose_shows_its_data(site: Site) -> None:
    page = site.page(SMALL)
    shown = page.text("//main")
    assert page.texts("//nav[@id='contents']/ul/li/a") == [
        "Impact",
        "Response",
        "Root causes",
        "Lessons learned",
        "Recommendations",
        "Happened before",
        "How to cite",
    ]
    for text in (
        "every host took the version at once",
        "Let a few hosts take a new version first.",
        "first stage",
    ):
        assert text in shown


def test_stylesheet_is_there_and_linked(site: Site) -> None:
    assert b".pm-" in site.files["assets/postmortems/postmortems.css"]
    for name, page in site.pages.items():
        depth = name.count("/")
        (link,) = page.all("//link[@rel='stylesheet']")
        assert link.get("href") == "../" * depth + "assets/postmortems/postmortems.css"


def test_stylesheet_of_the_owner_comes_last(kb: KnowledgeBaseOnDisk) -> None:
    kb.write({"docs/own.css": "p { color: red }"})
    kb.configure(extra_css=["own.css"])
    styles = [link.get("href") for link in kb.build().page("").all("//link[@rel='stylesheet']")]
    assert styles == ["assets/postmortems/postmortems.css", "own.css"]


def _resolved(url: str, address: str) -> str:
    import posixpath

    return posixpath.normpath(posixpath.join(url, address)) + "/"


RECORD = "incidents/2026/2026-03-30-small.md"


@pytest.mark.parametrize(
    ("settings", "edit"),
    [
        ({}, None),
        (REPO, f"https://github.com/example/kb/edit/master/{RECORD}"),
        (REPO | {"edit_uri": "blob/main/docs/"}, f"https://github.com/example/kb/blob/main/{RECORD}"),
        (REPO | {"edit_uri": ""}, None),
        (
            {"repo_url": "https://gitlab.com/example/kb"},
            f"https://gitlab.com/example/kb/edit/master/{RECORD}",
        ),
        (
            {"edit_uri_template": "https://forge.example.org/edit/docs/{path}"},
            f"https://forge.example.org/edit/{RECORD}",
        ),
        (
            REPO | {"edit_uri_template": "edit?file=docs/{path!q}&branch=main"},
            f"https://github.com/example/kb/edit?file={RECORD.replace('/', '%2F')}&branch=main",
        ),
        (
            REPO | {"edit_uri": "?query=edit&file=docs/"},
            f"https://github.com/example/kb?query=edit&file={RECORD}",
        ),
    ],
    ids=["none", "github", "blob", "none-wanted", "gitlab", "template", "template-query", "query"],
)
def test_edit_link_leads_to_the_file(kb: KnowledgeBaseOnDisk, settings: dict[str, Any], edit: str | None) -> None:
    kb.write({RECORD: incident(), "docs/guide.md": "# Guide\n"})
    kb.configure(**settings)
    site = kb.build()
    assert site.page(SMALL).href("edit") == edit
    if edit:
        # As for a page of docs/, from which the address is made.
        assert site.page("guide/").href("edit") == edit.replace(RECORD, "docs/guide.md").replace(
            RECORD.replace("/", "%2F"), "docs/guide.md"
        )
    for generated in ("incidents/", "factors/", "factors/change.rollout/", ""):
        assert site.page(generated).href("edit") is None


def test_build_writes_nothing_into_what_it_reads(kb: KnowledgeBaseOnDisk) -> None:
    kb.write(FILES)
    before = _state(kb.root)
    kb.build()
    kb.preview()
    assert _state(kb.root) == before


def _state(root: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path): (path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in root.rglob("*")
        if "site" not in path.relative_to(root).parts[:1]
    }


@pytest.mark.parametrize("urls", [True, False], ids=["directories", "files"])
def test_both_kinds_of_addresses(kb: KnowledgeBaseOnDisk, *, urls: bool) -> None:
    """With either kind, every address of a page leads to a file of the site."""
    kb.write(FILES)
    kb.configure(use_directory_urls=urls)
    site = kb.build()
    files = site.files
    for name, page in site.pages.items():
        for link in page.all("//*[@href or @src]"):
            address = link.get("href") or link.get("src")
            if not address.startswith(("https:", "#")):
                assert _target(name, address) in files, f"{name}: {address}"


def _target(name: str, address: str) -> str:
    import posixpath

    path = address.partition("#")[0]
    target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
    is_file = not path.endswith("/") and "." in posixpath.basename(path).strip(".")
    return target if is_file else posixpath.normpath(f"{target}/index.html")


@pytest.mark.parametrize("records", [0, 1, 2])
def test_few_records(kb: KnowledgeBaseOnDisk, records: int) -> None:
    kb.write({f"incidents/2026/2026-03-0{n}-x.md": incident() for n in range(1, records + 1)})
    site = kb.build()
    found = [name for name in site.files if name.startswith("incidents/2026/") and name.endswith(".html")]
    assert len(found) == records


def test_site_without_a_folder_of_incidents(kb: KnowledgeBaseOnDisk) -> None:
    (kb.root / "incidents").rmdir()
    assert kb.build().has("incidents/")


HOSTILE = "</title><script>alert(\"1\")</script> p99 < 200 ms & 'more' {{ 7 * 7 }}"


def test_hostile_title_and_summary_in_what_themes_print(kb: KnowledgeBaseOnDisk) -> None:
    """The tiny theme prints titles and descriptions as they are given, as Material does."""
    kb.write(
        {
            "incidents/2026/2026-03-31-x.md": incident({"title": HOSTILE, "summary": HOSTILE}),
            "incidents/2026/2026-03-30-y.md": incident({"status": "withdrawn", "title": HOSTILE}, WITHDRAWN),
        }
    )
    kb.configure(plugins=["search", "postmortems"])
    site = kb.build()
    for url in ("incidents/2026/2026-03-31-x/", "incidents/2026/2026-03-30-y/"):
        assert site.page(url).text("//head/title") == HOSTILE
        assert site.page(url).text("//main//h1") == HOSTILE
    assert site.page("incidents/2026/2026-03-31-x/").one("//meta[@name='description']").get("content") == HOSTILE
    for name, page in site.pages.items():
        assert not page.all("//script[not(@src) or text()]"), name
    entry = next(entry for entry in site.search_entries if entry["location"] == "incidents/2026/2026-03-31-x/")
    assert "<" not in entry["title"]


@pytest.mark.parametrize("title", [None, "The big one"])
def test_hostile_title_in_an_owners_menu(kb: KnowledgeBaseOnDisk, title: str | None) -> None:
    record = "incidents/2026/2026-03-31-x.md"
    kb.write({record: incident({"title": HOSTILE})})
    kb.configure(nav=["index.md", {title: record} if title else record])
    page = kb.build().page("")
    assert page.menu[1] == (title or HOSTILE)
    assert not page.all("//nav//script")


WITHDRAWN = {"amended": [{"date": "2026-04-08", "what": "All of it.", "why": "Wrong."}]}


def test_hostile_prose_is_cleaned(kb: KnowledgeBaseOnDisk) -> None:
    body = (
        "## Overview\n\n<script>alert(1)</script><img src=x onerror=alert(1)> [a](javascript:alert(1))\n\n"
        '<iframe src="https://evil.example/"></iframe>\n\n![b](https://evil.example/x.png)\n\n'
        "[c](https://example.org/){ onclick=alert(1) }\n\n## <script>alert(2)</script> Heading & more\n"
    )
    kb.write({"incidents/2026/2026-03-31-x.md": incident(body=body)})
    page = kb.build().page("incidents/2026/2026-03-31-x/")
    assert not [
        script for script in page.all("//main//script") if "/postmortems/copy.js" not in script.get("src", "")
    ]
    assert not page.all("//main//iframe|//nav//script")
    assert not page.all("//@onerror|//@onclick")
    assert [link for link in page.links().values() if link and "javascript" in link] == []
    assert not [picture for picture in page.all("//img") if "evil" in (picture.get("src") or "")]


def test_placeholder_typed_by_an_author_is_none(kb: KnowledgeBaseOnDisk) -> None:
    body = "## Overview\n\n\ue000foot\ue001\n\n&#xe000;nothing-such&#xe001;\n"
    kb.write({"incidents/2026/2026-03-31-x.md": incident(body=body)})
    page = kb.build().page("incidents/2026/2026-03-31-x/")
    assert len(page.of_class("pm-record")) == 1


def test_headings_like_those_of_the_data(kb: KnowledgeBaseOnDisk) -> None:
    body = "## Timeline\n\nx\n\n## Review\n\nx\n\n## Evidence\n\nx\n\n## A1\n\nx\n"
    kb.write({"incidents/2026/2026-03-31-x.md": incident(base=EVERYTHING, body=PROSE + body)})
    page = kb.build().page("incidents/2026/2026-03-31-x/")
    assert len(set(page.ids)) == len(page.ids)
