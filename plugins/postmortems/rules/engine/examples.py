"""A short example of each field that a requirement may ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postmortems.source import Shape

_EXAMPLES = {
    "schema": "schema: 1",
    "title": "title: Expired certificate stopped card payments",
    "status": "status: draft",
    "summary": (
        "summary: >-\n"
        "  The certificate of the card gateway ran out, and card payments failed for 43 minutes.\n"
        "  A new certificate ended it."
    ),
    "severity": "severity: sev3",
    "services": "services:\n  - payments",
    "trigger": "trigger: expiry",
    "times": (
        "times:\n"
        "  started: 2026-03-31T10:12Z\n"
        "  detected: 2026-03-31T10:20Z\n"
        "  contained: 2026-03-31T10:50Z\n"
        "  recovered: 2026-03-31T10:55Z"
    ),
    "detection": "detection: monitoring",
    "impact.technical": "impact:\n  technical: high",
    "impact.business": "impact:\n  business: medium",
    "impact.reputation": "impact:\n  reputation: low",
    "factors": (
        'factors:\n  - "infrastructure.expiry: the renewal job had no alert -> the certificate expired unnoticed"'
    ),
    "lessons": 'lessons:\n  - "improve: Alert on the date of expiry, not on the failure that follows it."',
    "actions": (
        "actions:\n"
        "  - id: A1\n"
        "    title: Alert three weeks before a certificate expires\n"
        "    owner: platform\n"
        "    due: 2026-04-30\n"
        "    done_when: every certificate of the gateway has an alert"
    ),
    "evaluation": (
        "evaluation:\n  detection:\n    verdict: delayed\n    note: The alarm came from customers' reports."
    ),
    "questions": "questions:\n  detected-quickly:\n    answer: partly\n    note: Eight minutes; two were the aim.",
    "questions.what-should-change": (
        "questions:\n  what-should-change:\n    alerting: Alert on the date of expiry."
    ),
    "review": "review:\n  held: 2026-04-03\n  facilitator:\n    role: incident-manager\n    responded: false",
    "evidence": "evidence:\n  - id: E1\n    kind: dashboard\n    ref: payments overview, 10:00 to 11:00 UTC",
    "organisation": "organisation: Example Bank",
    "sources": "sources:\n  - url: https://example.org/report\n    kind: primary",
    "published": "published: 2026-04-07",
    "amended": (
        "amended:\n"
        "  - date: 2026-05-02\n"
        "    what: Withdrawn.\n"
        "    why: It describes the same incident as another record."
    ),
}


def field_example(field: str, shape: Shape) -> str:
    """An example of a field; of one that is not known here, by the shape that the schema gives it."""
    if field in _EXAMPLES:
        return _EXAMPLES[field]
    *parents, name = field.split(".")
    place = shape.at(tuple(field.split(".")))
    text = f"{name}: {place.known_values[0] if place.known_values else '…'}"
    for parent in reversed(parents):
        text = f"{parent}:\n  " + text.replace("\n", "\n  ")
    return text
