"""What a growing library costs: as much for each incident, however many there are."""

from __future__ import annotations

import os
from datetime import date, timedelta
from typing import TYPE_CHECKING

import lxml.html
import pytest

from sites import BARE, MATERIAL, POLICY, KnowledgeBaseOnDisk, incident, to_yaml

if TYPE_CHECKING:
    from pathlib import Path

    from sites import Site

FEW, MANY = 100, 1000
FACTORS = (
    "change.rollout",
    "change.review",
    "software.logic",
    "software.concurrency",
    "architecture.failover",
    "architecture.isolation",
    "infrastructure.network",
    "infrastructure.expiry",
    "detection.coverage",
    "response.runbook",
)
TEXT = (
    "the queue of the payment service filled up while the cache in front of it was being emptied by a job that "
    "nobody had run since the move to the new platform and whose limits were those of the old one"
)
WORDS = TEXT.split()


def prose(seed: int, length: int) -> str:
    return " ".join(WORDS[(seed * 7 + n * (seed % 5 + 1)) % len(WORDS)] for n in range(length))


def record(number: int) -> tuple[str, str]:
    """One incident of about six kilobytes, which depends on nothing but its number; the next is two days later."""
    day = date(2015, 1, 1) + timedelta(days=2 * number)
    before = date(2015, 1, 1) + timedelta(days=2 * (number - 1))
    factors = [FACTORS[(number + step) % len(FACTORS)] for step in range(3)]
    fields = {
        "title": f"Incident {number}: {prose(number, 6)}",
        "summary": f"In incident {number} {prose(number + 1, 30)}.",
        "provenance": "imported",
        "published": f"{day + timedelta(days=9)}",
        "severity": f"sev{number % 5 + 1}",
        "services": ["checkout"],
        "trigger": {"kind": "deploy", "at": f"{day}T10:00Z"},
        "times": {
            "started": f"{day}T10:{number % 30:02}Z",
            "detected": f"{day}T10:{number % 30 + 5:02}Z",
            "contained": f"{day}T11:{number % 60:02}Z",
            "recovered": f"{day}T12:{number % 60:02}Z",
        },
        "timeline": [{"at": f"{day}T10:{n + 30}Z", "what": f"{prose(number + n, 12)}."} for n in range(8)],
        "detection": {"source": "monitoring", "how": f"{prose(number, 15)}."},
        "impact": {"business": "medium", "technical": {"level": "high", "text": f"{prose(number, 25)}."}},
        "factors": [
            {"id": f"F{n}", "factor": factor, "statement": f"{prose(number + n, 12)} -> {prose(number, 10)}"}
            for n, factor in enumerate(factors, 1)
        ],
        "lessons": [
            {
                "id": f"L{n}",
                "kind": kind,
                "text": f"Lesson {n} of {number}: {prose(number + n, 18)}.",
                "about": ["F1"],
            }
            for n, kind in enumerate(("improve", "improve", "worked", "lucky"), 1)
        ],
        "actions": [
            {
                "id": f"A{n}",
                "title": f"Mend {prose(number + n, 6)}",
                "status": "done",
                "addresses": [f"F{n}", "L1"],
            }
            for n in range(1, 4)
        ],
    }
    body = "".join(
        f"## {section}\n\n{prose(number + 3, 120)}.\n\n- {prose(number, 12)}\n- {prose(number + 1, 12)}\n\n"
        for section in ("Overview", "Impact", "Response", "Root causes")
    )
    if number:
        body += f"It came after [another](../{before.year}/{before}-incident.md).\n"
    return f"incidents/{day.year}/{day}-incident.md", incident(fields, base=BARE, body=body)


def library(root: Path, count: int) -> KnowledgeBaseOnDisk:
    kb = KnowledgeBaseOnDisk(root / str(count))
    kb.write(
        {
            "schemas/policy.yaml": to_yaml(POLICY | {"search_switch_at": 0}),
            **dict(record(number) for number in range(count)),
        }
    )
    kb.configure(use_directory_urls=False, **MATERIAL)  # a thousand folders fewer to make and to remove
    return kb


def timed(kb: KnowledgeBaseOnDisk) -> tuple[float, Site]:
    """The processor time of a build and its helpers, which other work on the machine disturbs little."""
    start = sum(os.times()[:4])
    site = kb.build()
    return sum(os.times()[:4]) - start, site


def without_the_similar(site: Site, name: str) -> int:
    """The size of a page but for what stands beside it, five at most, and its exercise, which the newest have."""
    page = site.page(name)
    similar = page.all("//h2[@id='happened-before']/following-sibling::ul[1]")
    assert all(len(entries) <= 5 for entries in similar)
    for element in (
        *similar,
        *page.all("//*[@id='happened-before']"),
        *page.all("//li[a[@href='#happened-before']]"),
        *page.all("//li[a[contains(@href, 'exercises/')]]"),
    ):
        element.drop_tree()
    return len(lxml.html.tostring(page.root))


@pytest.mark.slow
def test_an_incident_costs_the_same_among_many(tmp_path: Path) -> None:
    assert 5_000 < len(record(50)[1]) < 8_000
    nothing = library(tmp_path, 0)
    timed(nothing)  # what is read and compiled once a process
    without = min(timed(nothing)[0] for _ in range(2))
    few = library(tmp_path, FEW)
    few_time, few_site = min((timed(few) for _ in range(2)), key=lambda run: run[0])
    many_time, many_site = timed(library(tmp_path, MANY))
    per_few, per_many = (few_time - without) / FEW, (many_time - without) / MANY
    print(f"none {without:.2f} s, {FEW} {few_time:.2f} s, {MANY} {many_time:.2f} s")
    assert per_many <= 1.5 * per_few

    # Number 50 has the same neighbours in time in both; of those that are like it, as few are shown.
    page = record(50)[0].replace(".md", ".html")
    few_size, many_size = (without_the_similar(site, page) for site in (few_site, many_site))
    assert abs(many_size - few_size) <= 64
    assert (
        len(
            [name for name in many_site.files if name.startswith("incidents/") and name.endswith("-incident.html")]
        )
        == MANY
    )
