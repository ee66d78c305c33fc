"""`postmortems worksheet` and `postmortems exercise`: sheets of one record, in the terminal or in a file."""

from __future__ import annotations

import pytest

FULL = """\
---
schema: 1
title: Checkout refused cards for an hour
summary: A new version of checkout refused all cards.
status: draft
tlp: AMBER
severity: sev1
services:
  - example-shop
times:
  started: 2026-03-03T14:32Z
  detected: 2026-03-03T14:40Z
  recovered: 2026-03-03T15:31Z
timeline:
  - at: 2026-03-03T14:30Z
    what: The version goes out.
    kind: action
  - at: 2026-03-03T14:40Z
    what: The alarm on refused cards rings.
    kind: observation
  - at: 2026-03-03T15:00Z
    what: The on-call engineer goes back to the version before.
    kind: action
  - at: 2026-03-03T15:31Z
    what: Cards are accepted again.
    kind: observation
---
"""
NAME = "2026-03-03-checkout"
PATH = f"incidents/2026/{NAME}.md"


@pytest.fixture(autouse=True)
def _record(write):
    write(PATH, FULL)


@pytest.mark.parametrize("name", [NAME, PATH, f"./{PATH}"])
def test_a_draft_by_its_id_or_path(run, name):
    result = run("worksheet", name)
    assert result.exit_code == 0
    assert result.output.startswith("# Review worksheet: Checkout refused cards for an hour\n")
    assert "- [ ] Not recorded: trigger (lets others look" in result.output


def test_the_same_as_on_the_site(run, base):
    from postmortems.conventions import KnowledgeBase, load_conventions
    from postmortems.corpus import Audience, open_corpus, read_library
    from postmortems.rules import all_rules
    from postmortems.runtime.clock import as_of
    from postmortems.site import build_site
    from sites import parse

    here = KnowledgeBase(base)
    conventions, _ = load_conventions(here)
    corpus = open_corpus(read_library(here, conventions), conventions, Audience.ORGANISATION, preview=True)
    tree = build_site(corpus, conventions, here, as_of=as_of(), rules=all_rules(conventions), preview=True)
    for command, uri in (("worksheet", f"worksheets/{NAME}.md"), ("exercise", f"readiness/exercises/{NAME}.md")):
        page = parse(tree.pages[uri].render(lambda _uri: "").html)
        shown = parse(run(command, NAME, "--output-format", "html").output)
        assert shown.texts("//main//*[self::p or self::li or self::td]") == page.texts(
            "//main//*[self::p or self::li or self::td]"
        )


def test_into_a_file(run, tmp_path):
    target = tmp_path / "sheet.html"
    result = run("worksheet", NAME, "--output-format", "html", "-o", target)
    assert (result.exit_code, result.stdout) == (0, "")
    assert target.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_an_exercise(run):
    result = run("exercise", NAME)
    assert result.exit_code == 0
    assert "## Step 2: after 20 min" in result.output
    assert "Someone goes back to the version before." in result.output
    assert "on-call engineer" not in result.output


@pytest.mark.parametrize("command", ["worksheet", "exercise"])
def test_unknown(run, command):
    result = run(command, "2026-03-03-checkuot")
    assert result.exit_code == 2
    assert f"Did you mean `{NAME}`?" in result.output


@pytest.mark.parametrize("command", ["worksheet", "exercise"])
def test_what_the_audience_may_not_see(run, command):
    result = run(command, NAME, "--audience", "public")
    assert result.exit_code == 2
    assert f"no post-mortem `{NAME}` for the audience `public`" in result.output


def test_too_little_for_an_exercise(run, write, sound):
    write("incidents/2026/2026-03-04-small.md", sound)
    result = run("exercise", "2026-03-04-small")
    assert result.exit_code == 2
    assert "four `timeline` entries" in result.output


@pytest.mark.parametrize("command", ["worksheet", "exercise"])
def test_withdrawn(run, write, command):
    text = FULL.replace("status: draft", "status: withdrawn")
    write("incidents/2026/2026-03-05-gone.md", text)
    result = run(command, "2026-03-05-gone")
    assert result.exit_code == 2
    assert "was withdrawn" in result.output


def test_a_folder_that_is_not_there(run, tmp_path):
    result = run("worksheet", NAME, "-o", tmp_path / "nowhere" / "sheet.md")
    assert result.exit_code == 2
    assert "there is no folder" in result.output
