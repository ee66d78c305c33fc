"""A site in another language has no text of the interface in English.

The demo and many small knowledge bases are rendered with a `texts.yaml` that puts every text between marks; see
`pseudo.py`. Rules and fields are left out: what they say is written once, in English, as the schema is.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING

from icalendar import Calendar
from site_bench import make_demo, make_tree, render_all
from site_cases import KNOWLEDGE_BASES

from pseudo import forgotten, paragraphs, seen, texts_file
from sites import POLICY, parse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from postmortems.site import SiteTree

GERMAN = {"language": "de"}
ENGLISH = ("method/rules/", "method/fields")


def test_no_text_of_any_site_is_forgotten(tmp_path: Path):
    """One test for all sites, because a text that is forgotten stands on many of them."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, folder, shown in _sites(tmp_path, {"schemas/texts.yaml": texts_file()}):
        for piece, places in _forgotten(shown, folder).items():
            found[piece] += [f"{name}: {place}" for place in places]
    assert found == {}


def _sites(root: Path, marked: dict[str, str]) -> Iterator[tuple[str, Path, list[tuple[str, str]]]]:
    """What each site shows, where a file of the knowledge base puts every text between marks."""
    demo = make_demo(root / "demo", marked, policy=GERMAN | {"search_switch_at": 0})
    yield "demo", root / "demo", [*_of_pages(demo), *_of_tree(demo), *_of_exports(demo)]
    for name, (files, options) in KNOWLEDGE_BASES.items():
        tree = make_tree(root / name, files | marked, policy=POLICY | GERMAN, **options)
        yield name, root / name, [*_of_pages(tree), *_of_tree(tree)]


def test_what_is_forgotten_is_found(tmp_path: Path):
    """That this can fail: without the marks, everything is a text of the interface."""
    found = _forgotten(_of_pages(make_tree(tmp_path, {}, policy=POLICY | GERMAN)), tmp_path)
    assert "vorfälle" in found


def _forgotten(shown: Iterable[tuple[str, str]], folder: Path) -> dict[str, list[str]]:
    """The pieces of texts that are neither between marks nor data, and where they stand."""
    places: dict[str, list[str]] = defaultdict(list)
    for where, text in shown:
        places[text].append(where)
    return {piece: places[text] for text in places for piece in forgotten([text], folder)}


def _of_pages(tree: SiteTree) -> Iterator[tuple[str, str]]:
    for uri, page in render_all(tree).items():
        if not uri.startswith(ENGLISH):
            yield from ((uri, text) for text in seen(page.node))


def _of_tree(tree: SiteTree) -> Iterator[tuple[str, str]]:
    """What the engine puts around the pages: titles, descriptions, the menu, other forms of the site."""
    for uri, page in (*tree.pages.items(), *tree.incidents.items()):
        if not uri.startswith(ENGLISH):
            yield from ((f"{uri}: head", text) for text in (page.title, page.description))
    for heading, entries in tree.menu:
        yield from (("menu", text) for text in (heading, *(label for _, label in entries)))
    for alternate in (*tree.alternates, *(each for page in tree.incidents.values() for each in page.alternates)):
        yield alternate.uri, alternate.title


def _of_exports(tree: SiteTree) -> Iterator[tuple[str, str]]:
    """The files that people read in other programs. Atom tells what JSON Feed does."""
    made = {asset.dest: asset.make for asset in tree.assets.values() if asset.make}
    feed = json.loads(made["feed.json"]())
    yield from (("feed.json", feed[name]) for name in ("title", "description"))
    for item in feed["items"]:
        yield from (("feed.json", text) for text in parse(item["content_html"]).root.itertext())
    calendar = Calendar.from_ical(made["actions.ics"]())
    yield "actions.ics", str(calendar["x-wr-calname"])
    for event in calendar.walk("VEVENT"):
        yield from (("actions.ics", str(event[name])) for name in ("summary", "description"))
    for place in ("llms.txt", *list(tree.incidents)[:5]):
        yield from ((place, part) for part in paragraphs(made[place]().decode()))
