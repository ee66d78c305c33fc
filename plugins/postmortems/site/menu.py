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
            ("factors/index.md", noted("Factors")),
        ),
    ),
    (
        noted("Figures"),
        (
            ("timing/index.md", noted("Timing")),
            ("did-it-work/index.md", noted("Did it work?")),
        ),
    ),
    (
        noted("Follow-through"),
        (("follow-through/index.md", noted("Follow-through")),),
    ),
    (
        noted("Reports"),
        (("evidence/index.md", noted("Audit evidence")),),
    ),
    (
        noted("About"),
        (("method/index.md", noted("Method")), ("data/index.md", noted("Data"))),
    ),
)
"""Headings, and below each the uris of its listings with their labels. One alone stands without its heading."""
