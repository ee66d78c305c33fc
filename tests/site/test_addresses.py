"""Addresses from free names: safe to write and to link to, stable, and one for each."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortems.analysis.statistics.service_keys import ServiceKey
from postmortems.rendering.addresses import service_uris, slugs

SAFE = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\Z")


@pytest.mark.parametrize("name", ["株式会社", "-.-"])
def test_a_name_that_can_not_be_written_in_ascii(name: str) -> None:
    assert slugs([name]) == {name: "x"}


def test_names_that_would_share_one_are_told_apart() -> None:
    made = slugs(["GitHub", "github", "Git Hub", "git-hub", "other"])
    assert made["github"] == "github"  # it is its own slug
    assert made["other"] == "other"
    assert re.fullmatch(r"github-[0-9a-f]{6}", made["GitHub"])
    assert len(set(made.values())) == 5


def test_an_address_depends_on_namesakes_only() -> None:
    assert slugs(["GitHub", "Okta"])["GitHub"] == slugs(["GitHub", "Roblox", "AWS"])["GitHub"] == "github"
    assert slugs(["GitHub", "github"])["GitHub"] == slugs(["github", "GITHUB", "GitHub"])["GitHub"]


@pytest.mark.parametrize("name", ["index", "readme", "con", "aux", "com1", "nul.txt"])
def test_names_that_a_folder_or_a_system_keeps_for_itself(name: str) -> None:
    assert re.fullmatch(rf"{re.escape(name)}-[0-9a-f]{{6}}", slugs([name])[name])


@given(st.sets(st.text(min_size=1, max_size=100), max_size=12))
def test_any_names(names: set[str]) -> None:
    made = slugs(sorted(names))
    assert len(set(made.values())) == len(names)
    assert all(SAFE.match(found) and ".." not in found for found in made.values())


def test_services_of_others_lie_in_a_folder_of_their_organisation() -> None:
    keys = [
        ServiceKey("", "checkout"),
        ServiceKey("", "index"),
        ServiceKey("Someone else", "checkout"),
        ServiceKey("someone else", "checkout"),
        ServiceKey("Checkout", "index"),
    ]
    made = service_uris(keys)
    assert made[keys[0]] == "services/checkout.md"
    assert re.fullmatch(r"services/index-[0-9a-f]{6}\.md", made[keys[1]])
    assert re.fullmatch(r"services/someone-else-[0-9a-f]{6}/checkout\.md", made[keys[2]])
    assert re.fullmatch(r"services/checkout/index-[0-9a-f]{6}\.md", made[keys[4]])
    assert len(set(made.values())) == len(keys)
