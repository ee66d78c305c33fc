"""`postmortems new` on a terminal: what it asks, what it explains, and that it asks again."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from postmortems.cli.drafts import draft_session as drafting

pty = pytest.importorskip("pty", reason="needs pseudo-terminals")

# One answer a question, in order: title, date, short name, provenance, severity, services, trigger, started,
# detected, noticed by, summary, TLP.
ENTER = ""
PLAIN = ["Checkout refused cards", ENTER, ENTER, ENTER, "sev4", *[ENTER] * 7]


@pytest.fixture
def converse(run, base, monkeypatch):
    """Answer questions as if at a terminal."""
    monkeypatch.setattr(drafting, "is_terminal", lambda: True)

    def _converse(*lines: str, flags: tuple[str, ...] = ()):
        return run("new", *flags, input="".join(f"{line}\n" for line in lines))

    return _converse


def test_enter_takes_the_defaults_and_leaves_the_rest_open(converse, run):
    result = converse(*PLAIN)
    assert result.exit_code == 0
    assert "Enter ? to see" in result.stderr
    assert "Date of the incident [2026-03-31]:" in result.stderr
    assert "Short name [checkout-refused-cards]:" in result.stderr
    assert "Summary (Enter to skip):" in result.stderr
    assert "TLP [AMBER]:" in result.stderr
    assert "sev1  SEV1 critical" in result.stderr
    assert "example-shop  Example shop" in result.stderr
    assert run("check", "incidents/2026/2026-03-31-checkout-refused-cards.md").exit_code == 0


def test_questions_go_to_standard_error(converse):
    assert converse(*PLAIN).stdout == "incidents/2026/2026-03-31-checkout-refused-cards.md\n"


def test_flags_are_not_asked_again(converse):
    given = {
        "title": "x",
        "date": "2026-03-01",
        "slug": "y",
        "provenance": "first-hand",
        "trigger": "deploy",
        "summary": "z",
    }
    flags = tuple(f"--{name}={text}" for name, text in given.items())
    result = converse("sev4", *[ENTER] * 5, flags=flags)
    assert result.exit_code == 0
    assert result.stdout == "incidents/2026/2026-03-01-y.md\n"
    for word in ("Title", "Date", "Short name", "Trigger", "Summary", "Provenance"):
        assert word not in result.stderr


def test_a_wrong_answer_is_explained_and_asked_again(converse, base):
    result = converse(
        ENTER, "x", "31.3.2026", "2026-03-30", "Not A Slug", "y", "hearsay", ENTER, "sev6", "sev4", "Bad Service",
        "example-shop", "deplyo", "deploy", "2026-03-30T14:32", "2026-03-30T14:32Z", "2026-03-30T14:00Z",
        "2026-03-30T14:40Z", "luck", "staff", "x" * 1300, "Short.", "RED", "GREEN",
    )  # fmt: skip
    assert result.exit_code == 0
    for told in (
        "required: ",
        "is not a time; write YYYY-MM-DD",
        "a name in lower case",
        "`hearsay` is unknown",
        "did you mean `sev5`",
        "did you mean `deploy`?",
        "has no UTC offset",
        "is before",
        "`luck` is unknown",
        "1300 characters",
        "`RED` is unknown",
    ):
        assert told in result.stderr
    text = (base / "incidents/2026/2026-03-30-y.md").read_text(encoding="utf-8")
    assert "started: 2026-03-30T14:32Z\n  detected: 2026-03-30T14:40Z\n" in text
    assert "tlp: GREEN" in text


def test_a_question_mark_explains(converse):
    result = converse(*PLAIN[:6], "?", *PLAIN[6:])
    assert result.exit_code == 0
    assert "expiry" in result.stderr
    assert "Certificate, domain, licence, key or token reaches its end date" in result.stderr
    assert result.stderr.count("Trigger (Enter to skip):") == 2


def test_an_organisation_is_asked_of_public_reports_only(converse):
    result = converse("x", ENTER, ENTER, "public-report", "Acme", "sev4", *[ENTER] * 7)
    assert result.exit_code == 0
    assert "Organisation:" in result.stderr
    assert "TLP [CLEAR]:" in result.stderr


def test_a_taken_id_is_told_at_once(converse, write):
    write("incidents/2026/2026-03-31-x.md")
    result = converse("x", ENTER, ENTER, "y", ENTER, "sev4", *[ENTER] * 7)
    assert result.exit_code == 0
    assert "incidents/2026/2026-03-31-x.md has the id `2026-03-31-x` already" in result.stderr
    assert result.stdout == "incidents/2026/2026-03-31-y.md\n"


def test_an_end_of_input_writes_nothing(converse, base):
    before = set(base.rglob("*"))
    result = converse("x", ENTER)
    assert result.exit_code == 130
    assert "Stopped." in result.stderr
    assert set(base.rglob("*")) == before


def test_no_input_asks_nothing(converse):
    result = converse(flags=("--no-input", "--severity", "sev4"))
    assert result.exit_code == 2
    assert "Missing --title:" in result.stderr


def _in_terminal(base, *arguments: str, answers: list[str]) -> tuple[int, bytes, bytes]:
    """Run with a real terminal as standard input and error; standard output is a pipe."""
    ours, theirs = pty.openpty()
    code = "from postmortems.cli import main; main(prog_name='postmortems')"
    with subprocess.Popen(
        [sys.executable, "-c", code, *arguments], cwd=base, stdin=theirs, stderr=theirs, stdout=subprocess.PIPE
    ) as process:
        os.close(theirs)
        os.write(ours, "".join(f"{line}\n" for line in answers).encode())
        seen = b""
        while True:
            try:
                part = os.read(ours, 4096)
            except OSError:  # the other end is closed
                break
            if not part:
                break
            seen += part
        os.close(ours)
        assert process.stdout
        out = process.stdout.read()
    return process.returncode, out, seen


def test_a_real_terminal(base):
    status, out, seen = _in_terminal(base, "new", answers=PLAIN)
    assert status == 0
    assert out.strip() == b"incidents/2026/2026-03-31-checkout-refused-cards.md"
    assert b"Title:" in seen


def test_a_real_terminal_is_not_asked_with_no_input(base):
    status, out, seen = _in_terminal(base, "new", "--no-input", answers=[])
    assert status == 2
    assert out == b""
    assert b"Missing --title, --severity" in seen


def test_without_a_terminal_there_is_no_question(base):
    code = "from postmortems.cli import main; main(prog_name='postmortems')"
    done = subprocess.run(
        [sys.executable, "-c", code, "new"],
        cwd=base,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 2
    assert b"Missing --title, --severity" in done.stderr
