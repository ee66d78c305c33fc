"""The menu: which listings there are, under which headings, in the order in which a visitor needs them."""

from __future__ import annotations

from postmortems.texts import N_

MENU: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (N_("Home"), (("index.md", N_("Home")),)),
    (N_("Incidents"), (("incidents/index.md", N_("Incidents")),)),
    (N_("Search"), (("search/index.md", N_("Search")),)),
    (
        N_("Lessons"),
        (
            ("lessons/index.md", N_("Lessons")),
            ("precedents/index.md", N_("Before a change")),
            ("factors/index.md", N_("Factors")),
            ("services/index.md", N_("Services")),
        ),
    ),
    (
        N_("Figures"),
        (
            ("timing/index.md", N_("Timing")),
            ("frequency/index.md", N_("Frequency")),
            ("did-it-work/index.md", N_("Did it work?")),
        ),
    ),
    (
        N_("Follow-through"),
        (
            ("follow-through/index.md", N_("Follow-through")),
            ("review/index.md", N_("Review quality")),
            ("readiness/index.md", N_("Readiness")),
        ),
    ),
    (
        N_("Reports"),
        (
            ("brief/index.md", N_("Leadership brief")),
            ("evidence/index.md", N_("Audit evidence")),
        ),
    ),
    (
        N_("About"),
        (
            ("method/index.md", N_("Method")),
            ("data/index.md", N_("Data")),
        ),
    ),
)
"""Headings, and below each the uris of its listings with their labels. One alone stands without its heading."""
