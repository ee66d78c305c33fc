"""Plug-ins of installed packages: what they add is there everywhere, and one that fails names itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import postmortems
from records import summed_up
from sites import POLICY, incident, to_yaml, write

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

EXAMPLE = Path(__file__).parent / "example"
SHOUTING = incident({"title": "The shop was down!"})
RECORD = "incidents/2026/2026-03-31-shop.md"
# A module, unlike `-m`, finds a package where PYTHONPATH says that it is installed.
COMMAND = "from postmortems.cli import main; main(prog_name='postmortems')"
LIST_IMPORTERS = """
import postmortems, sys
try:
    postmortems.list_importers()
except postmortems.BrokenPluginError as error:
    sys.exit(str(error))
"""
BUILD = "from mkdocs.__main__ import cli; cli(prog_name='mkdocs')"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    folder = tmp_path / "kb"
    write(folder, {RECORD: SHOUTING, "schemas/policy.yaml": to_yaml(POLICY)})
    return folder


def package(folder: Path, name: str, points: Mapping[str, str], code: str) -> Path:
    """A package that is installed in a folder: entry points by group, and its one module."""
    written = "".join(f"[postmortems.{group}]\n{point}\n" for group, point in points.items())
    write(
        folder,
        {
            f"{name}-1.0.dist-info/METADATA": f"Metadata-Version: 2.4\nName: {name}\nVersion: 1.0\n",
            f"{name}-1.0.dist-info/entry_points.txt": written,
            f"{name}.py": code,
        },
    )
    return folder


def run(
    base: Path, *arguments: str, installed: tuple[Path, ...] = (EXAMPLE,), code: str = COMMAND
) -> subprocess.CompletedProcess[str]:
    places = [str(Path(postmortems.__file__).parent.parent), *map(str, installed)]
    environment = {key: value for key, value in os.environ.items() if key not in {"CI", "GITHUB_ACTIONS"}}
    environment |= {
        "PYTHONPATH": os.pathsep.join(places),
        "SOURCE_DATE_EPOCH": "1778000000",
        "NO_MKDOCS_2_WARNING": "1",
    }
    made = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=base,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in made.stderr + made.stdout
    return made


def test_its_rule_finds_with_a_caret(base: Path) -> None:
    lines = run(base, "check").stdout.splitlines()
    finding = next(i for i, line in enumerate(lines) if "ACME01" in line)
    assert lines[finding].startswith(f"{RECORD}:")
    assert "The shop was down!" in lines[finding + 1]
    assert "^^^" in lines[finding + 2]


@pytest.mark.parametrize("name", ["concise", "json", "github", "gitlab", "sarif", "junit", "rdjson"])
def test_its_rule_is_in_every_format(base: Path, name: str) -> None:
    assert "ACME01" in run(base, "check", "--output-format", name).stdout


@pytest.mark.parametrize(
    ("options", "is_found"), [("--select=ACME", True), ("--ignore=ACME01", False), ("--select=T", False)]
)
def test_its_rule_is_selected_and_ignored(base: Path, options: str, *, is_found: bool) -> None:
    assert ("ACME01" in run(base, "check", options).stdout) is is_found


def test_its_rule_is_accepted_by_a_record(base: Path) -> None:
    accepted = {"accepted": [{"rule": "ACME01", "reason": "It really was."}]}
    write(base, {RECORD: incident({"title": "The shop was down!"}, accepted)})
    assert run(base, "check").stdout == summed_up(1)


def test_its_rule_is_explained(base: Path) -> None:
    assert "exclamation mark" in run(base, "explain", "ACME01").stdout
    assert "ACME01" in run(base, "explain").stdout


def test_the_site_has_its_rule_its_page_and_its_export(base: Path) -> None:
    (base / "docs").mkdir()
    (base / "mkdocs.yml").write_text(
        "site_name: x\ntheme: {name: mkdocs}\nplugins: [postmortems]\n", encoding="utf-8"
    )
    built = run(base, "build", "--strict", code=BUILD)
    assert built.returncode == 0, built.stderr
    site = base / "site"
    assert "exclamation mark" in (site / "method/rules/ACME01/index.html").read_text(encoding="utf-8")
    assert "<li>The shop was down!</li>" in (site / "costs/index.html").read_text(encoding="utf-8")
    home = (site / "index.html").read_text(encoding="utf-8")
    assert 'href="costs/"' in home
    assert (site / "data/titles.txt").read_text(encoding="utf-8") == "The shop was down!"
    assert "titles.txt" in (site / "data/index.html").read_text(encoding="utf-8")


def test_its_export_is_a_format_of_the_command(base: Path) -> None:
    assert run(base, "export", "titles").stdout == "The shop was down!"
    assert "titles" in run(base, "export", "--list").stdout


def test_its_importer_is_listed(base: Path) -> None:
    (base / "old.txt").write_text("2025-01-02-x It broke\n", encoding="utf-8")
    code = (
        "import postmortems, pathlib\n"
        "for record in postmortems.list_importers()['ticketing'].records(pathlib.Path('old.txt')):\n"
        "    print(record.id, record.meta['title'], record.origin)\n"
    )
    assert run(base, code=code).stdout == "2025-01-02-x It broke old.txt:1\n"


RULE = """
from postmortems import Problem, Severity, rule
words = dict.fromkeys(("name", "family", "summary", "why", "remedy", "bad", "good"), "x")
@rule(code="{0}", severity=Severity.ERROR, **words)
def check(record, context):
    {1}
    yield
"""
FAULTS = {
    "no-such-module": ({"rules": "x = bad_one.nothing"}, "", "nothing"),
    "fails-at-import": ({"rules": "x = bad_one"}, "1 / 0", "ZeroDivisionError"),
    "bad-syntax": ({"rules": "x = bad_one"}, "def", "SyntaxError"),
    "code-of-ours": ({"rules": "x = bad_one"}, RULE.format("T02", "return"), "the code T02"),
    "form-of-code": ({"rules": "x = bad_one"}, RULE.format("Z99", "return"), "the code Z99"),
    "fails-in-a-rule": ({"rules": "x = bad_one"}, RULE.format("BAD01", "record.nothing"), "AttributeError"),
    "no-problem": ({"rules": "x = bad_one"}, RULE.format("BAD01", "yield 3"), "Problem"),
    "no-path": ({"rules": "x = bad_one"}, RULE.format("BAD01", "yield Problem('title', 'x')"), "`at` is 'title'"),
    "no-message": ({"rules": "x = bad_one"}, RULE.format("BAD01", "yield Problem(('title',), None)"), "`message`"),
    "no-severity": (
        {"rules": "x = bad_one"},
        RULE.format("BAD01", "return").replace("Severity.ERROR", "'error'"),
        "`severity` is 'error'",
    ),
    "exits-at-import": ({"rules": "x = bad_one"}, "raise SystemExit(0)", "SystemExit: 0"),
    "exits-in-a-rule": ({"rules": "x = bad_one"}, RULE.format("BAD01", "raise SystemExit(0)"), "SystemExit: 0"),
}


@pytest.mark.parametrize(("points", "code", "named"), FAULTS.values(), ids=FAULTS)
def test_one_that_fails_names_itself(
    base: Path, tmp_path: Path, points: dict[str, str], code: str, named: str
) -> None:
    bad = package(tmp_path / "installed", "bad_one", points, code)
    made = run(base, "check", installed=(bad,))
    assert made.returncode == 2
    assert "plug-in `x` of package `bad_one`" in made.stderr
    assert named in made.stderr
    assert len(made.stderr.splitlines()) == 1


EXPORT = "from postmortems import Format\nX = Format('{0}', '{1}', 'x', 'x', lambda tables: {2})"
PAGE = "from postmortems import PluginPage\ndef x(corpus): return {0}"
IN_SITES = {
    "page-of-ours": (
        {"pages": "x = bad_one:x"},
        PAGE.format("[PluginPage('timing/index.md', 'x', 'x')]"),
        "timing",
    ),
    "no-uri": ({"pages": "x = bad_one:x"}, PAGE.format("[PluginPage('../x.md', 'x', 'x')]"), "../x.md"),
    "no-page": ({"pages": "x = bad_one:x"}, PAGE.format("[3]"), "int"),
    "fails": ({"pages": "x = bad_one:x"}, PAGE.format("1 / 0"), "ZeroDivisionError"),
    "no-format": ({"exports": "x = bad_one:X"}, "X = 3", "int"),
    "name-of-ours": ({"exports": "x = bad_one:X"}, EXPORT.format("csv", "data/x", "{}"), "csv"),
    "elsewhere": ({"exports": "x = bad_one:X"}, EXPORT.format("x", "../x", "{}"), "../x"),
    "writes-elsewhere": (
        {"exports": "x = bad_one:X"},
        EXPORT.format("x", "data/x/", "{'../../x': bytes}"),
        "../../x",
    ),
    "writes-another-file": (
        {"exports": "x = bad_one:X"},
        EXPORT.format("x", "data/x", "{'index.html': bytes}"),
        "index.html",
    ),
    "writes-a-file-of-ours": (
        {"exports": "x = bad_one:X"},
        EXPORT.format("x", "data/", "{'incidents.json': bytes}"),
        "data/incidents.json",
    ),
    "writes-nothing": ({"exports": "x = bad_one:X"}, EXPORT.format("x", "data/x", "None"), "NoneType"),
    "address-of-ours": (
        {"pages": "x = bad_one:x"},
        PAGE.format("[PluginPage('timing.md', 'x', 'x')]"),
        "timing.md",
    ),
    "fails-as-it-writes": (
        {"exports": "x = bad_one:X"},
        EXPORT.format("x", "data/x", "{'data/x': lambda: 1 / 0}"),
        "ZeroDivisionError",
    ),
    "writes-no-bytes": (
        {"exports": "x = bad_one:X"},
        EXPORT.format("x", "data/x", "{'data/x': lambda: 'x'}"),
        "str",
    ),
}


@pytest.mark.parametrize(("points", "code", "named"), IN_SITES.values(), ids=IN_SITES)
def test_one_that_fails_in_a_build_names_itself(
    base: Path, tmp_path: Path, points: dict[str, str], code: str, named: str
) -> None:
    (base / "docs").mkdir()
    (base / "mkdocs.yml").write_text(
        "site_name: x\ntheme: {name: mkdocs}\nplugins: [postmortems]\n", encoding="utf-8"
    )
    made = run(base, "build", installed=(package(tmp_path / "installed", "bad_one", points, code),), code=BUILD)
    assert made.returncode == 1
    assert not (base.parent / "x").exists()
    assert "plug-in `x` of package `bad_one`" in made.stderr
    assert named in made.stderr


@pytest.mark.parametrize(
    ("make", "given"),
    [
        (postmortems.PluginPage, ("x.md", "x", 3)),
        (postmortems.Format, ("x", "data/x", 3, "x", dict)),
        (postmortems.Problem, (("title",), 3)),
    ],
)
def test_what_it_makes_is_of_the_right_types(make: Callable[..., object], given: tuple[object, ...]) -> None:
    with pytest.raises(TypeError, match="is 3, which is no str"):
        make(*given)


def test_two_with_the_same_code_are_both_named(base: Path, tmp_path: Path) -> None:
    folder = package(tmp_path / "installed", "one", {"rules": "x = one"}, RULE.format("BAD01", "return"))
    package(folder, "two", {"rules": "x = two"}, RULE.format("BAD01", "return"))
    made = run(base, "check", installed=(folder,))
    assert "package `one`" in made.stderr
    assert "package `two`" in made.stderr


@pytest.mark.parametrize(
    ("points", "code"),
    [
        ({"exports": "x = {}:X"}, EXPORT.format("x", "data/x", "{}")),
        ({"importers": "x = {}:X"}, "class X:\n    name = description = 'x'\n    def records(source): ..."),
    ],
)
def test_two_with_the_same_name_are_both_named(
    base: Path, tmp_path: Path, points: dict[str, str], code: str
) -> None:
    folder = tmp_path / "installed"
    for name in ("one", "two"):
        package(folder, name, {group: point.format(name) for group, point in points.items()}, code)
    listing = COMMAND if "exports" in points else LIST_IMPORTERS
    made = run(base, "export", "--list", installed=(folder,), code=listing)
    assert "package `one`" in made.stderr
    assert "package `two`" in made.stderr


def test_its_rule_is_its_own_when_something_imported_it_before(base: Path) -> None:
    code = (
        "import acme_postmortems.rules, postmortems\n"
        "result = postmortems.check(postmortems.open_knowledge_base())\n"
        "print([(finding.code, finding.code in result.rules) for finding in result.findings])\n"
    )
    assert run(base, code=code).stdout == "[('ACME01', True)]\n"


def test_nothing_in_a_knowledge_base_is_ever_run(base: Path) -> None:
    bomb = "import pathlib; pathlib.Path('ran').touch()\n"
    package(base, "bad_one", dict.fromkeys(("rules", "pages", "exports", "importers"), "x = bad_one"), bomb)
    names = (
        "rules.py",
        "schemas/x.py",
        "conftest.py",
        "yaml.py",
        "click.py",
        "jsonschema.py",
        "pathlib.py",
        "re.py",
        "incidents/x.py",
    )
    write(base, dict.fromkeys(names, bomb))
    for arguments in (["-c", COMMAND, "check"], ["-m", "postmortems", "check"]):
        environment = dict(os.environ) | {"PYTHONPATH": str(Path(postmortems.__file__).parent.parent)}
        made = subprocess.run(
            [sys.executable, "-P" if arguments[0] == "-c" else "-B", *arguments],
            cwd=base,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "post-mortem checked" in made.stdout, made.stderr
        assert not (base / "ran").exists()


def test_the_example_is_read_as_installed() -> None:
    points = json.dumps((EXAMPLE / "acme_postmortems-1.0.dist-info/entry_points.txt").read_text(encoding="utf-8"))
    assert all(f"[postmortems.{group}]" in points for group in ("rules", "pages", "exports", "importers"))
