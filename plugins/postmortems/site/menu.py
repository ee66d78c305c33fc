"""The menu: which listings there are, under which headings, in the order in which a visitor needs them."""

from __future__ import annotations

from postmortems.texts import noted

MENU: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (noted("Home"), (("index.md", noted("Home")),)),
    (noted("Incidents"), (("incidents/index.md", noted("Incidents")),)),
    (noted("Search"), (("search/index.md", noted("Search")),)),
    (
        noted("Lessons"),
        (
            ("lessons/index.md", noted("Lessons")),
            ("precedents/index.md", noted("Before a change")),
            ("factors/index.md", noted("Factors")),
            ("services/index.md", noted("Services")),
        ),
    ),
    (
        noted("Figures"),
        (
            ("timing/index.md", noted("Timing")),
            ("frequency/index.md", noted("Frequency")),
            ("did-it-work/index.md", noted("Did it work?")),
        ),
    ),
    (
        noted("Follow-through"),
        (
            ("follow-through/index.md", noted("Follow-through")),
            ("review/index.md", noted("Review quality")),
            ("readiness/index.md", noted("Readiness")),
        ),
    ),
    (
        noted("Reports"),
        (
            ("brief/index.md", noted("Leadership brief")),
            ("evidence/index.md", noted("Audit evidence")),
        ),
    ),
    (
        noted("About"),
        (
            ("method/index.md", noted("Method")),
            ("data/index.md", noted("Data")),
        ),
    ),
)
"""Headings, and below each the uris of its listings with their labels. One alone stands without its heading."""
