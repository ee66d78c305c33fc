"""Knowledge bases that pages are rendered from, small and odd ones above all."""

from __future__ import annotations

from typing import Any

from sites import BARE, EVERYTHING, PROSE, SMALL, incident

WITHDRAWN = {"status": "withdrawn", "amended": [{"date": "2026-04-08", "what": "All of it.", "why": "Wrong."}]}
RETOLD = {
    "provenance": "public-report",
    "organisation": "Someone else",
    "services": ["dns"],
    "sources": [{"url": "https://status.example.org/1", "kind": "primary"}],
}


def path(name: str) -> str:
    return f"incidents/{name[:4]}/{name}.md"


def small(number: int, *changes: dict[str, Any], body: str = "") -> tuple[str, str]:
    return path(f"2026-03-{number:02}-case-{number}"), incident(*changes, body=body)


def one(*changes: dict[str, Any], body: str = "", base: dict[str, Any] = SMALL) -> dict[str, str]:
    return {path("2026-03-31-case"): incident(*changes, body=body, base=base)}


def used_once(*factors: str) -> dict[str, Any]:
    return {"factors": [{"factor": factor, "statement": "a -> b"} for factor in factors]}


# Each with the options of the build.
KNOWLEDGE_BASES: dict[str, tuple[dict[str, str], dict[str, Any]]] = {
    "empty": ({}, {}),
    "empty-preview": ({}, {"preview": True}),
    "bare": (one(base=BARE), {}),
    "small": (one(), {}),
    "two": (dict([small(1), small(2)]), {}),
    "three-years": (
        {path(f"{year}-03-31-case-{year}"): incident() for year in (2022, 2024, 2026)},
        {},
    ),
    "everything": (one(base=EVERYTHING, body=PROSE), {}),
    "everything-without-prose": (one(base=EVERYTHING), {}),
    "everything-for-the-organisation": (one({"tlp": "AMBER"}, base=EVERYTHING), {"audience": "organisation"}),
    "everything-twice": (
        {
            path("2026-03-31-one"): incident({"related": ["2026-03-30-two"]}, base=EVERYTHING, body=PROSE),
            path("2026-03-30-two"): incident({"related": ["2026-03-31-one"]}, base=EVERYTHING),
        },
        {},
    ),
    "only-withdrawn": (one(WITHDRAWN), {}),
    "only-maintenance": (one({"class": "maintenance"}), {}),
    "only-near-miss": (one({"class": "near-miss", "times": None}), {}),
    "only-exercise": (one({"class": "exercise"}), {}),
    "ongoing": (one({"times": {"started": "2026-05-31T10:00Z"}}), {}),
    "caught-before-impact": (one({"detection": {"source": "staff", "before_impact": True}}), {}),
    "retold": (one(RETOLD, {"not_stated": ["actions", "times.detected"], "no_actions_reason": None}), {}),
    "retold-and-own": (dict([small(1), small(2, RETOLD)]), {}),
    "draft": (one({"status": "draft"}), {"preview": True}),
    "in-review": (one({"status": "in-review"}), {}),
    "no-users-hit": (one({"impact": {"users": {"count": 0}}}), {}),
    "only-the-stated-duration": (one({"impact": None, "duration_stated": "2 h"}), {}),
    "special-factors": (one({"factors": ["unknown: nobody knows", "none: nothing was found"]}), {}),
    "factors-of-two-categories-mixed": (
        one(used_once("software.logic", "change.review", "software.concurrency", "change.rollback")),
        {},
    ),
    # In a preview, a record is shown although rules find errors in it.
    "factor-that-is-no-word": (one(used_once("change.unheard-of", "change.review")), {"preview": True}),
    "trigger-that-is-no-word": (one({"trigger": "moon-phase"}), {"preview": True}),
    "severity-and-service-unlisted": (one({"services": ["unheard-of"], "severity": "sev5"}), {"preview": True}),
    "dangling-ids": (
        one(
            {
                "actions": [{"id": "A1", "title": "Mend it", "addresses": ["F9", "L9", "nothing"]}],
                "related": ["1999-01-01-nowhere"],
                "lessons": [{"kind": "improve", "text": "Text.", "about": ["F9"]}],
            }
        ),
        {"preview": True},
    ),
    "attention": (
        {
            path("2026-03-31-later"): incident(),
            path("2026-01-10-earlier"): incident(
                {
                    "severity": "sev1",
                    "times": {"started": "2026-01-10T09:00Z", "recovered": "2026-01-10T10:00Z"},
                    "no_actions_reason": None,
                    "actions": [
                        {
                            "id": f"A{n}",
                            "title": f"Mend part {n}",
                            "owner": "platform",
                            "due": "2026-04-01",
                            "done_when": "It holds.",
                            "addresses": ["F1"],
                        }
                        for n in range(1, 13)
                    ],
                }
            ),
        },
        {},
    ),
    # Headings that authors may well write, beside data that have headings of their own.
    "headings-like-the-data": (
        one(
            base=EVERYTHING,
            body="\n".join(
                f"## {name}\n\nText.\n"
                for name in (
                    "Timeline",
                    "Evaluation",
                    "Questions",
                    "Review",
                    "Related",
                    "Sources",
                    "Conflicts",
                    "Not stated",
                    "Evidence",
                    "Regulatory",
                    "Record",
                    "F1",
                    "L1",
                    "A1",
                    "E1",
                )
            ),
        ),
        {},
    ),
}
