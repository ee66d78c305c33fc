"""What holds for all commands: help, version, colours, and how they fail."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from postmortems import __version__, checking
from postmortems.cli.main import COMMANDS, command


def shell(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    code = "from postmortems.cli import main; main(prog_name='postmortems')"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False, **options
    )


def test_mkdocs_and_what_is_heavy_stay_out():
    code = (
        "import postmortems.cli, sys\n"
        "loaded = {'mkdocs', 'material', 'jsonschema', 'jinja2', 'yaml'} & set(sys.modules)\n"
        "assert not loaded, loaded"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_check_needs_no_mkdocs(base):
    code = (
        "import sys\nfrom postmortems.cli import main\n"
        "main(['check'], standalone_mode=False)\n"
        "assert not {'mkdocs', 'material', 'jinja2', 'numpy', 'scipy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=base)


def test_version(run):
    result = run("--version")
    assert result.output == f"postmortems {__version__}\n"


def test_help_names_every_command_with_a_sentence(run):
    text = run("--help").output
    for name, summary in COMMANDS.items():
        assert f"\n  {name} " in text
        assert summary.endswith(".")


@pytest.mark.parametrize("name", sorted(COMMANDS))
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_every_option_is_documented(run, name, flag):
    result = run(name, flag)
    assert result.exit_code == 0
    for parameter in command(name).params:
        if isinstance(parameter, click.Option):
            assert parameter.help, parameter
            assert parameter.opts[0] in result.output
        else:
            assert parameter.human_readable_name.strip("[]").removesuffix("...") in result.output


def test_wrong_use_is_exit_2(run):
    assert run("chekc").exit_code == 2
    assert run("check", "--frobnicate").exit_code == 2
    assert run().exit_code == 2


def test_an_unexpected_exception_is_told_and_not_thrown(run, base, monkeypatch):
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the moon is full")

    monkeypatch.setattr(checking, "judge", broken)
    result = run("check")
    assert result.exit_code == 2
    assert "internal error: RuntimeError: the moon is full" in result.stderr
    assert "report it" in result.stderr


def test_the_traceback_is_there_for_who_asks(base):
    code = (
        "from postmortems.cli import main\n"
        "from postmortems import checking\n"
        "checking.judge = None\n"
        "main(['check'], prog_name='postmortems')"
    )
    for value, there in (("1", True), ("", False), ("0", False)):
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=base,
            env={**os.environ, "POSTMORTEMS_DEBUG": value},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 2
        assert "internal error: TypeError" in done.stderr
        assert ("Traceback" in done.stderr) is there


@pytest.mark.parametrize(
    "command", [["check"], ["init", "new-folder"], ["new", "--title", "x", "--severity", "sev4"]]
)
def test_a_wrong_source_date_epoch_is_wrong_use(run, base, monkeypatch, command):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "tomorrow")
    result = run(*command)
    assert result.exit_code == 2
    assert "SOURCE_DATE_EPOCH is `tomorrow`" in result.stderr


def test_a_broken_pipe_is_silent(base):
    for number in range(40):
        name = f"incidents/2026/2026-03-03-nothing-{number}.md"
        Path(base, name).write_text("no front matter\n", encoding="utf-8")
    code = "from postmortems.cli import main; main(prog_name='postmortems')"
    with subprocess.Popen(
        [sys.executable, "-c", code, "check"], cwd=base, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_is_told(base):
    code = "from postmortems.cli import main; main(prog_name='postmortems')"
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-c", code, "check"],
            cwd=base,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "Error: No space left on device" in done.stderr


def test_an_encoding_without_the_characters_is_no_reason_to_stop(base):
    Path(base, "incidents/2026/2026-03-03-text.md").write_text("日本\n", encoding="utf-8")
    done = shell("check", cwd=base, env={**os.environ, "PYTHONIOENCODING": "latin-1"})
    assert done.returncode == 1
    assert "| \\u65e5\\u672c" in done.stdout
    assert done.stderr == ""


def test_colour_is_for_terminals_and_honours_no_color(run, base, monkeypatch):
    assert "\x1b[" not in run("check").output
    assert "\x1b[" in run("check", color=True).output
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in run("check", color=True).output
