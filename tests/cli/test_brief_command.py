"""`postmortems brief`: one content as Markdown and as HTML of its own, for a quarter or the last one."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from sites import EPOCH, dangers, incident, parse, write

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

OVERDUE = {
    "actions": [
        {
            "id": "A1",
            "title": "Renew earlier | and *check*",
            "owner": "platform",
            "opened": "2026-02-02",
            "due": "2026-02-20",
            "done_when": "It is renewed.",
        }
    ],
    "no_actions_reason": None,
}
FILES = {
    "incidents/2025/2025-10-03-first.md": incident({"times": {"started": "2025-10-03T10:00Z"}}),
    "incidents/2026/2026-02-01-second.md": incident({"times": {"started": "2026-02-01T10:00Z"}} | OVERDUE),
    "incidents/2026/2026-03-03-amber.md": incident({"tlp": "AMBER", "times": {"started": "2026-03-03T10:00Z"}}),
}


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    folder = write(tmp_path / "bank", FILES)
    monkeypatch.chdir(folder)
    return folder


def letters(text: str) -> str:
    """What is said without how it is set: neither white space nor marks."""
    return "".join(character for character in text if character.isalnum())


def test_the_last_quarter_that_is_over_is_the_default(run: Run, base: Path):
    result = run("brief", "--audience", "public")
    assert result.exit_code == 0
    assert result.output.startswith("# Leadership brief, Q1 2026\n")
    assert result.output == run("brief", "--audience", "public", "--quarter", "2026Q1").output


@pytest.mark.parametrize(
    ("quarter", "told"),
    [
        ("2026Q1", "1 incident began in Q1 2026. The records do not show all of Q4 2025"),
        ("2025Q4", "The records begin in this quarter"),
        ("2025q3", "The records do not reach back to this quarter"),
        ("2026-Q2", "The quarter is not over yet"),
    ],
)
def test_any_quarter_that_has_begun(run: Run, base: Path, quarter: str, told: str):
    result = run("brief", "--audience", "public", "--quarter", quarter)
    assert result.exit_code == 0
    assert told in result.output


@pytest.mark.parametrize(
    ("quarter", "message"),
    [("2026Q3", "has not begun yet"), ("2026Q5", "is no quarter such as 2026Q3"), ("2026", "is no quarter")],
)
def test_wrong_use(run: Run, base: Path, quarter: str, message: str):
    result = run("brief", "--quarter", quarter)
    assert result.exit_code == 2
    assert message in result.output


def test_markdown_and_html_say_the_same(run: Run, base: Path):
    markdown = run("brief", "--audience", "public").output
    html = parse(run("brief", "--audience", "public", "--output-format", "html").output)
    for caption in html.all("//caption"):  # for those who hear a page
        caption.drop_tree()
    assert letters(re.sub(r"(?m)^\d+\. ", "", markdown)) == letters(html.text("//main"))
    assert html.texts("//h2") == re.findall(r"(?m)^## (.*)$", markdown)


def test_what_a_record_says_acts_nowhere(run: Run, base: Path):
    assert r"Renew earlier \| and \*check\*" in run("brief", "--audience", "public").output


def test_html_needs_nothing_beside_it(run: Run, base: Path):
    result = run("brief", "--output-format", "html", "-o", "brief.html")
    assert result.exit_code == 0
    page = parse((base / "brief.html").read_text(encoding="utf-8"))
    assert [danger for danger in dangers(page) if not danger.startswith(("<style", "<meta"))] == []
    assert page.all("//*[@src or @srcset]") == page.all("//link") == page.all("//a") == []
    assert "url(" not in "".join(page.texts("//style"))
    assert page.all("//main[@class='pm-brief']")


def test_what_an_audience_may_not_see_is_not_counted(run: Run, base: Path):
    assert "2 incidents" in run("brief", "--audience", "organisation").output
    assert "1 incident " in run("brief", "--audience", "public").output


def test_a_library_of_others_tells_what_was_published(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    retold = {
        "provenance": "public-report",
        "organisation": "Someone else",
        "sources": [{"url": "https://a.example", "kind": "primary"}],
        "published": "2026-02-02",
    }
    monkeypatch.chdir(write(tmp_path / "library", {"incidents/2019/2019-07-02-x.md": incident(retold)}))
    told = run("brief", "--audience", "public").output
    assert re.search(r"Q1 2026 1 incident .* Someone else\.", told)
    assert "no incidents of Public incident library" in told
    earlier = run("brief", "--quarter", "2025Q4").output
    assert re.search(r"Nothing .* Q4 2025; 1 incident", earlier)
    assert re.search(r"Nothing .* Q2 2026\.", run("brief", "--quarter", "2026Q2").output)


def test_as_json(run: Run, base: Path):
    """The same texts as the HTML has, and the figures in them by their names."""
    told = json.loads(run("brief", "--audience", "public", "--json").output)
    assert {key: told[key] for key in ("audience", "quarter", "title")} == {
        "audience": "public",
        "quarter": "2026Q1",
        "title": "Leadership brief, Q1 2026",
    }
    page = letters(parse(run("brief", "--audience", "public", "--output-format", "html").output).text())
    lines = [line for section in told["sections"] for line in section["lines"]]
    assert lines
    for text in (told["lead"], *lines):
        assert letters(text) in page
    assert told["figures"]["incidents"] == 1
