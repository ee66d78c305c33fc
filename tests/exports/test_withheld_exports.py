"""What an audience may not see is in no byte of any export, nor is anything that was withdrawn."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pyarrow.parquet as pq
import pytest
from export_cases import all_files

from sites import EVERYTHING, PROSE, incident

if TYPE_CHECKING:
    from export_cases import MakeEdition

    from postmortems.exports import ExportContext

WORD = "zyzzyva"
HIDDEN = f"2026-03-31-{WORD}"
SHOWN = incident(
    {"related": [{"id": HIDDEN, "as": "repeats"}], "not_related": [HIDDEN]},
    body=(
        f"## Overview\n\n[Before](../2026/{HIDDEN}.md#impact) it was so, ![drawn](../2026/{HIDDEN}/a.png) and "
        f"[told][1].\n\n[1]: ../2026/{HIDDEN}.md 'told'\n\n<a href=\"../2026/{HIDDEN}.md\">Again</a>\n"
    ),
)


def holding(context: ExportContext, *words: str) -> list[tuple[str, str]]:
    """The files in which a word stands, or in whose name."""
    return [
        (place, word)
        for place, content in all_files(context)
        for word in words
        if word.encode().lower() in _plain(place, content).lower() or word in place
    ]


def _plain(place: str, content: bytes) -> bytes:
    """A file's content where it is not compressed, and for calendars without folds of lines."""
    if place.endswith(".parquet"):
        return str(pq.read_table(io.BytesIO(content)).to_pylist()).encode()
    return content.replace(b"\r\n ", b"") if place.endswith(".ics") else content


def full(*changes: dict[str, object]) -> str:
    said = {
        "title": f"The {WORD} one",
        "summary": f"All of {WORD}.",
        "x-own": WORD,
        "tags": [WORD],
        "actions": [
            {
                "id": "A1",
                "title": f"Mend the {WORD}",
                "owner": "platform",
                "due": "2026-07-01",
                "done_when": "It holds.",
            }
        ],
    }
    return incident(said, *changes, base=EVERYTHING, body=f"{PROSE}\n{WORD}\n")


@pytest.mark.parametrize(
    "fields",
    [
        {"tlp": "AMBER"},
        {"tlp": "RED"},
        {"status": "draft"},
        {"tlp": None},
        {"status": "withdrawn", "amended": [{"date": "2026-04-08", "what": WORD, "why": WORD}]},
    ],
    ids=str,
)
def test_withheld_record_is_in_no_export(context: MakeEdition, fields: dict[str, object]) -> None:
    files = {f"incidents/2026/{HIDDEN}.md": full(fields), "incidents/2026/2026-03-30-shown.md": SHOWN}
    assert holding(context(files), WORD) == []


def test_it_is_there_for_those_who_may_see_it(context: MakeEdition) -> None:
    files = {f"incidents/2026/{HIDDEN}.md": full({"tlp": "AMBER"}), "incidents/2026/2026-03-30-shown.md": SHOWN}
    found = {place for place, _ in holding(context(files, audience="organisation"), WORD)}
    assert {
        "feed.xml",
        "feed.json",
        "actions.ics",
        "llms.txt",
        "data/incidents.json",
        "data/actions.json",
        "data/incidents.csv",
        "data/actions.csv",
        "data/postmortems.db",
        "data/incidents.parquet",
        f"data/incidents/{HIDDEN}.json",
        f"incidents/2026/{HIDDEN}.md",
        "incidents/2026/2026-03-30-shown.md",
    } <= found


# What is redacted, and how it would read in an export.
REDACTED = {
    "title": ["Expired certificate stopped"],
    "summary": ["ran out, and all card payments"],
    "trigger.ref": ["CHG-17"],
    "trigger": ["CHG-17", "The certificate of the gateway reached its end date."],
    "detection.how": ["Customers called the hotline."],
    "impact.cost": ["120000"],
    "impact.users": ["41000"],
    "impact.business.text": ["Card revenue of 43 minutes"],
    "factors.F2": ["No check watched the gateway", "detection.coverage"],
    "lessons.L2": ["The hotline knew whom to call."],
    "actions.A2": ["Rewrite the runbook", "The gateway is replaced in June."],
    "actions.A1.slips": ["The vendor was late."],
    "actions.A1.artefact": ["certificate-expiry"],
    "review": ["Service manager", "No contract was touched.", "notes.example.org"],
    "evidence.E1": ["Renewal job, 1 to 31 March 2026"],
    "regulatory": ["Notice 17"],
    "refs": ["OPS-4711"],
    "times.declared": ["2026-03-31T10:30"],
    "duration_stated": ['43 min"'],
    "amended": ["The result of A1 was added."],
}


@pytest.mark.parametrize(("field", "texts"), REDACTED.items(), ids=REDACTED)
def test_redacted_field_is_in_no_export(context: MakeEdition, field: str, texts: list[str]) -> None:
    path = "incidents/2026/2026-03-31-x.md"
    plain = {word for _, word in holding(context({path: incident(base=EVERYTHING, body=PROSE)}), *texts)}
    assert plain == set(texts)
    redacted = incident({"redacted": [field]}, base=EVERYTHING, body=PROSE)
    made = context({path: redacted})
    assert holding(made, *texts, "redacted") == []
