"""An organisation's own fields on its site: filters, the facts of an incident, and the columns of the data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from postmortems.cli import main
from sites import POLICY, incident, to_yaml

if TYPE_CHECKING:
    from sites import KnowledgeBaseOnDisk, Site

OWN_FIELDS = {
    "x-customer-tier": {"label": "Customer tier", "facet": True},
    "x-planned": {"label": "Planned", "type": "boolean", "facet": True},
    "x-regions": {"label": "Regions", "type": "list", "facet": True},
    "x-seats": {"label": "Seats", "type": "number"},
}
RECORDS = {
    "incidents/2026/2026-03-30-gold.md": {
        "x-customer-tier": "gold",
        "x-seats": 7,
        "x-regions": ["north", "south"],
    },
    "incidents/2026/2026-03-31-free.md": {"x-customer-tier": "free", "x-planned": True, "x-regions": ["south"]},
    "incidents/2026/2026-04-01-redacted.md": {"x-customer-tier": "platinum", "redacted": ["x-customer-tier"]},
    "incidents/2026/2026-04-02-amber.md": {"x-customer-tier": "palladium", "tlp": "AMBER"},
    "incidents/2026/2026-04-03-plain.md": {"x-mood": "sombre"},
}


@pytest.fixture
def base(kb: KnowledgeBaseOnDisk) -> KnowledgeBaseOnDisk:
    policy = POLICY | {"own_fields": OWN_FIELDS, "search_switch_at": 0}
    kb.write({"schemas/policy.yaml": to_yaml(policy), **{path: incident(own) for path, own in RECORDS.items()}})
    return kb


@pytest.fixture
def site(base: KnowledgeBaseOnDisk) -> Site:
    return base.build()


def offered(site: Site, name: str) -> dict[str, str]:
    """The values that a filter of the listing offers, and how many incidents have each."""
    listing = site.page("incidents/")
    boxes = listing.all(f"//input[@name='{name}']")
    return {box.get("value"): box.getparent().find_class("pm-said")[0].text for box in boxes}


def test_listing_and_search_filter_by_the_listed_ones(site: Site) -> None:
    assert offered(site, "x-customer-tier") == {"free": "free", "gold": "gold"}
    assert offered(site, "x-planned") == {"yes": "Yes"}
    assert offered(site, "x-regions") == {"north": "north", "south": "south"}
    assert offered(site, "x-seats") == offered(site, "x-mood") == {}
    labels = site.page("incidents/").texts("//form//details[contains(@class, 'pm-facet')]/summary")
    assert [*labels][-3:] == ["Customer tier", "Planned", "Regions"]
    assert "Customer tier" in site.page("search/").text()


def test_rows_carry_their_places(site: Site) -> None:
    listing = site.page("incidents/")
    (south,) = [box.get("data-place") for box in listing.all("//input[@value='south']")]
    rows = [row for row in listing.all("//tr[@data-facets]") if south in row.get("data-facets").split()]
    assert len(rows) == 2


def test_an_incident_shows_all_of_them_by_their_labels(site: Site) -> None:
    facts = site.page("incidents/2026/2026-03-30-gold/").text("//p[contains(@class, 'pm-record')]")
    assert "Customer tier: gold" in facts
    assert "Regions: north, south" in facts
    assert "Mood: sombre" in site.page("incidents/2026/2026-04-03-plain/").text()


def test_what_is_withheld_is_nowhere(site: Site) -> None:
    found = [name for name, content in site.files.items() if b"platinum" in content or b"palladium" in content]
    assert found == []


def test_the_data_page_explains_their_columns(site: Site) -> None:
    text = site.page("data/").text()
    assert "x_customer_tier" in text
    assert "x_mood" not in text


def test_check_asks_what_a_mistyped_one_was_meant_for(base: KnowledgeBaseOnDisk) -> None:
    base.write({"incidents/2026/2026-04-04-new.md": incident({"x-custmer-tier": "gold", "x-cost-centre": "4711"})})
    result = CliRunner().invoke(main, ["check", "--root", str(base.root), "--output-format", "full"])
    told = result.output
    assert "2026-04-04-new.md:25:17: warning X03 the own field `x-custmer-tier` is not in the policy" in told
    assert "did you mean `x-customer-tier`? otherwise add it under `own_fields` in schemas/policy.yaml" in told
    assert "x-cost-centre" not in told
    assert result.exit_code == 0


def test_list_tells_the_listed_ones(base: KnowledgeBaseOnDisk) -> None:
    result = CliRunner().invoke(main, ["list", "--json", "--audience", "public", "--root", str(base.root)])
    rows = {row["id"]: row for row in json.loads(result.stdout)}
    names = ("x_customer_tier", "x_seats", "x_planned", "x_regions")
    assert [rows["2026-03-30-gold"][name] for name in names] == ["gold", 7, None, ["north", "south"]]
    assert [rows["2026-04-01-redacted"][name] for name in names] == [None, None, None, []]
    assert not [key for row in rows.values() for key in row if "mood" in key]
