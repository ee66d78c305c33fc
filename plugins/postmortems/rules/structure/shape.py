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
        why="Bytes that an editor, Git or a browser shows differently hide what the record says.",
        remedy=(
            "Save the file as UTF-8 without a byte order mark, delete control characters, and keep logs and dumps "
            "outside: name them under `evidence`."
        ),
        bad="summary: Payments failed ␇ for 43 minutes.",
        good="summary: Payments failed for 43 minutes.",
    ),
    _rule(
        code="S102",
        name="front-matter",
        summary="The file has no front matter, or it is not a mapping of fields",
        why="The fields between the two lines of `---` are what a record is counted, sorted and found by.",
        remedy="Start the file with a line of `---`, the fields, one a line, and another line of `---`.",
        bad="# Payments outage\n\nOn 31 March the certificate ran out.",
        good="---\ntitle: Expired certificate stopped card payments\nstatus: draft\n---",
    ),
    _rule(
        code="S107",
        name="no-bidirectional-control",
        summary="A character turns the direction of the text around it",
        why=(
            "Such characters make a line read differently on the screen than for a program, and so hide what a "
            "reviewer should see."
        ),
        remedy="Delete the character: letters of every script bring their direction with them.",
        bad="title: Payments failed after ⟨U+202E⟩yolped eht",
        good="title: Payments failed after the deploy",
    ),
    _rule(
        code="S120",
        name="file-name",
        summary="The file's name is not of the form YYYY-MM-DD-slug.md, or Windows can't hold its folder's",
        why=(
            "The name is the record's id: links, feeds and other records refer to it. A file whose name ends in "
            "`.MD` or `.markdown` would be left out without a word."
        ),
        remedy=(
            "Name the file by the date people know the incident by and a few words in lower case, joined by "
            "hyphens, with letters from a to z. Day or month may be left out."
        ),
        bad="# incidents/2026/Payments Outage.md",
        good="# incidents/2026/2026-03-31-payments-certificate.md",
    ),
    _rule(
        code="S121",
        name="one-file-an-id",
        summary="Two files have the same id",
        why="Neither could be linked to, and one page would overwrite the other.",
        remedy="Give one of the two another slug; upper and lower case make no difference.",
        bad="# incidents/2025/2026-03-31-payments.md\n# incidents/2026/2026-03-31-payments.md",
        good="# incidents/2026/2026-03-31-payments.md\n# incidents/2026/2026-03-31-payments-again.md",
    ),
    _rule(
        code="S122",
        name="no-link-outwards",
        summary="A symbolic link leads out of incidents/, or to a folder",
        why="A record has to be what the repository holds, on every machine and in every review.",
        remedy="Put the file itself in the place of the link.",
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
        summary="The fields are not YAML",
        why="What can't be parsed can't be read in part: half a record would be worse than none.",
        remedy=(
            "Look at the indentation of the line, at quotes left open above it, and at a colon and a space within "
            "text: put such text in quotes. `postmortems check --fix` does so where it is sure that text is meant."
        ),
        bad="title: Payments failed: a certificate ran out",
        good='title: "Payments failed: a certificate ran out"',
    ),
    _rule(
        code="S104",
        name="plain-yaml",
        summary="An anchor, alias, tag, merge key or composite key is used",
        why="What stands in a place should be what is read there, without looking elsewhere.",
        remedy="Write the value out; put text that starts with `&`, `*` or `!` in quotes.",
        bad="title: &title Payments failed\nsummary: *title",
        good="title: Payments failed\nsummary: Card payments failed for 43 minutes.",
    ),
    _rule(
        code="S105",
        name="no-duplicate-key",
        summary="A key stands twice in one mapping",
        why="YAML readers quietly keep one of the two, and not all of them the same.",
        remedy="Keep one of the two; use a list for several values.",
        bad="severity: sev2\nseverity: sev3",
        good="severity: sev3",
    ),
    _rule(
        code="S106",
        name="bounded-nesting",
        summary="Values are nested too deep",
        why="No record needs it, and a nesting of thousands brings down a parser.",
        remedy="Flatten the values.",
        bad=f"tags: {'[' * 41}{']' * 41}",
        good="tags:\n  - certificate",
    ),
)

_SCHEMA = (
    _rule(
        code="S110",
        name="known-key",
        summary="A key is not known in this place",
        why="A field that is mistyped is a field that is missing: nothing would count or show it.",
        remedy=(
            "Take the name that the message suggests. An organisation's own fields start with `x-`. A comma ends "
            "a value inside braces: put text with a comma in quotes. `postmortems check --fix` puts quotes around "
            "a list's line such as `- improve: …`."
        ),
        bad="severty: sev3",
        good="severity: sev3",
    ),
    _rule(
        code="S111",
        name="value-kind",
        summary="A value is of the wrong kind: text for a list, nothing for text",
        why="A value of another kind would be shown wrongly or not at all.",
        remedy="Write the kind of value that the message names; delete a line that is not filled in.",
        bad="services: payments",
        good="services:\n  - payments",
    ),
    _rule(
        code="S112",
        name="known-word",
        summary="A value is not one of the words that may stand in this place",
        why="Records are grouped and compared by these words.",
        remedy=(
            "Take one of the words that the message lists. `postmortems check --fix` corrects capitals, spaces "
            "and hyphens, and writes `CLEAR` for the older `WHITE`."
        ),
        bad="severity: high",
        good="severity: sev2",
    ),
    _rule(
        code="S113",
        name="value-form",
        summary="A value is not of the form that this place needs",
        why="Dates, ids and addresses are read by machines, and only in one form.",
        remedy="Write the form that the message describes.",
        bad="published: 7 April 2026",
        good="published: 2026-04-07",
    ),
    _rule(
        code="S114",
        name="value-size",
        summary="A value is empty, too long, too small or too large",
        why="Lists and cards show these values whole; what is longer belongs in the narrative.",
        remedy="Shorten or correct the value, or delete the line.",
        bad='title: ""',
        good="title: Expired certificate stopped card payments",
    ),
    _rule(
        code="S115",
        name="complete-entry",
        summary="An entry lacks a key that it can't do without",
        why="An action without a title, or evidence without a kind, says nothing to anybody.",
        remedy="Add the key.",
        bad="actions:\n  - id: A1\n    owner: platform",
        good="actions:\n  - id: A1\n    title: Alarm three weeks before a certificate ends\n    owner: platform",
    ),
    _rule(
        code="S116",
        name="no-duplicate-entry",
        summary="A list holds an entry twice",
        why="It would be counted twice.",
        remedy="Keep each entry once.",
        bad="services:\n  - payments\n  - payments",
        good="services:\n  - payments",
    ),
    _rule(
        code="S118",
        name="sound-conventions",
        summary="A file in schemas/ names something that it does not hold",
        why="Every record is judged by these files, so they are checked before they are believed.",
        remedy="Correct the name, or add what it names to the same file.",
        bad="# schemas/policy.yaml\nservices:\n  payments:\n    label: Payments\n    team: platfrom",
        good="# schemas/policy.yaml\nservices:\n  payments:\n    label: Payments\n    team: platform",
    ),
    _rule(
        code="T01",
        name="moment-form",
        family="times",
        summary="A moment has a clock time without an offset, or is not of the expected form",
        why=(
            "`10:12` is a different time in each time zone, and incidents cross them. The form also says how "
            "exactly the time is known."
        ),
        remedy=(
            "Write `2026-03-31T10:12Z` or `2026-03-31T12:12+02:00`; where less is known, `2026-03-31`, `2026-03` "
            "or `2026`. `postmortems check --fix` corrects the form, such as `2026-03-31 10:12 UTC`, and never "
            "guesses an offset."
        ),
        bad="times:\n  started: 2026-03-31 10:12",
        good="times:\n  started: 2026-03-31T10:12Z",
    ),
)

SHAPE_RULES: tuple[Rule, ...] = _FILE + _YAML + _SCHEMA
