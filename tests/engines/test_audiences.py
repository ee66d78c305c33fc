"""For whom a site is built: what the others' records leave behind, which is nothing."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

import pytest

from sites import EVERYTHING, POLICY, PROSE, KnowledgeBaseOnDisk, incident, to_yaml

if TYPE_CHECKING:
    from sites import Site

WORD = "zyzzyva"
RECORD = f"incidents/2026/2026-03-31-{WORD}.md"
URL = RECORD.replace(".md", "/")
WITHDRAWN = {
    "status": "withdrawn",
    "amended": [{"date": "2026-04-08", "what": "All of it.", "why": "It was another's."}],
}


def option(audience: str) -> list[Any]:
    return [{"postmortems": {"audience": audience}}] if audience else ["postmortems"]


def holds(site: Site, word: str) -> list[str]:
    """The files of a site in which a word stands, or in whose name, whatever they are compressed by."""
    found = []
    for name, content in site.files.items():
        plain = gzip.decompress(content) if name.endswith(".gz") else content
        if word.encode() in plain.lower() or word in name:
            found.append(name)
    return found


@pytest.mark.parametrize(
    ("tlp", "status", "audience", "command", "seen"),
    [
        ("CLEAR", "published", "", "build", True),
        ("CLEAR", "in-review", "", "build", True),
        ("CLEAR", "draft", "", "build", False),
        ("CLEAR", "draft", "", "serve", True),
        ("GREEN", "published", "", "build", False),
        ("AMBER", "published", "", "build", False),
        ("AMBER", "draft", "", "build", False),
        ("AMBER", "draft", "", "serve", True),
        ("AMBER", "published", "organisation", "build", True),
        ("AMBER", "draft", "organisation", "build", False),
        ("AMBER", "published", "public", "serve", False),
        ("AMBER+STRICT", "published", "organisation", "build", False),
        ("AMBER+STRICT", "published", "", "serve", False),
        ("AMBER+STRICT", "published", "strict", "build", True),
    ],
)
def test_who_sees_what(
    kb: KnowledgeBaseOnDisk, tlp: str, status: str, audience: str, command: str, *, seen: bool
) -> None:
    kb.write({RECORD: incident({"tlp": tlp, "status": status})})
    kb.configure(plugins=option(audience))
    assert kb.build(command=command).has(URL) is seen


@pytest.mark.parametrize(
    ("audience", "policy", "seen"),
    [("", "organisation", True), ("", "public", False), ("public", "organisation", False), ("", None, False)],
)
def test_policy_names_the_audience_of_a_build(
    kb: KnowledgeBaseOnDisk, audience: str, policy: str | None, *, seen: bool
) -> None:
    named = {"audience": policy} if policy else {}
    kb.write({RECORD: incident({"tlp": "AMBER"}), "schemas/policy.yaml": to_yaml(POLICY | named)})
    kb.configure(plugins=option(audience))
    assert kb.build().has(URL) is seen


@pytest.mark.parametrize(
    "fields", [{"tlp": "AMBER"}, {"status": "draft"}, {"tlp": "AMBER", "status": "draft"}], ids=str
)
def test_withheld_record_is_in_no_byte_of_a_site(kb: KnowledgeBaseOnDisk, fields: dict[str, str]) -> None:
    folder = RECORD.replace(".md", "/")
    said = {"title": f"The {WORD} one", "summary": f"All of {WORD}.", "x-own": WORD, "tags": [WORD]}
    factors = [
        {"id": "F1", "factor": "change.migration", "statement": f"{WORD} -> {WORD}", "evidence": ["E1"]},
        {"id": "F2", "factor": "change.coordination", "statement": f"{WORD} -> {WORD}"},
    ]
    kb.write(
        {
            f"{folder}index.md": incident(
                said, {"factors": factors}, fields, base=EVERYTHING, body=f"{PROSE}\n## More of {WORD}\n\n{WORD}\n"
            ),
            f"{folder}{WORD}.png": WORD.encode(),
            "incidents/2026/2026-03-30-shown.md": incident(
                {"related": [{"id": f"2026-03-31-{WORD}", "as": "repeats"}]},
                body=f"## Overview\n\n[Before](../2026/2026-03-31-{WORD}/index.md#impact) it was so.\n",
            ),
            "docs/about.md": f"# About\n\n[Before](../{folder}index.md) it was so.\n",
        }
    )
    kb.configure(plugins=["search", "postmortems"], site_url="https://example.org/")
    site = kb.build()
    assert site.has("incidents/2026/2026-03-30-shown/")
    assert holds(site, WORD) == []
    assert not site.has("factors/change.migration/")
    assert f"{folder}index.html" in holds(kb.preview(), WORD)


def test_what_leads_to_a_withheld_record_is_in_no_byte(kb: KnowledgeBaseOnDisk) -> None:
    name = f"2026-03-31-{WORD}"
    ways = f"""## Overview

<a href="{name}.md">the {WORD}</a> [the {WORD}]({name}.md) [the {WORD}]({name}/index.md)
![{WORD}]({name}/x.png)
[the {WORD}](/incidents/2026/{name}/)
[the {WORD}](https://example.org/incidents/2026/{name}/)
<https://forge.example.org/kb/blob/main/incidents/2026/{name}.md>
[the {WORD}][ref] [the {WORD}](2026%2d03-31-{WORD}.md)
<img src="{name}/x.png" alt="{WORD}"> <a href="2026&#45;03-31-{WORD}.md">{WORD}</a> and {name}.

[ref]: ../2026/{name}.md "{WORD}"
"""
    shown = incident({"timeline": [{"at": "2026-03-30T09:00Z", "what": f"As in {name}"}]}, body=ways)
    kb.write(
        {
            "incidents/2026/2026-03-30-shown.md": shown,
            "docs/about.md": f"# About\n\n<a href='../incidents/2026/{name}/'>{WORD}</a>\n",
        }
    )
    kb.configure(plugins=["search", "postmortems"], site_url="https://example.org/")
    kb.write({f"incidents/2026/{name}.md": incident({"tlp": "AMBER", "title": f"The {WORD} one"})})
    site = kb.build()
    assert site.has("incidents/2026/2026-03-30-shown/")
    assert holds(site, WORD) == []


@pytest.mark.parametrize(
    ("plugins", "command", "words"),
    [
        (option(""), "build", None),
        (option("organisation"), "build", "Not for the public"),
        (option("strict"), "build", "Not for the public"),
        (option(""), "serve", "Preview for the organisation"),
        (option("public"), "serve", "Preview for the public"),
    ],
    ids=["public", "organisation", "strict", "preview", "preview-for-the-public"],
)
def test_banner_above_every_page(
    kb: KnowledgeBaseOnDisk, plugins: list[Any], command: str, words: str | None
) -> None:
    kb.write({"incidents/2026/2026-03-30-x.md": incident(), "docs/about.md": "# About\n"})
    kb.configure(plugins=plugins)
    for name, page in kb.build(command=command).pages.items():
        shown = " ".join(element.text_content() for element in page.of_class("pm-banner"))
        assert words in shown if words else not shown, name


def test_draft_says_that_it_is_one(kb: KnowledgeBaseOnDisk) -> None:
    kb.write({RECORD: incident({"status": "draft"})})
    assert "only a preview shows it" in kb.preview().page(URL).text()


def test_record_in_review_says_that_it_is_one(kb: KnowledgeBaseOnDisk) -> None:
    kb.write({RECORD: incident({"status": "in-review"})})
    assert "In review: what it says may still change." in kb.build().page(URL).text()


@pytest.fixture(scope="module")
def after_withdrawal(tmp_path_factory: pytest.TempPathFactory) -> Site:
    kb = KnowledgeBaseOnDisk(tmp_path_factory.mktemp("withdrawn"))
    kb.write(
        {
            # All that Material's search asks a theme for.
            "theme/partials/language.html": "{% macro t(key) %}en{% endmacro %}",
            RECORD: incident(WITHDRAWN, {"title": f"The {WORD} one"}, body=f"## Overview\n\nMore of {WORD}.\n"),
            "incidents/2026/2026-03-30-shown.md": incident(
                {"related": [f"2026-03-31-{WORD}"]},
                body=f"## Overview\n\n[Before](2026-03-31-{WORD}.md) it was so.\n",
            ),
        }
    )
    # Material's search heeds what a page says of itself.
    kb.configure(plugins=["material/search", "postmortems"])
    return kb.build()


def test_tombstone_says_why(after_withdrawal: Site) -> None:
    page = after_withdrawal.page(URL)
    assert page.texts("//main//h1") == [f"The {WORD} one"]
    assert "It was another's." in page.text()
    assert "31 March 2026" in page.text()
    assert page.trail == ["Incidents"]


def test_nothing_else_of_it_is_left(after_withdrawal: Site) -> None:
    page = after_withdrawal.page(URL)
    for text in ("More of", "no card payment went through", "every host took", "43 min"):
        assert text not in page.text()


def test_it_is_in_no_list(after_withdrawal: Site) -> None:
    relating = "incidents/2026/2026-03-30-shown/"
    told = {
        entry["location"] for entry in after_withdrawal.search_entries if WORD in entry["text"] + entry["title"]
    }
    assert all(location.startswith(relating) for location in told)
    places = {
        f"{URL}index.html",
        f"{relating}index.html",
        "sitemap.xml",
        "sitemap.xml.gz",
        "search/search_index.json",
    }
    assert set(holds(after_withdrawal, WORD)) <= places
    assert "1 incident, " in after_withdrawal.page("incidents/").text()


def test_it_is_not_found_by_search(after_withdrawal: Site) -> None:
    locations = [entry["location"] for entry in after_withdrawal.search_entries]
    assert any(location.startswith("incidents/2026/2026-03-30-shown/") for location in locations)
    assert not [location for location in locations if location.startswith(URL)]


def test_links_to_it_lead_to_the_tombstone(after_withdrawal: Site) -> None:
    links = after_withdrawal.page("incidents/2026/2026-03-30-shown/").links()
    assert links["Before"] == f"../2026-03-31-{WORD}/"


def test_search_finds_records(kb: KnowledgeBaseOnDisk) -> None:
    kb.write({RECORD: incident({"summary": "The word is xylophone."}, body="## Overview\n\nAnd marimba.\n")})
    kb.configure(plugins=["search", "postmortems"])
    found = kb.build().search_entries
    for word in ("xylophone", "marimba", "every host took the version at once", "Let a few hosts take"):
        assert [entry for entry in found if entry["location"].startswith(URL) and word in entry["text"]], word
