"""`check --fix` puts right what is unambiguous and reports the rest; `check --diff` only shows it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from postmortems.cli.check import fix as fixing
from records import summed_up

NAME = "incidents/2026/2026-03-03-checkout.md"


@pytest.fixture
def slipped(sound: str) -> str:
    """A post-mortem with three things that can be put right, and one that can't."""
    return (
        sound.replace("tlp: CLEAR\n", "")
        .replace("schema: 1\n", "tlp: white # for all\nschema: 1\n")
        .replace("2026-03-03T14:32Z", "2026-03-03 14:32 UTC")
        .replace("detected: 2026-03-03T14:40Z", "detected: 2026-03-03 14:40")
    )


@pytest.fixture
def mended(sound: str) -> str:
    return sound.replace("tlp: CLEAR", "tlp: CLEAR # for all").replace("T14:40Z", " 14:40")


def test_fix_puts_right_what_is_sure_and_reports_the_rest(run, write, slipped, mended):
    path = write(NAME, slipped)
    result = run("check", "--fix")
    assert path.read_text(encoding="utf-8") == mended
    assert result.stderr == (
        f"fixed {NAME}: spelling, form of a moment, order of fields\nFixed 3 findings in 1 file.\n\n"
    )
    assert f"{NAME}:14:13: error T01" in result.stdout
    assert result.stdout.endswith(summed_up(2, 1, 0))
    assert result.exit_code == 1
    again = run("check", "--fix")
    assert again.stderr == "Nothing to fix.\n\n"
    assert again.stdout == result.stdout
    assert path.read_text(encoding="utf-8") == mended


def test_where_all_is_put_right_the_check_passes(run, write, sound):
    path = write(NAME, sound.replace("tlp: CLEAR", "tlp: clear").replace("status: published", "status: Published"))
    result = run("check", "--fix", path)
    assert result.exit_code == 0
    assert path.read_text(encoding="utf-8") == sound
    assert "Fixed 2 findings in 1 file." in result.stderr
    assert result.stdout == summed_up(1)


def test_only_what_is_asked_for_is_fixed(run, write, slipped, mended):
    other = write("incidents/2025/2025-03-03-other.md", slipped)
    path = write(NAME, slipped)
    readme = write("incidents/README.md", slipped)
    run("check", "--fix", path)
    assert path.read_text(encoding="utf-8") == mended
    assert other.read_text(encoding="utf-8") == slipped
    run("check", "--fix")
    assert other.read_text(encoding="utf-8") == mended
    assert readme.read_text(encoding="utf-8") == slipped


def test_a_file_outside_is_fixed(run, base, tmp_path, slipped, mended):
    path = tmp_path / "2026-03-03-checkout.md"
    path.write_text(slipped, encoding="utf-8")
    assert "Fixed 3 findings" in run("check", "--fix", path).stderr
    assert path.read_text(encoding="utf-8") == mended


def test_a_file_that_can_not_be_written_is_told_and_the_others_are_fixed(run, write, slipped, mended):
    path = write(NAME, slipped)
    path.chmod(0o444)
    other = write("incidents/2025/2025-03-03-other.md", slipped)
    result = run("check", "--fix")
    assert result.exit_code == 2
    assert f"Error: {NAME} was not changed: it is read-only.\n" in result.stderr
    assert "Fixed 3 findings in 1 file.\n" in result.stderr
    assert f"{NAME}:3:1: error" not in result.stdout  # what is said about it is found by the check, as ever
    assert f"{NAME}:2:6: error S112" in result.stdout
    assert path.read_text(encoding="utf-8") == slipped
    assert other.read_text(encoding="utf-8") == mended


def test_a_file_that_changes_meanwhile_is_left_as_it_is(run, write, slipped, monkeypatch):
    path = write(NAME, slipped)
    repair = fixing.repair

    def slow(name, data, conventions):
        made = repair(name, data, conventions)
        if name == NAME:
            path.write_text(slipped + "A word more.\n", encoding="utf-8")
        return made

    monkeypatch.setattr(fixing, "repair", slow)
    result = run("check", "--fix")
    assert result.exit_code == 2
    assert "it has changed since it was read" in result.stderr
    assert path.read_text(encoding="utf-8") == slipped + "A word more.\n"


def test_what_was_done_stays_out_of_the_report(run, write, slipped):
    write(NAME, slipped)
    result = run("check", "--fix", "--output-format", "json")
    assert result.stdout.startswith("{")
    assert "Fixed 3 findings" in result.stderr


def test_quiet_tells_only_what_went_wrong(run, write, slipped):
    path = write(NAME, slipped)
    assert run("check", "--diff", "--quiet").stderr == ""
    assert run("check", "--fix", "--quiet").stderr == ""
    assert run("check", "--fix", "-q").stderr == ""
    path.write_text(slipped, encoding="utf-8")
    path.chmod(0o444)
    assert "read-only" in run("check", "--fix", "-q").stderr


def test_diff_shows_a_patch_and_changes_nothing(run, write, slipped):
    path = write(NAME, slipped)
    result = run("check", "--diff")
    assert result.exit_code == 1
    assert path.read_text(encoding="utf-8") == slipped
    assert result.stderr == "Would fix 3 findings in 1 file.\n"
    assert result.stdout.splitlines() == [
        f"--- a/{NAME}",
        f"+++ b/{NAME}",
        "@@ -1,16 +1,16 @@",
        " ---",
        "-tlp: white # for all",
        " schema: 1",
        " title: Checkout refused cards for an hour",
        " summary: A new version of checkout refused all cards, and going back took an hour.",
        " status: published",
        "+tlp: CLEAR # for all",
        " published: 2026-03-04",
        " severity: sev4",
        " services:",
        "   - example-shop",
        " trigger: deploy",
        " times:",
        "-  started: 2026-03-03 14:32 UTC",
        "+  started: 2026-03-03T14:32Z",
        "   detected: 2026-03-03 14:40",
        "   contained: 2026-03-03T15:05Z",
        "   recovered: 2026-03-03T15:31Z",
    ]


def test_diff_is_silent_where_there_is_nothing_to_fix(run, write, sound):
    write(NAME, sound.replace("T14:40Z", " 14:40"))
    result = run("check", "--diff")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr == "Nothing to fix.\n"


@pytest.mark.skipif(not shutil.which("git"), reason="no Git on this system")
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("end", ["", "\n", "\nNo line end"])
def test_git_applies_the_patch(run, base, slipped, line_end, end):
    text = (slipped.removesuffix("\n") + end + "é" * bool(end.strip())).replace("\n", line_end).encode()
    paths = [Path(NAME), Path("incidents/2025/2025-03-03-other.md")]
    for path in paths:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text)
    patch = run("check", "--diff").stdout_bytes
    subprocess.run(["git", "apply", "-"], input=patch, check=True, cwd=base)
    applied = [path.read_bytes() for path in paths]
    for path in paths:
        path.write_bytes(text)
    run("check", "--fix")
    assert [path.read_bytes() for path in paths] == applied
    assert applied[0] != text


def test_places_are_named_from_this_folder(run, write, base, slipped, monkeypatch):
    write(NAME, slipped)
    monkeypatch.chdir(base / "incidents")
    assert run("check", "--diff").stdout.startswith("--- a/2026/2026-03-03-checkout.md\n")
    monkeypatch.chdir(base.parent)
    assert run("check", "--diff", "acme").stdout.startswith(f"--- a/acme/{NAME}\n")


def test_one_or_the_other(run, write, slipped):
    path = write(NAME, slipped)
    result = run("check", "--fix", "--diff")
    assert result.exit_code == 2
    assert "not both" in result.stderr
    assert path.read_text(encoding="utf-8") == slipped


@pytest.mark.parametrize("option", ["--fix", "--diff"])
def test_nothing_is_fixed_by_faulty_conventions(run, write, base, slipped, option):
    path = write(NAME, slipped)
    (base / "schemas/policy.yaml").write_text("schema: 1\n", encoding="utf-8")
    result = run("check", option)
    assert result.exit_code == 2
    assert "errors in the conventions" in result.stderr
    assert path.read_text(encoding="utf-8") == slipped


@pytest.mark.parametrize("option", ["--fix", "--diff"])
def test_nothing_to_check_is_wrong_use(run, base, option):
    (base / "empty").mkdir()
    assert run("check", option, "empty").exit_code == 2


def test_a_link_is_fixed_where_it_leads(run, base, write, slipped, mended):
    path = write(NAME, slipped)
    link = base / "incidents/2025/2025-03-03-link.md"
    link.parent.mkdir()
    link.symlink_to(os.path.relpath(path, link.parent))
    result = run("check", "--fix")
    assert "Fixed 3 findings in 1 file." in result.stderr
    assert link.is_symlink()
    assert path.read_text(encoding="utf-8") == mended


def test_the_scaffold_and_the_examples_need_no_fix(run, base):
    for severity in ("sev1", "sev4"):
        options = ("--title", f"Payments: {severity}", "--severity", severity, "--date", "2026-03-30")
        assert run("new", *options).exit_code == 0
    assert run("check", "--diff").stderr == "Nothing to fix.\n"
