"""S rules and T01: what the reader, the schema and the file tree report, documented beside the other rules."""

from __future__ import annotations

from postmortems.findings import Severity
from postmortems.rules.engine.rule import EVERY_STATUS, Applies, Rule


def _rule(  # noqa: PLR0913 - the parts of a rule, all named
    *, code: str, name: str, summary: str, why: str, remedy: str, bad: str, good: str, family: str = "shape"
) -> Rule:
    return Rule(
        code, name, Severity.ERROR, family, summary, why, remedy, bad, good, Applies(statuses=EVERY_STATUS)
    )


_FILE = (
    _rule(
        code="S101",
        name="readable-text",
        summary="The file is not plain UTF-8 text, is too large, or can't be read",
        why=(
            "If an editor, Git and a browser show the bytes differently, nobody can be sure what the record says."
        ),
        remedy=(
            "Save the file as UTF-8 without a byte order mark and delete control characters. Keep logs "
            "and dumps elsewhere, and name them under `evidence`."
        ),
        bad="summary: Payments failed ␇ for 43 minutes.",
        good="summary: Payments failed for 43 minutes.",
    ),
    _rule(
        code="S102",
        name="front-matter",
        summary="The file has no front matter, or it isn't a mapping of fields",
        why="Records are counted, sorted and found by the fields between the two lines of `---`.",
        remedy="Start the file with a line of `---`, then one field per line, then another line of `---`.",
        bad="# Payments outage\n\nOn 31 March the certificate ran out.",
        good="---\ntitle: Expired certificate stopped card payments\nstatus: draft\n---",
    ),
    _rule(
        code="S107",
        name="no-bidirectional-control",
        summary="A character changes the direction of the text around it",
        why=(
            "Such characters make a line look different to people than to programs, and so hide changes"
            " from reviewers."
        ),
        remedy="Delete the character. Letters of every script carry their own direction.",
        bad="title: Payments failed after ⟨U+202E⟩yolped eht",
        good="title: Payments failed after the deploy",
    ),
    _rule(
        code="S120",
        name="file-name",
        summary="The file name is not YYYY-MM-DD-slug.md, or Windows can't store its folder",
        why=(
            "The name is the record's id, used by links, feeds and other records. A file whose name "
            "ends in `.MD` or `.markdown` would be skipped silently."
        ),
        remedy=(
            "Name the file by the date by which people know the incident and a few lower-case words (a "
            "to z) joined by hyphens. Day or month may be left out."
        ),
        bad="# incidents/2026/Payments Outage.md",
        good="# incidents/2026/2026-03-31-payments-certificate.md",
    ),
    _rule(
        code="S121",
        name="one-file-an-id",
        summary="Two files have the same id",
        why="Neither could be linked to, and one page would overwrite the other.",
        remedy="Give one of them another slug. Upper and lower case make no difference.",
        bad="# incidents/2025/2026-03-31-payments.md\n# incidents/2026/2026-03-31-payments.md",
        good="# incidents/2026/2026-03-31-payments.md\n# incidents/2026/2026-03-31-payments-again.md",
    ),
    _rule(
        code="S122",
        name="no-link-outwards",
        summary="A symbolic link points outside incidents/ or to a folder",
        why="A record must be what the repository contains, on every machine and in every review.",
        remedy="Replace the link with the file itself.",
        bad="# incidents/2026/2026-03-31-payments.md -> /home/someone/notes.md",
        good="# incidents/2026/2026-03-31-payments.md",
    ),
    _rule(
        code="S123",
        name="one-record-a-folder",
        summary="A post-mortem lies in the folder of another",
        why="Pictures in a folder are published with its record, so those of the other would be seen.",
        remedy="Give each post-mortem a folder of its own, beside the others.",
        bad="# incidents/2026-03-31-payments/index.md\n# incidents/2026-03-31-payments/2026-04-01-refunds.md",
        good="# incidents/2026-03-31-payments/index.md\n# incidents/2026-04-01-refunds.md",
    ),
)

_YAML = (
    _rule(
        code="S103",
        name="yaml-syntax",
        summary="The front matter is not valid YAML",
        why="A file that can't be parsed can't be read in part: half a record would be worse than none.",
        remedy=(
            "Check the line's indentation, unclosed quotes above it, and text that contains a colon and"
            " a space: quote such text. `postmortems check --fix` does this where the meaning is clear."
        ),
        bad="title: Payments failed: a certificate ran out",
        good='title: "Payments failed: a certificate ran out"',
    ),
    _rule(
        code="S104",
        name="plain-yaml",
        summary="An anchor, alias, tag, merge key or composite key is used",
        why="A value should be readable in its place, without looking elsewhere.",
        remedy="Write the value out. Quote text that starts with `&`, `*` or `!`.",
        bad="title: &title Payments failed\nsummary: *title",
        good="title: Payments failed\nsummary: Card payments failed for 43 minutes.",
    ),
    _rule(
        code="S105",
        name="no-duplicate-key",
        summary="A key appears twice in one mapping",
        why="YAML parsers silently keep one of the two, and not all keep the same one.",
        remedy="Keep one of the two. Use a list for several values.",
        bad="severity: sev2\nseverity: sev3",
        good="severity: sev3",
    ),
    _rule(
        code="S106",
        name="bounded-nesting",
        summary="Values are nested too deeply",
        why="No record needs it, and thousands of levels can crash a parser.",
        remedy="Flatten the values.",
        bad=f"tags: {'[' * 41}{']' * 41}",
        good="tags:\n  - certificate",
    ),
)

_SCHEMA = (
    _rule(
        code="S110",
        name="known-key",
        summary="A key is unknown in this place",
        why="A mistyped field is a missing field: nothing would count or show it.",
        remedy=(
            "Use the name that the message suggests. Your own fields start with `x-`. Inside braces a "
            "comma ends the value: quote text that contains one. `postmortems check --fix` quotes list "
            "entries such as `- improve: …`."
        ),
        bad="severty: sev3",
        good="severity: sev3",
    ),
    _rule(
        code="S111",
        name="value-kind",
        summary="A value has the wrong type, such as text instead of a list, or is missing",
        why="A value of another type would be shown wrongly or not at all.",
        remedy="Write a value of the type that the message names, or delete an unfilled line.",
        bad="services: payments",
        good="services:\n  - payments",
    ),
    _rule(
        code="S112",
        name="known-word",
        summary="A value is not one of the allowed values",
        why="Records are grouped and compared by these values.",
        remedy=(
            "Use one of the values that the message lists. `postmortems check --fix` corrects capitals,"
            " spaces and hyphens, and replaces the old `WHITE` with `CLEAR`."
        ),
        bad="severity: high",
        good="severity: sev2",
    ),
    _rule(
        code="S113",
        name="value-form",
        summary="A value has the wrong format",
        why="Programs read dates, ids and addresses, and only in one format.",
        remedy="Use the format that the message describes.",
        bad="published: 7 April 2026",
        good="published: 2026-04-07",
    ),
    _rule(
        code="S114",
        name="value-size",
        summary="A value is empty, too long, too small or too large",
        why="Lists and cards show these values in full. Longer text belongs in the narrative.",
        remedy="Shorten or correct the value, or delete the line.",
        bad='title: ""',
        good="title: Expired certificate stopped card payments",
    ),
    _rule(
        code="S115",
        name="complete-entry",
        summary="An entry lacks a required key",
        why="An action without a title, or evidence without a kind, tells readers nothing.",
        remedy="Add the key.",
        bad="actions:\n  - id: A1\n    owner: shop",
        good="actions:\n  - id: A1\n    title: Alert three weeks before a certificate expires\n    owner: shop",
    ),
    _rule(
        code="S116",
        name="no-duplicate-entry",
        summary="A list contains an entry twice",
        why="It would be counted twice.",
        remedy="Keep each entry once.",
        bad="services:\n  - payments\n  - payments",
        good="services:\n  - payments",
    ),
    _rule(
        code="S118",
        name="sound-conventions",
        summary="A file in schemas/ refers to something it doesn't define",
        why="Every record is checked against these files, so they are checked first.",
        remedy="Correct the name, or define it in the same file.",
        bad="# schemas/policy.yaml\nservices:\n  payments:\n    label: Payments\n    team: platfrom",
        good="# schemas/policy.yaml\nservices:\n  payments:\n    label: Payments\n    team: platform",
    ),
    _rule(
        code="T01",
        name="moment-form",
        family="times",
        summary="A time has no offset, or the wrong format",
        why=(
            "`10:12` is a different time in each time zone, and incidents cross them. The format also "
            "says how precise the time is."
        ),
        remedy=(
            "Write `2026-03-31T10:12Z` or `2026-03-31T12:12+02:00`; if you know less, `2026-03-31`, "
            "`2026-03` or `2026`. `postmortems check --fix` corrects the format, such as `2026-03-31 "
            "10:12 UTC`, and never guesses an offset."
        ),
        bad="times:\n  started: 2026-03-31 10:12",
        good="times:\n  started: 2026-03-31T10:12Z",
    ),
)

SHAPE_RULES: tuple[Rule, ...] = _FILE + _YAML + _SCHEMA
