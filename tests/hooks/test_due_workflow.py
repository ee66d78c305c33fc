"""The scheduled workflow: one issue that is opened, kept up to date and closed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from ci_files import WORKFLOWS, bash, parse, path_with, step, stub

if TYPE_CHECKING:
    from pathlib import Path

DUE = parse((WORKFLOWS / "due.yml").read_text(encoding="utf-8"))
MARKER = "<!-- postmortems: due -->"
SUMMARY = "## Post-mortems: 1 warning\n\n- **warning D01** line 3: an action of \\@payments is overdue\n"
# Writes down how it was called, with the body that it was given, and answers the question for issues.
GH = """
python3 - "$@" <<'PYTHON'
import json, os, pathlib, sys
call = {"arguments": sys.argv[1:]}
if pathlib.Path("body.md").exists():
    call["body"] = pathlib.Path("body.md").read_text(encoding="utf-8")
with open("calls", "a", encoding="utf-8") as calls:
    calls.write(json.dumps(call) + "\\n")
PYTHON
if [ "$1 $2" = "api --method" ] && [ "$3" = GET ]; then printf '%s' "$ISSUES"; fi
"""


class Forge:
    """What the second job meets: the artefact of the first, and a forge with these issues of ours."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        stub(folder / "bin", "gh", GH)

    def report(self, findings: int, issues: str, summary: str = SUMMARY) -> list[dict[str, object]]:
        """Run the script; returns the calls that change something."""
        (self.folder / "summary.md").write_text(summary, encoding="utf-8")
        script = step(DUE, "issue")
        env = {name: value for name, value in script["env"].items() if "${{" not in value}
        env |= {
            "PATH": path_with(self.folder / "bin"),
            "GH_REPO": "acme/incidents",
            "FINDINGS": str(findings),
            "RUN": "https://forge.example/acme/incidents/actions/runs/1",
            "ISSUES": issues,
        }
        done = bash(script["run"], self.folder, env)
        assert done.returncode == 0
        calls = [json.loads(line) for line in (self.folder / "calls").read_text(encoding="utf-8").splitlines()]
        assert calls[0]["arguments"][:3] == ["api", "--method", "GET"]
        return calls[1:]


@pytest.fixture
def forge(tmp_path: Path) -> Forge:
    return Forge(tmp_path)


def test_nothing_due_and_no_issue_does_nothing(forge):
    assert forge.report(0, "") == []


def test_a_closed_issue_stays_closed_while_nothing_is_due(forge):
    assert forge.report(0, "4 closed\n") == []


def test_an_open_issue_is_closed_once_nothing_is_due(forge):
    (call,) = forge.report(0, "4 open\n")
    assert call["arguments"][:3] == ["issue", "close", "4"]


def test_the_first_time_an_issue_is_opened(forge):
    label, issue = forge.report(1, "")
    assert label["arguments"][:3] == ["label", "create", "post-mortems-due"]
    assert issue["arguments"][:2] == ["issue", "create"]
    assert issue["arguments"][-2:] == ["--body-file", "body.md"]
    assert "post-mortems-due" in issue["arguments"]
    assert str(issue["body"]).startswith(f"{MARKER}\n## Post-mortems: 1 warning\n")


@pytest.mark.parametrize("state", ["open", "closed"])
def test_later_the_same_issue_is_rewritten_and_opened_again(forge, state):
    (call,) = forge.report(1, f"4 {state}\n")
    assert call["arguments"] == [
        *("api", "--silent", "--method", "PATCH", "repos/acme/incidents/issues/4"),
        *("-F", "body=@body.md", "-f", "state=open"),
    ]
    assert MARKER in str(call["body"])


def test_of_several_the_oldest_is_kept(forge):
    (call,) = forge.report(1, "12 open\n4 closed\n")
    assert "repos/acme/incidents/issues/4" in call["arguments"]


def test_what_is_written_is_what_is_looked_for():
    script = step(DUE, "issue")["run"]
    assert script.count(MARKER) == 2
    assert '-f labels="$LABEL"' in script


def test_nobody_is_called_by_what_a_record_says(forge):
    (call,) = forge.report(1, "4 open\n")
    assert "@\u2060payments" in str(call["body"])


def test_a_list_too_long_for_an_issue_is_cut_and_says_where_all_of_it_is(forge):
    (call,) = forge.report(1, "4 open\n", summary="- a finding: größer\n" * 20_000)
    body = str(call["body"])
    assert 50_000 < len(body) < 65_536
    assert "actions/runs/1" in body.splitlines()[-1]


def test_what_a_summary_says_is_not_run(forge):
    (call,) = forge.report(1, "4 open\n", summary="$(touch pwned) `touch pwned` '; touch pwned; '\n")
    assert "$(touch pwned)" in str(call["body"])
    assert not (forge.folder / "pwned").exists()


def test_what_is_due_is_asked_for_by_the_action():
    due = step(DUE, "due")
    assert due["with"] == {"args": "--due --select D"}
    assert parse((WORKFLOWS / "due.yml").read_text(encoding="utf-8"))["jobs"]["find"]["outputs"] == {
        "findings": "${{ steps.due.outputs.findings }}"
    }
