"""The menu: which listings there are, under which headings, in the order in which a visitor needs them."""

from __future__ import annotations

MENU: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("Home", (("index.md", "Home"),)),
    ("Incidents", (("incidents/index.md", "Incidents"),)),
    ("Search", (("search/index.md", "Search"),)),
    (
        "Lessons",
        (
            ("lessons/index.md", "Lessons"),
            ("factors/index.md", "Factors"),
        ),
    ),
    (
        "Figures",
        (("timing/index.md", "Timing"),),
    ),
    (
        "About",
        (("method/index.md", "Method"),),
    ),
)
"""Headings, and below each the uris of its listings with their labels. One alone stands without its heading."""
