"""`postmortems new` without a terminal: the draft that it writes, and what it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from postmortems.cli.drafts.answers import slug_of
from postmortems.conventions import find_knowledge_base, load_conventions
from postmortems.findings import Severity
from postmortems.record import read_postmortem

if TYPE_CHECKING:
    from pathlib import Path

SECTIONS = ["## Overview", "## Impact", "## Response", "## Root causes"]
ANSWERS = {
    "services": "example-shop",
    "trigger": "deploy",
    "started": "2026-03-30T14:32+02:00",
    "detected": "2026-03-30T14:40+02:00",
    "detection": "monitoring",
    "summary": "Checkout refused all cards: nobody could pay # for an hour, and 'retry' did not help.",
}


def flags(**answers: str) -> list[str]:
    return [part for name, text in answers.items() for part in (f"--{name}", text)]


def read(base: Path, path: str):
    knowledge_base = find_knowledge_base(base)
    assert knowledge_base
    conventions, _ = load_conventions(knowledge_base)
    assert conventions
    reading = read_postmortem(path, (base / path).read_bytes(), conventions)
    assert reading.findings == ()
    assert reading.record
    return reading.record


def test_the_draft_is_where_it_belongs_and_its_path_is_all_of_the_output(run, base):
    result = run("new", "--title", "Checkout refused cards", "--severity", "sev4")
    assert result.exit_code == 0
    assert result.stdout == "incidents/2026/2026-03-31-checkout-refused-cards.md\n"
    assert "postmortems check" in result.stderr
    record = read(base, result.stdout.strip())
    assert (record.title, record.status, record.tlp) == ("Checkout refused cards", "draft", "AMBER")
    assert list(base.rglob("*.tmp")) == []


@pytest.mark.parametrize("answered", [{}, ANSWERS], ids=["open", "answered"])
@pytest.mark.parametrize(
    ("provenance", "severity"),
    [
        (provenance, severity)
        for provenance in ("first-hand", "public-report", "imported")
        for severity in ("sev1", "sev2", "sev3", "sev5")
    ],
)
def test_every_draft_passes(run, base, provenance, severity, answered):
    answers = {"title": "Checkout refused cards", "provenance": provenance, "severity": severity, **answered}
    if provenance == "public-report":
        answers["organisation"] = "No: one #1"
    result = run("new", *flags(**answers))
    assert result.exit_code == 0
    path = result.stdout.strip()
    checked = run("check", path)
    assert checked.exit_code == 0
    assert ", 0 errors" in f",{checked.stdout.rpartition(':')[2]}" or "no findings" in checked.stdout
    record = read(base, path)
    assert record.provenance == provenance
    assert record.severity.id == severity
    assert record.full_review == (severity in {"sev1", "sev2"})
    text = (base / path).read_text(encoding="utf-8")
    sections = [line for line in text.splitlines() if line.startswith("## ")]
    if provenance == "imported":
        assert sections == []
    else:
        assert sections == (SECTIONS if record.full_review else SECTIONS[:1])
    assert ("# hint: review:" in text) == (record.full_review and provenance == "first-hand")
    assert ("# hint: sources:" in text) == (provenance == "public-report")


@pytest.mark.parametrize("provenance", ["first-hand", "public-report", "imported"])
@pytest.mark.parametrize("severity", ["sev1", "sev4"])
def test_hints_are_examples_that_would_pass(run, base, provenance, severity):
    answers = {"title": "x", "date": "2026-01-05", "provenance": provenance, "severity": severity}
    if provenance == "public-report":
        answers["organisation"] = "Acme"
    path = run("new", *flags(**answers)).stdout.strip()
    text = (base / path).read_text(encoding="utf-8")
    (base / path).write_text(text.replace("# hint: ", ""), encoding="utf-8")
    assert run("check", path).exit_code == 0
    record = read(base, path)
    assert record.services
    assert record.times
    # The keys stand in the order of the schema.
    knowledge_base = find_knowledge_base(base)
    assert knowledge_base
    conventions, _ = load_conventions(knowledge_base)
    assert conventions
    order = conventions.schema.shape.known_keys
    keys = list(record.source.meta)
    assert keys == sorted(keys, key=order.index)


def test_an_answer_leaves_no_hint(run, base):
    path = run("new", *flags(title="x", severity="sev1", **ANSWERS)).stdout.strip()
    text = (base / path).read_text(encoding="utf-8")
    record = read(base, path)
    for key in ("summary", "services", "trigger", "detection", "times", "started", "detected", "severity"):
        assert not any(line.lstrip().startswith(f"# hint: {key}:") for line in text.splitlines()), key
    assert "  # hint: contained: 2026-03-30T" in text
    assert record.summary == ANSWERS["summary"]
    assert record.services == ("example-shop",)
    assert record.trigger.kind == "deploy"
    assert record.times["started"].text == ANSWERS["started"]
    assert "{" not in text.split("---\n")[1]


def test_only_what_is_open_is_a_hint(run, base):
    text = (base / run("new", *flags(title="x", severity="sev4")).stdout.strip()).read_text(encoding="utf-8")
    for key in ("summary", "services", "trigger", "times", "detection", "impact", "factors", "lessons", "actions"):
        assert f"# hint: {key}:" in text
    assert "<!-- hint: What happened, and how was it detected?" in text


def test_hints_are_errors_once_it_is_no_draft(run, base):
    path = run("new", *flags(title="x", severity="sev4")).stdout.strip()
    text = (base / path).read_text(encoding="utf-8")
    (base / path).write_text(text.replace("status: draft", "status: in-review"), encoding="utf-8")
    result = run("check", path)
    assert result.exit_code == 1
    assert "C01" in result.stdout


TITLES = {
    'Foo: "bar" # baz': "foo-bar-baz",
    "# hash first": "hash-first",
    "- dash": "dash",
    "'quoted'": "quoted",
    "It didn’t work": "it-didnt-work",
    "Straße Überlastet": "strasse-uberlastet",
    "🎉 party 👩‍💻": "party",
    "日本語": "incident",
    "?!…": "incident",
    "yes": "yes",
    "null": "null",
    "1234": "incident-1234",
    "[draft] {x: y}": "draft-x-y",
    "a\tb\nc": "a-b-c",
    "%YAML & *alias ! tag @ ` |": "yaml-alias-tag",
    "--- title ---": "title",
    "word " * 27 + "final": "-".join(["word"] * 12),
}


@pytest.mark.parametrize("title", TITLES)
def test_tricky_titles_are_read_back(run, base, title):
    result = run("new", f"--title={title}", "--severity", "sev4")
    assert result.stdout == f"incidents/2026/2026-03-31-{TITLES[title]}.md\n"
    assert read(base, result.stdout.strip()).title == " ".join(title.split())
    assert run("check", result.stdout.strip()).exit_code == 0


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("title", "x" * 300, "300 characters"),
        ("title", "red \x1b[31m", "`title`"),
        ("title", "back \u202e wards", "U+202E"),
        ("title", "bytes \udcff", "not UTF-8"),
        ("date", "yesterday", "YYYY-MM-DD"),
        ("date", "2026-02-30", "does not exist"),
        ("date", "2026-03-31T12:00Z", "no clock time"),
        ("date", "2036-03-31", "in the future"),
        ("slug", "Not A Slug", "lower case"),
        ("slug", "../../etc/passwd", "lower case"),
        ("slug", "x/2026-01-01-y", "lower case"),
        ("slug", "x" * 200, "lower case"),
        ("provenance", "hearsay", "one of: first-hand"),
        ("severity", "sev6", "did you mean `sev5`"),
        ("services", "Example Shop!", "services[1]"),
        ("trigger", "deplyo", "did you mean `deploy`"),
        ("started", "2026-03-30T14:32", "has no UTC offset"),
        ("started", "half past two", "not a time"),
        ("started", "2026-04-30T14:32Z", "times.started"),
        ("started", "9999-12-31", "times.started"),
        ("started", "9999-99-99", "does not exist"),
        ("detected", "x: y", "not a time"),
        ("detection", "luck", "one of: monitoring"),
        ("summary", "x" * 1300, "1300 characters"),
        ("tlp", "RED", "one of: CLEAR"),
        ("organisation", "x" * 101, "101 characters"),
    ],
)
def test_what_cannot_be_used_is_told_and_nothing_written(run, base, name, text, told):
    answers = {"title": "x", "severity": "sev4", name: text}
    before = set(base.rglob("*"))
    result = run("new", *(f"--{key}={value}" for key, value in answers.items()))
    assert result.exit_code == 2
    assert f"--{name}" in result.stderr
    assert told in result.stderr
    assert set(base.rglob("*")) == before


def test_detection_before_the_start_is_told(run, base):
    moments = {"started": "2026-03-30T14:40Z", "detected": "2026-03-30T14:32Z"}
    result = run("new", *flags(title="x", severity="sev4", **moments))
    assert result.exit_code == 2
    assert "--detected" in result.stderr


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ([], "--title, --severity"),
        (["--severity", "sev3"], "--title"),
        (["--title", "x"], "--severity"),
        (["--title", "  ", "--severity", ""], "--title, --severity"),
        (["--title", "x", "--severity", "sev3", "--provenance", "public-report"], "--organisation"),
        (["--provenance", "imported"], "--title"),
    ],
)
@pytest.mark.parametrize("more", [[], ["--no-input"], ["--yes"]])
def test_what_is_missing_is_named_by_its_flag(run, base, given, missing, more):
    result = run("new", *given, *more)
    assert result.exit_code == 2
    assert f"Missing {missing}:" in result.stderr


def test_an_imported_record_needs_no_severity(run, base):
    path = run("new", "--title", "x", "--provenance", "imported").stdout.strip()
    assert "# hint: severity:" in (base / path).read_text(encoding="utf-8")
    assert run("check", path).exit_code == 0


@pytest.mark.parametrize(
    ("date", "path"),
    [
        ("2024-02-29", "incidents/2024/2024-02-29-x.md"),
        ("2018-09", "incidents/2018/2018-09-x.md"),
        ("2018", "incidents/2018/2018-x.md"),
    ],
)
def test_the_date_may_be_known_to_the_month_or_year(run, base, date, path):
    result = run("new", "--title", "x", "--severity", "sev4", "--date", date)
    assert result.stdout == f"{path}\n"
    assert run("check", path).exit_code == 0


def test_a_slug_is_not_read_as_part_of_the_date(run, base):
    result = run("new", "--title", "12 monkeys", "--severity", "sev4", "--date", "2018")
    assert result.exit_code == 2
    assert "--slug" in result.stderr


@pytest.mark.parametrize(
    "taken",
    [
        "incidents/2026/2026-03-31-x.md",
        "incidents/2025/2026-03-31-x.md",
        "incidents/2026/2026-03-31-X.md",
        "incidents/2026/2026-03-31-x/index.md",
        "incidents/2026/2026-03-31-x/picture.png",
    ],
)
def test_an_id_is_never_given_twice(run, write, base, taken):
    path = write(taken, "mine\n")
    result = run("new", "--title", "x", "--severity", "sev4")
    assert result.exit_code == 2
    assert "incidents/202" in result.stderr
    assert path.read_text(encoding="utf-8") == "mine\n"
    assert len(list(base.rglob("*.md"))) == len(set(base.rglob("*.md")) | {path}) - (path.suffix != ".md")


def test_services_stand_apart_by_commas_spaces_or_flags(run, base):
    given = ["--service", "example-shop, cdn", "--services", "cdn dns", "--provenance", "imported"]
    path = run("new", "--title", "x", *given).stdout.strip()
    assert read(base, path).services == ("example-shop", "cdn", "dns")


def test_case_does_not_matter_where_there_is_a_list(run, base):
    given = {"severity": "SEV4", "trigger": "Deploy", "tlp": "green", "detection": "Staff"}
    record = read(base, run("new", *flags(title="x", **given)).stdout.strip())
    assert (record.severity.id, record.trigger.kind, record.tlp) == ("sev4", "deploy", "GREEN")
    assert record.detection.source == "staff"


def test_a_public_report_is_clear_by_default(run, base):
    given = {"provenance": "public-report", "organisation": "Acme"}
    record = read(base, run("new", *flags(title="x", severity="sev1", **given)).stdout.strip())
    assert (record.tlp, record.organisation) == ("CLEAR", "Acme")


@pytest.mark.parametrize("flag", ["--print", "--stdout"])
def test_the_draft_can_be_printed(run, base, flag):
    before = set(base.rglob("*"))
    result = run("new", "--title", "Ä: 🎉", "--severity", "sev4", flag)
    assert result.exit_code == 0
    assert set(base.rglob("*")) == before
    assert result.stdout.startswith('---\nschema: 1\ntitle: "Ä: 🎉"\n')
    assert result.stdout.endswith("-->\n")
    assert result.stderr == ""


def test_it_works_from_any_folder(run, base, tmp_path, monkeypatch):
    monkeypatch.chdir(base / "docs")
    result = run("new", "--title", "x", "--severity", "sev4")
    assert result.stdout == "../incidents/2026/2026-03-31-x.md\n"
    monkeypatch.chdir(tmp_path)
    result = run("new", "--title", "y", "--severity", "sev4", "--root", base)
    assert result.stdout == "acme/incidents/2026/2026-03-31-y.md\n"
    assert run("new", "--title", "y", "--severity", "sev4").exit_code == 2


def test_the_policy_gives_the_severities_and_the_threshold(run, base):
    policy = base / "schemas/policy.yaml"
    text = policy.read_text(encoding="utf-8")
    policy.write_text(text.replace("at_or_above: sev2", "at_or_above: sev3"), encoding="utf-8")
    path = run("new", "--title", "x", "--severity", "sev3").stdout.strip()
    assert "# hint: review:" in (base / path).read_text(encoding="utf-8")
    policy.write_text(text.replace("  - id: sev5\n    label: SEV5 notice\n", ""), encoding="utf-8")
    assert run("new", "--title", "y", "--severity", "sev5").exit_code == 2


def test_what_would_not_pass_is_not_written(run, base, monkeypatch):
    from postmortems.cli.drafts import draft_session as drafting

    def unhappy(library, conventions, at):
        source = library.readings[0].source
        return [source.finding("Q99", Severity.ERROR, "never", at=("title",))]

    monkeypatch.setattr(drafting, "judge", unhappy)
    before = set(base.rglob("*"))
    result = run("new", "--title", "x", "--severity", "sev4")
    assert result.exit_code == 2
    assert "error Q99 never" in result.stdout
    assert set(base.rglob("*")) == before


@pytest.mark.parametrize(
    ("title", "slug"),
    [("A  B", "a-b"), ("", "incident"), ("x" * 100, "x" * 60), ("ab " * 40, "-".join(["ab"] * 20))],
)
def test_slugs(title, slug):
    assert slug_of(title) == slug
