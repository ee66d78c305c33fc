"""The pages on rules and fields: one for each rule, in the words that the commands print."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from postmortems.rules import RULES
from sites import incident, parse, words

if TYPE_CHECKING:
    from postmortems.conventions import Conventions
    from postmortems.site import SiteTree
    from sites import Node


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> SiteTree:
    from site_bench import make_tree

    return make_tree(tmp_path_factory.mktemp("reference"), {"incidents/2026/2026-03-31-x.md": incident()})


def node(made: SiteTree, uri: str) -> Node:
    return parse(made.pages[uri].render(lambda target: f"/{target}").html)


def all_codes(conventions: Conventions) -> list[str]:
    return [*RULES, *(requirement.code for requirement in conventions.requirements)]


def test_every_rule_has_a_page(made: SiteTree, conventions: Conventions) -> None:
    pages = {uri for uri in made.pages if uri.startswith("method/rules/")}
    assert pages == {"method/rules/index.md", *(f"method/rules/{code}.md" for code in all_codes(conventions))}


def test_the_index_leads_to_every_rule(made: SiteTree, conventions: Conventions) -> None:
    index = node(made, "method/rules/index.md")
    links = {link.get("href"): words(link) for link in index.all("//td/..//a")}
    for code in all_codes(conventions):
        assert links[f"/method/rules/{code}.md"].startswith(f"{code} ")
        assert code.lower() in index.ids
    assert not [text for text in index.texts("//td") if "`" in text]


def test_a_rule_is_explained_as_the_command_explains_it(made: SiteTree, conventions: Conventions) -> None:
    from postmortems.rules import all_rules
    from postmortems.rules.reference.explain import explain

    for code, rule in all_rules(conventions).items():
        explanation = explain(rule)
        page = node(made, f"method/rules/{code}.md")
        assert page.texts("//h1") == [explanation.title]
        assert made.pages[f"method/rules/{code}.md"].title == explanation.title
        assert page.texts("//h2/@id/..") == [f"{part.heading}¶" for part in explanation.parts]
        told = [part.text.replace("`", "") for part in explanation.parts if part.text]
        assert [text for text in page.texts("//h2/following-sibling::p") if text in told] == told
        shown = ["".join(element.itertext()) for element in page.all("//pre")]
        assert shown == [part.example for part in explanation.parts if part.example]


def test_a_rule_is_found_on_the_index_and_lessons_by_the_search(made: SiteTree) -> None:
    assert made.pages["method/rules/index.md"].searchable
    assert not made.pages["method/rules/T08.md"].searchable
    assert made.pages["method/rules/T08.md"].section == "method/index.md"


def test_the_fields_link_to_the_rules_that_ask_for_them(made: SiteTree, conventions: Conventions) -> None:
    page = node(made, "method/fields.md")
    names = [words(heading).rstrip("¶") for heading in page.all("//h2")]
    assert names == [*conventions.schema.shape.known_keys, "x-…", "Forms of values"]
    links = [link.get("href") for link in page.all("//a[not(@class)]")]
    assert sorted(links) == [f"/method/rules/{requirement.code}.md" for requirement in conventions.requirements]
    assert "/method/fields.md" in {link.get("href") for link in node(made, "method/index.md").all("//a")}
