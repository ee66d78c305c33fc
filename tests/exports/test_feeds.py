"""The feeds: valid by their standards, stable, with nothing in them that is not published."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import lxml.html
import pytest
from export_cases import FILES
from lxml import etree

from postmortems.exports.feeds import atom, json_feed
from sites import AS_OF, POLICY, incident

if TYPE_CHECKING:
    from export_cases import MakeEdition

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "https://postmortems.example.org/all"
HOSTILE = 'p99 < 200 ms & <script>alert("x")</script> ]]>'


def parsed(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False))


def texts(element: etree._Element, name: str) -> list[str]:
    return [found.text or "" for found in element.findall(f"{ATOM}{name}")]


@pytest.mark.parametrize("site_url", [None, SITE])
@pytest.mark.parametrize("files", [{}, FILES], ids=["empty", "full"])
def test_atom_has_what_the_standard_asks_for(
    context: MakeEdition, files: dict[str, str], site_url: str | None
) -> None:
    """RFC 4287, 4.1.1 and 4.1.2: one id, title and updated each, an author, one alternate link."""
    feed = parsed(atom(context(files, site_url=site_url)))
    assert feed.tag == f"{ATOM}feed"
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == len(files)
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            assert len(texts(element, name)) == 1, name
        assert texts(element, "id")[0].startswith("urn:uuid:")
        assert texts(element, "updated")[0].endswith("+00:00")
        assert element.find(f"{ATOM}author/{ATOM}name") is not None
        links = [link.get("href") for link in element.findall(f"{ATOM}link[@rel='alternate']")]
        assert len(links) == 1
        assert bool(urlsplit(links[0]).netloc) is bool(site_url)
    ids = [texts(element, "id")[0] for element in (feed, *entries)]
    assert len(set(ids)) == len(ids)
    (own,) = feed.findall(f"{ATOM}link[@rel='self']")
    assert own.get("href") == (f"{SITE}/feed.xml" if site_url else "feed.xml")


@pytest.mark.parametrize("site_url", [None, SITE])
def test_json_feed_has_what_the_standard_asks_for(context: MakeEdition, site_url: str | None) -> None:
    """jsonfeed.org/version/1.1: version, title and items; of each an id and content; addresses are whole ones."""
    feed = json.loads(json_feed(context(FILES, site_url=site_url)))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] == "Lessons from incidents: Example Bank"
    assert len(feed["items"]) == len(FILES)
    for item in feed["items"]:
        assert item["id"]
        assert "content_html" in item
        assert item["date_published"].endswith("T00:00:00Z")
        assert ("url" in item) is bool(site_url)
    told = [value for key, value in _addresses(feed)]
    assert [value for value in told if not value.startswith("https://")] == []
    assert (f"{SITE}/incidents/2026/2026-01-02-bare/" in told) is bool(site_url)


def _addresses(feed: dict[str, Any]) -> list[tuple[str, str]]:
    return [
        (key, value) for place in (feed, *feed["items"]) for key, value in place.items() if key.endswith("url")
    ]


def test_both_feeds_tell_the_same(context: MakeEdition) -> None:
    made = context(FILES, site_url=SITE)
    told = [(item["id"], item["title"], item["url"]) for item in json.loads(json_feed(made))["items"]]
    feed = parsed(atom(made))
    assert told == [
        (texts(entry, "id")[0], texts(entry, "title")[0], entry.find(f"{ATOM}link").get("href"))
        for entry in feed.findall(f"{ATOM}entry")
    ]
    assert [title for _, title, _ in told] == [
        "Expired certificate stopped all card payments",  # amended on 20 April
        "Checkout refused all cards",
        "Power cut in the old data centre",
    ]


def test_ids_stay_wherever_the_site_is(context: MakeEdition) -> None:
    ids = [
        [item["id"] for item in json.loads(json_feed(context(FILES, site_url=address)))["items"]]
        for address in (None, SITE, "https://elsewhere.example.org/")
    ]
    assert ids[0] == ids[1] == ids[2]


def test_a_feed_is_the_same_until_a_record_changes(context: MakeEdition) -> None:
    later = AS_OF + timedelta(days=9)
    assert atom(context(FILES)) == atom(context(FILES, as_of=later))
    assert json_feed(context(FILES)) == json_feed(context(FILES, as_of=later))


@pytest.mark.parametrize("status", ["draft", "in-review", "withdrawn"])
def test_what_is_not_published_is_in_no_feed(context: MakeEdition, status: str) -> None:
    fields = {"status": status, "amended": [{"date": "2026-04-08", "what": "All.", "why": "Wrong."}]}
    made = context({"incidents/2026/2026-03-31-x.md": incident(fields)}, preview=True)
    assert not parsed(atom(made)).findall(f"{ATOM}entry")
    assert not json.loads(json_feed(made))["items"]


def test_texts_stay_texts(context: MakeEdition) -> None:
    fields = {"title": HOSTILE, "summary": HOSTILE, "lessons": [{"kind": "improve", "text": HOSTILE}]}
    made = context({"incidents/2026/2026-03-31-x.md": incident(fields)})
    entry = parsed(atom(made)).find(f"{ATOM}entry")
    (item,) = json.loads(json_feed(made))["items"]
    assert texts(entry, "title") == [item["title"]] == [HOSTILE]
    for html in (texts(entry, "summary")[0], item["content_html"]):
        shown = lxml.html.fragment_fromstring(html, create_parent=True)
        assert {element.tag for element in shown.iter()} == {"div", "p", "ul", "li"}
        assert [element.text_content() for element in shown.iter("li")] == [HOSTILE]


def test_what_is_no_character_to_xml_is_marked_as_such(context: MakeEdition) -> None:
    made = context({"incidents/2026/2026-03-31-x.md": incident({"title": "Check\ufffeout\uffff"})})
    assert texts(parsed(atom(made)).find(f"{ATOM}entry"), "title") == ["Check\ufffdout\ufffd"]


def test_a_feed_holds_the_newest_fifty(context: MakeEdition) -> None:
    files = {
        f"incidents/2026/2026-03-{day:02}-x{n}.md": incident({"published": f"2026-04-{day:02}"})
        for day in range(1, 29)
        for n in range(2)
    }
    items = json.loads(json_feed(context(files)))["items"]
    assert len(items) == 50
    dates = [item["date_modified"] for item in items]
    assert dates == sorted(dates, reverse=True)
    assert dates[0].startswith("2026-04-28")


def test_terms_and_audience_are_told(context: MakeEdition) -> None:
    made = context(FILES, audience="organisation", policy={**POLICY, "licence": "CC-BY-4.0"})
    feed = parsed(atom(made))
    assert texts(feed, "rights") == ["CC-BY-4.0"]
    assert "Not for the public" in texts(feed, "subtitle")[0]
    assert "Not for the public" in json.loads(json_feed(made))["description"]
    assert "Not for the public" not in texts(parsed(atom(context(FILES))), "subtitle")[0]
