"""The Markdown twins and llms.txt."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from export_cases import FILES
from markdown import Markdown

from postmortems.exports.llms import llms
from postmortems.exports.markdown_export import incident_markdown
from sites import incident, parse, words

if TYPE_CHECKING:
    from export_cases import MakeEdition

GOLDEN = Path(__file__).parent / "golden"
HOSTILE = '<script>alert("x")</script> *p99* < `200` ms [x](javascript:y)\n\n# Not a heading'


@pytest.mark.parametrize("name", ["2026-03-31-everything", "2026-01-02-bare", "2019-07-retold"])
def test_twin(context: MakeEdition, name: str) -> None:
    made = context(FILES, site_url="https://example.org/")
    expected = (GOLDEN / f"{name}.md").read_text(encoding="utf-8")
    assert incident_markdown(made, made.records[name]).decode() == expected


def test_texts_of_front_matter_are_no_markup(context: MakeEdition) -> None:
    fields = {
        "title": HOSTILE.splitlines()[0],
        "summary": HOSTILE,
        "lessons": [{"kind": "improve", "text": HOSTILE}],
    }
    made = context({"incidents/2026/2026-03-31-x.md": incident(fields)})
    page = parse(Markdown().convert(incident_markdown(made, made.records["2026-03-31-x"]).decode()))
    assert not page.all("//script|//em|//main//code[contains(., '200')]|//a[contains(@href, 'javascript')]")
    assert page.text("//h1") == HOSTILE.splitlines()[0]
    assert words(page.all("//h1/following-sibling::p")[0]) == " ".join(HOSTILE.split())


@pytest.mark.parametrize("site_url", [None, "https://example.org/p/"])
def test_llms(context: MakeEdition, site_url: str | None) -> None:
    """llmstxt.org: a title, what it is, then lists of links under headings."""
    lines = llms(context(FILES, site_url=site_url)).decode().splitlines()
    top = site_url or ""
    assert lines[0] == "# Lessons from incidents: Example Bank"
    assert lines[2].startswith("> ")
    assert [line for line in lines if line.startswith("## ")] == ["## Pages", "## Data", "## Incidents"]
    assert f"- [All incidents]({top}data/incidents.json): one row each, with the address of its page" in lines
    links = [line for line in lines if f"]({top}incidents/2" in line]
    assert len(links) == len(FILES)
    first = f"- [Expired certificate stopped all card payments]({top}incidents/2026/2026-03-31-everything.md): "
    assert links[0].startswith(f"{first}The certificate of the card gateway ran out")


def test_llms_of_nothing(context: MakeEdition) -> None:
    assert "## Incidents" not in llms(context({})).decode()


def test_llms_of_many_names_the_newest(context: MakeEdition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("postmortems.exports.llms.MOST", 2)
    text = llms(context(FILES)).decode()
    assert "## Incidents, the newest 2 of 3" in text
    assert text.count("](incidents/") == 2
