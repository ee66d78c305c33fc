"""Finding and reading all records, and withholding what an audience may not see."""

from __future__ import annotations

import itertools
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from postmortems.corpus import Audience, Library, is_record_file, open_corpus, read_library

KITCHEN_SINK = (Path(__file__).parent / "record" / "cases" / "kitchen-sink.md").read_text(encoding="utf-8")
ORDER = ["public", "organisation", "strict"]
# The narrowest audience that may see a mark; none may see RED, nor a record without a mark.
SEEN_FROM = {"CLEAR": 0, "GREEN": 1, "AMBER": 1, "AMBER+STRICT": 2}
FULL = """\
schema: 1
title: A title
status: published
tlp: CLEAR
severity: sev1
trigger: {kind: deploy, ref: secret-change, note: a note}
times:
  started: {at: 2026-03-31T10:00Z, within: 5m}
  recovered: 2026-03-31T11:00Z
timeline:
  - {at: 2026-03-31T10:00Z, what: First}
  - {at: 2026-03-31T10:30Z, what: Second}
  - {at: 2026-03-31T10:40Z, what: Third}
impact: {technical: {level: low, text: a text}, cost: {amount: 5, currency: EUR}, users: {count: 3}}
factors:
  - "change.rollout: one -> two"
  - {id: X1, factor: change.review, statement: three -> four, evidence: [E1]}
  - {factor: change.guardrail, statement: five -> six}
lessons:
  - {kind: improve, text: Lesson one, about: [F1, X1]}
  - "worked: Lesson two"
actions:
  - {id: A1, title: Action one, addresses: [F1, X1, L1, L2, runbook-adequate], evidence: [E1, "https://example.org"]}
  - {id: A2, title: Action two, status: done, closed: 2026-04-01}
evidence:
  - {id: E1, kind: log, ref: a log}
services: [payments, checkout]
review: {follow_ups: [2026-04-01, 2026-05-01]}
"""


@pytest.fixture
def library(knowledge_base, conventions):
    def library(files):
        """Read records: by their path below `incidents/`, fields without fences."""
        wrapped = {
            f"incidents/{path}": text if text.startswith("---") else f"---\n{text.strip()}\n---\nBody of {path}\n"
            for path, text in files.items()
        }
        return read_library(knowledge_base(wrapped), conventions)

    return library


@pytest.fixture
def seen(library, conventions):
    def seen(files, audience="public", **options):
        """The corpus of an audience; every file must have been read."""
        made = library(files)
        assert [finding for reading in made.readings for finding in reading.findings] == []
        return open_corpus(made, conventions, Audience(audience), **options)

    return seen


@pytest.fixture
def shown(seen):
    def shown(extra, audience="public"):
        """The full record as an audience sees it, with more fields."""
        (record,) = seen({"2026-03-31-x.md": FULL + extra}, audience).records
        return record

    return shown


def ids(records):
    return [record.id for record in records]


# Who sees what.


@pytest.mark.parametrize("audience", ORDER)
@pytest.mark.parametrize("preview", [False, True])
def test_the_matrix_of_audience_mark_and_status(seen, audience, preview):
    marks = ["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED", ""]
    statuses = ["draft", "in-review", "published", "withdrawn", ""]
    files, expected, gone = {}, set(), set()
    for number, (mark, status) in enumerate(itertools.product(marks, statuses)):
        name = f"2026-{number:02}x"
        files[f"{name}.md"] = (
            "title: x" + (f"\ntlp: {mark}" if mark else "") + (f"\nstatus: {status}" if status else "")
        )
        if ORDER.index(audience) < SEEN_FROM.get(mark, 9) or (status in {"draft", ""} and not preview):
            continue
        (gone if status == "withdrawn" else expected).add(name)
    corpus = seen(files, audience, preview=preview)
    assert corpus.audience == audience
    assert set(ids(corpus.records)) == expected
    assert set(ids(corpus.tombstones)) == gone
    assert set(corpus.by_id) == expected | gone


def test_a_record_that_can_not_be_read_is_in_no_corpus(library, conventions):
    made = library(
        {"2026-a.md": "tlp: CLEAR\nstatus: published", "2026-b.md": "tlp: CLEAR\nstatus: published\nzzz: 1"}
    )
    assert ids(made.records) == ["2026-a"]
    assert made.ids == {"2026-a", "2026-b"}
    assert ids(open_corpus(made, conventions, Audience.STRICT, preview=True).records) == ["2026-a"]


def test_a_tombstone_tells_no_more_than_that_it_was_withdrawn(seen):
    fields = FULL.replace("status: published", "status: withdrawn") + (
        "organisation: Other\nsummary: what was wrong\nrelated: [2026-b]\nx-own: 1\n"
        "amended: [{date: 2026-04-01, what: Withdrawn., why: Wrong incident.}]\n"
    )
    corpus = seen({"2026-a.md": fields, "2026-b.md": "tlp: CLEAR\nstatus: published"})
    (tombstone,) = corpus.tombstones
    assert (tombstone.title, tombstone.organisation, tombstone.tlp) == ("A title", "Other", "CLEAR")
    assert tombstone.amended[0].why == "Wrong incident."
    assert tombstone.is_withdrawn
    assert not tombstone.counts
    assert set(tombstone.source.meta) == {"schema", "title", "status", "tlp", "organisation", "amended"}
    assert (tombstone.body, tombstone.summary, tombstone.related, tombstone.factors, tombstone.own) == (
        "",
        "",
        (),
        (),
        {},
    )


def test_records_come_newest_first(seen):
    names = ["2024-x", "2024-01-01-x", "2024-02-x", "2024-02-10-a", "2024-02-10-b", "2023-12-31-x", "2025-x"]
    corpus = seen({f"{name}.md": "tlp: CLEAR\nstatus: published" for name in names})
    assert ids(corpus.records) == [
        "2025-x",
        "2024-02-10-b",
        "2024-02-10-a",
        "2024-02-x",
        "2024-01-01-x",
        "2024-x",
        "2023-12-31-x",
    ]


# What is withheld of a record.


@pytest.mark.parametrize("audience", ORDER)
def test_references_to_withheld_records_leave_no_trace(seen, audience):
    links = "[2026-clear, {id: 2026-amber, as: repeats}, 2026-red, 2026-draft, 2026-gone, 2026-nowhere]"
    corpus = seen(
        {
            "2026-a.md": f"tlp: CLEAR\nstatus: published\nrelated: {links}\nnot_related: [2026-clear, 2026-amber]",
            "2026-clear.md": "tlp: CLEAR\nstatus: published",
            "2026-amber.md": "tlp: AMBER\nstatus: published",
            "2026-red.md": "tlp: RED\nstatus: published",
            "2026-draft.md": "tlp: CLEAR\nstatus: draft",
            "2026-gone.md": "tlp: CLEAR\nstatus: withdrawn",
        },
        audience,
    )
    record = corpus.by_id["2026-a"]
    expected = ["2026-clear", "2026-gone"] if audience == "public" else ["2026-clear", "2026-amber", "2026-gone"]
    assert [relation.id for relation in record.related] == expected
    assert list(record.not_related) == [name for name in expected if name != "2026-gone"]
    for hidden in {"2026-amber", "2026-red", "2026-draft", "2026-nowhere"} - set(expected):
        assert hidden not in repr(record)


def test_the_text_of_the_file_goes_no_further(shown):
    record = shown("redacted: [impact.cost]")
    assert (record.source.text, record.source.keys, record.source.values, record.source.flow) == (
        "",
        {},
        {},
        set(),
    )
    assert "redacted" not in record.source.meta
    assert record.redacted == ()
    assert record.body == "Body of 2026-03-31-x.md\n"


@pytest.mark.parametrize(
    ("path", "look", "left"),
    [
        ("impact.cost", lambda r: r.impact.cost, None),
        ("impact.technical.text", lambda r: r.impact.levels["technical"].text, ""),
        ("impact", lambda r: (dict(r.impact.levels), r.impact.users), ({}, None)),
        ("trigger.ref", lambda r: (r.trigger.kind, r.trigger.ref), ("deploy", "")),
        ("trigger", lambda r: r.trigger.kind, ""),
        ("times.started", lambda r: list(r.times), ["recovered"]),
        ("times", lambda r: r.times, {}),
        ("timeline", lambda r: r.timeline, ()),
        ("timeline.2", lambda r: [entry.what for entry in r.timeline], ["First", "Third"]),
        ("actions.A1", lambda r: [action.id for action in r.actions], ["A2"]),
        ("actions.1", lambda r: [action.id for action in r.actions], ["A2"]),
        ("actions.A1.evidence", lambda r: r.actions[0].evidence, ()),
        ("actions.A1.addresses.L2", lambda r: r.actions[0].addresses, ("F1", "X1", "L1", "runbook-adequate")),
        ("factors", lambda r: r.factors, ()),
        ("factors.F1", lambda r: [factor.id for factor in r.factors], ["X1", "F3"]),
        ("factors.1", lambda r: [factor.id for factor in r.factors], ["X1", "F3"]),
        ("factors.X1", lambda r: [factor.id for factor in r.factors], ["F1", "F3"]),
        ("factors.F3", lambda r: [factor.id for factor in r.factors], ["F1", "X1"]),
        ("factors.F1.statement", lambda r: r.factors[0].statement, ""),
        ("lessons.L2", lambda r: [lesson.id for lesson in r.lessons], ["L1"]),
        ("lessons.L1.about", lambda r: r.lessons[0].about, ()),
        ("services", lambda r: r.services, ()),
        ("services.checkout", lambda r: r.services, ("payments",)),
        ("services.1", lambda r: r.services, ("checkout",)),
        ("review.follow_ups.2026-05-01", lambda r: len(r.review.follow_ups), 1),
        ("review", lambda r: r.review, None),
        ("severity", lambda r: r.severity.id, ""),
        # A part that its entry can't do without takes the entry with it.
        ("impact.cost.amount", lambda r: r.impact.cost, None),
        ("impact.technical.level", lambda r: r.impact.levels, {}),
        ("times.started.at", lambda r: list(r.times), ["recovered"]),
        ("timeline.1.at", lambda r: [entry.what for entry in r.timeline], ["Second", "Third"]),
        ("factors.X1.factor", lambda r: [factor.id for factor in r.factors], ["F1", "F3"]),
        ("lessons.L1.text", lambda r: [lesson.id for lesson in r.lessons], ["L2"]),
        ("actions.A2.title", lambda r: [action.id for action in r.actions], ["A1"]),
        ("evidence.E1.ref", lambda r: r.evidence, ()),
        # What has a default does not fall back to it.
        ("actions.A2.status", lambda r: [action.status for action in r.actions], ["open", "not-stated"]),
        ("title", lambda r: r.title, "2026-03-31-x"),
    ],
)
def test_a_redacted_path_is_gone_for_the_public_and_there_inside(shown, path, look, left):
    redaction = f"redacted: [{path}]"
    assert look(shown(redaction)) == left
    assert look(shown(redaction, "organisation")) == look(shown("")) != left
    assert look(shown(redaction, "strict")) == look(shown(""))


@pytest.mark.parametrize(("audience", "there"), [("public", False), ("organisation", False), ("strict", True)])
def test_a_path_may_be_withheld_from_all_but_the_strict_audience(shown, audience, there):
    record = shown("redacted: [{path: impact.cost, seen_by: strict}]", audience)
    assert bool(record.impact.cost) is there


def test_several_places_of_one_list_are_those_of_the_file(shown):
    record = shown("redacted: [timeline.1, timeline.2]")
    assert [entry.what for entry in record.timeline] == ["Third"]
    assert [action.id for action in shown("redacted: [actions.1, actions.A1]").actions] == ["A2"]


def test_what_is_left_keeps_its_ids_and_its_links(shown):
    record = shown("redacted: [factors.F1]")
    assert [(factor.id, factor.statement) for factor in record.factors] == [
        ("X1", "three -> four"),
        ("F3", "five -> six"),
    ]
    assert record.lessons[0].about == ("X1",)
    assert record.actions[0].addresses == ("X1", "L1", "L2", "runbook-adequate")


def test_links_to_withheld_entries_are_dropped(shown):
    record = shown("redacted: [evidence.E1, lessons.L1]")
    assert record.factors[1].evidence == ()
    assert record.actions[0].evidence == ("https://example.org",)
    assert record.actions[0].addresses == ("F1", "X1", "L2", "runbook-adequate")
    for entry in ("E1", "L1", "a log", "Lesson one"):
        assert f"'{entry}'" not in repr(record)[repr(record).index("title=") :]


def test_a_lesson_does_not_come_to_be_about_the_factor_that_is_left(shown):
    record = shown("redacted: [factors.F1, factors.X1]")
    assert [lesson.about for lesson in record.lessons] == [(), ()]


def test_what_follows_from_withheld_fields_still_holds(shown):
    record = shown("redacted: [times, severity]")
    assert (record.state, record.full_review) == ("resolved", True)


@pytest.mark.parametrize(
    "path",
    ["schema", "organisation", "status", "state", "class", "provenance", "tlp", "redacted", "tlp.x", "redacted.1"],
)
def test_what_kind_of_record_it_is_can_not_be_withheld(read, path):
    reading = read(FULL + f"class: operational\nredacted: [{path}]")
    assert reading.record is None
    assert [finding.code for finding in reading.findings] == ["S113"]


@pytest.mark.parametrize(
    "path",
    [
        "impact.costs",
        "impact.reputation",
        "actions.A9",
        "actions.0",
        "actions.3",
        "actions.a1",
        "factors.F2",
        "timeline.First",
        "title.x",
        "zzz",
    ],
)
def test_a_redaction_that_misses_withholds_the_record(read, path):
    reading = read(FULL + f"redacted: [impact.cost, {{path: {path}, seen_by: strict}}]")
    assert reading.record is None
    (finding,) = reading.findings
    assert finding.code == "S113"
    assert f"`{path}`, but the record has nothing there" in finding.message
    assert finding.excerpt[finding.column - 1 : finding.end_column - 1] == path


def _paths(value, path=()):
    """Every path into a record's fields, lists by place and by id."""
    if path:
        yield ".".join(path)
    entries = value.items() if isinstance(value, dict) else ()
    if isinstance(value, list):
        entries = [(str(place), entry) for place, entry in enumerate(value, 1)]
        entries += [(entry["id"], entry) for entry in value if isinstance(entry, dict) and "id" in entry]
    for key, inner in entries:
        yield from _paths(inner, (*path, key))


def test_whatever_is_withheld_nothing_breaks(read, conventions):
    """Each path of a record that uses every field, for every audience."""
    reading = read(KITCHEN_SINK.replace("tlp: AMBER+STRICT", "tlp: CLEAR"))
    fixed = {"schema", "organisation", "status", "state", "class", "provenance", "tlp", "redacted"}
    paths = [path for path in _paths(reading.source.meta) if path.partition(".")[0] not in fixed]
    assert len(paths) > 250
    records = [
        replace(reading.record, id=f"2026-x{number}", redacted=((path, "organisation"),))
        for number, path in enumerate(paths)
    ]
    library = Library(tuple(replace(reading, id=record.id, record=record) for record in records), ())
    inside = open_corpus(library, conventions, Audience.ORGANISATION).by_id
    outside = open_corpus(library, conventions, Audience.PUBLIC).by_id
    for record, path in zip(records, paths, strict=True):
        assert outside[record.id].title
        if not path.startswith(("related", "not_related")):  # no such record is there to be seen
            assert outside[record.id].source.meta != inside[record.id].source.meta, path


# Finding files.


@pytest.mark.parametrize(
    ("name", "is_record"),
    [
        ("2026-03-31-x.md", True),
        ("index.md", True),
        ("README.md", False),
        ("readme.md", False),
        (".hidden.md", False),
        ("_draft.md", False),
        ("#2026-x.md#", False),
        ("#2026-x.md", False),
        (".#2026-x.md", False),
        ("~2026-x.md", False),
        ("2026-x.md~", False),
        ("2026-x.md.swp", False),
        ("2026-x.md.orig", False),
        ("2026-x.txt", False),
        ("2026-x.markdown", False),
        ("md", False),
    ],
)
def test_what_is_a_record_file(library, name, is_record):
    assert is_record_file(Path(name)) is is_record
    assert len(library({name: "title: x"}).readings) == is_record


def test_hidden_folders_are_left_alone_and_others_walked_in_order(library):
    made = library(
        {
            "2026/2026-b.md": "title: b",
            "2026/2026-a.md": "title: a",
            "2025/deep/er/2025-c/index.md": "title: c",
            "2024-d.md": "title: d",
            ".trash/2026-e.md": "title: e",
            "2026/.obsidian/2026-f.md": "title: f",
        }
    )
    assert [reading.path for reading in made.readings] == [
        "incidents/2024-d.md",
        "incidents/2025/deep/er/2025-c/index.md",
        "incidents/2026/2026-a.md",
        "incidents/2026/2026-b.md",
    ]
    assert made.findings == ()


def test_a_folder_may_be_a_record(seen):
    (record,) = seen({"2026/2026-03-31-x/index.md": "tlp: CLEAR\nstatus: published"}).records
    assert (record.id, record.folder, record.source.path) == (
        "2026-03-31-x",
        True,
        "incidents/2026/2026-03-31-x/index.md",
    )


def test_other_files_in_a_folder_record_are_told(library):
    made = library({"2026/2026-03-31-x/index.md": "title: x", "2026/2026-03-31-x/notes.md": "title: y"})
    assert [(reading.id, [f.code for f in reading.findings]) for reading in made.readings] == [
        ("2026-03-31-x", []),
        ("notes", ["S120"]),
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2025/2026-x.md", "2026/2026-x.md"),
        ("2026/2026-x.md", "2026/2026-x/index.md"),
        ("2025/2026-X.md", "2026/2026-x.md"),
    ],
)
def test_two_files_for_one_id_are_an_error_at_the_second(library, first, second):
    made = library({first: "title: x", second: "title: y", "2026-y.md": "title: z"})
    (finding,) = made.findings
    assert (finding.code, finding.path) == ("S121", f"incidents/{second}")
    assert f"the same id as incidents/{first}" in finding.message


def test_no_incidents_at_all(tmp_path, conventions, knowledge_base):
    assert read_library(knowledge_base(), conventions).readings == ()
    (tmp_path / "incidents").rmdir()
    made = read_library(knowledge_base({"x": ""}), conventions)
    assert (made.readings, made.findings, made.ids) == ((), (), frozenset())


@pytest.fixture
def link(knowledge_base, conventions, tmp_path_factory):
    def link(name, target, *, files=None):
        """The library of a knowledge base with a symbolic link; `outside` is a folder beside it."""
        outside = tmp_path_factory.mktemp("outside")
        (outside / "2026-secret.md").write_text("---\ntitle: secret\n---\n")
        base = knowledge_base({"incidents/2026-a.md": "---\ntitle: a\n---\n", **(files or {})})
        (base.incidents / name).symlink_to(target.replace("outside", str(outside)))
        return read_library(base, conventions)

    return link


@pytest.mark.parametrize(
    ("name", "target", "code", "message"),
    [
        ("2026-b.md", "outside/2026-secret.md", "S122", "points outside incidents/"),
        ("2026-b.md", "../schemas/policy.yaml", "S122", "points outside incidents/"),
        ("2026-b.md", "/dev/zero", "S122", "points outside incidents/"),
        ("2026-b.md", "outside/no-such-file.md", "S122", "points outside incidents/"),
        ("2026", "outside", "S122", "a symbolic link to a folder is not followed"),
        ("2026", ".", "S122", "a symbolic link to a folder is not followed"),
        ("2026-b.md", "no-such-file.md", "S101", "can't be read: No such file"),
        ("2026-b.md", "2026-b.md", "S101", "can't be read: "),
    ],
)
def test_a_link_that_leads_elsewhere_is_told_where_it_stands(link, name, target, code, message):
    made = link(name, target)
    assert [reading.id for reading in made.readings] == ["2026-a"]
    (finding,) = made.findings
    assert (finding.code, finding.path) == (code, f"incidents/{name}")
    assert message in finding.message
    assert "secret" not in repr(made)


def test_a_link_within_the_tree_is_a_record_of_its_own_name(link):
    made = link("2026-b.md", "2026-a.md")
    assert [(reading.id, reading.path) for reading in made.readings] == [
        ("2026-a", "incidents/2026-a.md"),
        ("2026-b", "incidents/2026-b.md"),
    ]
    assert made.findings == ()


def test_what_is_no_file_of_text_is_told_and_not_waited_for(knowledge_base, conventions):
    base = knowledge_base()
    os.mkfifo(base.incidents / "2026-a.md")
    (finding,) = read_library(base, conventions).findings
    assert (finding.code, finding.path, finding.message) == (
        "S101",
        "incidents/2026-a.md",
        "this is not a file of text",
    )


def test_a_file_that_can_not_be_read_is_told_and_the_others_are_read(knowledge_base, conventions, monkeypatch):
    base = knowledge_base({f"incidents/2026-{name}.md": "---\ntitle: x\n---\n" for name in "abc"})
    really_open = open

    def refuse(path, *args, **options):
        if str(path).endswith("2026-b.md"):
            raise PermissionError(13, "Permission denied", str(path))
        return really_open(path, *args, **options)

    monkeypatch.setattr("builtins.open", refuse)
    made = read_library(base, conventions)
    assert [reading.id for reading in made.readings] == ["2026-a", "2026-c"]
    assert [(f.code, f.path, f.message) for f in made.findings] == [
        ("S101", "incidents/2026-b.md", "this can't be read: Permission denied")
    ]


def test_a_folder_that_can_not_be_read_is_told(knowledge_base, conventions, monkeypatch):
    base = knowledge_base(
        {"incidents/2026/2026-a.md": "---\ntitle: x\n---\n", "incidents/2025-b.md": "---\n---\n"}
    )
    scandir = os.scandir

    def refuse(path):
        if Path(path).name == "2026":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    made = read_library(base, conventions)
    assert [reading.id for reading in made.readings] == ["2025-b"]
    assert [(f.code, f.path) for f in made.findings] == [("S101", "incidents/2026")]


def test_a_name_that_is_not_utf_8_is_told_and_can_be_printed(knowledge_base, conventions):
    base = knowledge_base()
    with open(os.fsencode(base.incidents) + b"/2026-\xff.md", "wb") as file:  # noqa: PTH123 - bytes name it
        file.write(b"---\ntitle: x\n---\n")
    (reading,) = read_library(base, conventions).readings
    assert [finding.code for finding in reading.findings] == ["S120"]


# What is told of drafts: two numbers, and nothing under three.

DRAFT = """\
title: A draft
tlp: CLEAR
severity: sev1
times: {started: 2026-03-31T10:00Z, recovered: 2026-03-31T11:00Z}
"""
NOW = datetime(2026, 6, 1, tzinfo=UTC)
GRACE = timedelta(days=14)


def drafts(extra="", count=3):
    return {f"2026-03-{n:02}-draft.md": DRAFT + extra for n in range(1, count + 1)}


@pytest.mark.parametrize(("count", "told"), [(1, 0), (2, 0), (3, 3), (5, 5)])
def test_drafts_without_a_review_are_numbers(seen, count, told):
    corpus = seen(drafts(count=count))
    assert corpus.records == ()
    assert (corpus.drafts.waiting(NOW, GRACE), corpus.drafts.held(NOW, GRACE)) == (told, 0)
    assert "draft" not in repr(corpus.drafts).replace("DraftReviews", "")


def test_drafts_with_a_review_are_numbers(seen):
    corpus = seen(drafts("review: {held: 2026-04-03}\n"))
    assert (corpus.drafts.waiting(NOW, GRACE), corpus.drafts.held(NOW, GRACE)) == (0, 3)


@pytest.mark.parametrize(
    "extra",
    [
        "tlp: GREEN",
        "severity: sev3",
        "provenance: public-report",
        "organisation: Someone else",
        "class: maintenance",
        "times: {started: 2026-03-31T10:00Z}",
        "redacted: [times]",
        "redacted: [times.recovered]",
        "{held}redacted: [review]",
        "{held}redacted: [review.held]",
    ],
)
def test_drafts_that_are_not_counted(seen, extra):
    extra = extra.replace("{held}", "review: {held: 2026-04-03}\n")
    names = {line.partition(":")[0] for line in extra.splitlines()}
    kept = "".join(line for line in DRAFT.splitlines(keepends=True) if line.partition(":")[0] not in names)
    corpus = seen({f"2026-03-{n:02}-draft.md": f"{kept}{extra}\n" for n in range(1, 6)})
    assert (corpus.drafts.waiting(NOW, GRACE), corpus.drafts.held(NOW, GRACE)) == (0, 0)


def test_drafts_of_another_mark_count_for_those_who_may_see_it(seen):
    files = drafts()
    files |= {"2026-04-01-draft.md": DRAFT.replace("CLEAR", "AMBER")}
    assert [seen(files, audience).drafts.waiting(NOW, GRACE) for audience in ORDER] == [3, 4, 4]


def test_a_preview_shows_drafts_and_so_does_not_count_them_again(seen):
    corpus = seen(drafts(), preview=True)
    assert len(corpus.records) == 3
    assert corpus.drafts.waiting(NOW, GRACE) == 0
