"""The check and what authors use run on the core's dependencies; what needs an extra says which."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from core import CORE, CORE_MODULES, PROJECT, REPOSITORY, distributions, modules, name_of

from postmortems.cli.main import COMMANDS
from postmortems.findings.formats.registry import FORMATS
from postmortems.runtime.extras import EXTRAS
from records import CHECKOUT
from repositories import commit, git, own_git

ID = "2026-03-03-checkout"
RECORD = CHECKOUT.replace(
    "no_actions_reason: The rollout has had a first stage since the week after.",
    """actions:
  - id: A1
    title: Give the rollout a first stage
    owner: example-team
    opened: 2026-03-04
    due: 2026-04-20
    done_when: a fault reaches one host only""",
)
NEW = ("new", "--title", "Search fell behind", "--severity", "sev3", "--service", "example-shop", "-y", "--print")
NEEDS_SITE = [
    ["stats"],
    ["brief"],
    ["similar", ID],
    ["similar", "--text", "a replica"],
    ["worksheet", ID],
    ["export", "atom"],
    ["export", "ical"],
]


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """A committed knowledge base that words a text of its own, made by the core alone."""
    folder = tmp_path_factory.mktemp("core") / "base"
    done = core("init", str(folder), at=folder.parent)
    assert done.returncode == 0, done.stderr
    (folder / "incidents/2026" / f"{ID}.md").write_text(RECORD, encoding="utf-8")
    (folder / "schemas/texts.yaml").write_text("schema: 1\ntexts:\n  Permanent link: Anchor\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        own_git(patch, folder.parent)
        git("init", "--quiet", "--initial-branch=main", at=folder)
        commit(at=folder)
        yield folder


def core(*arguments: str, at: Path) -> subprocess.CompletedProcess[str]:
    """Run `postmortems` where only the standard library and the core's dependencies can be imported."""
    script = Path(__file__).with_name("core_alone.py")
    done = subprocess.run(
        [sys.executable, script, ",".join(CORE_MODULES), *arguments],
        cwd=at,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1774958400", "CI": ""},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    assert "Traceback" not in done.stderr
    assert "internal error" not in done.stderr
    return done


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "--base", "HEAD"],
        ["check", "--changed", "--base", "HEAD"],
        ["check", "--due", "--statistics"],
        ["check", "--fix"],
        ["explain"],
        ["explain", "T08"],
        ["schema"],
        ["schema", "--for-editors"],
        ["schema", "--output-format", "markdown"],
        ["list"],
        ["list", "--json"],
        ["actions", "--all"],
        NEW,
        ["precedents"],
        ["evidence"],
        ["export", "json", "-o", "exported"],
        ["export", "sqlite", "-o", "exported.db"],
    ],
    ids=" ".join,
)
def test_the_core_is_enough(base, arguments):
    done = core(*arguments, at=base)
    assert done.returncode == 0, done.stderr
    assert done.stdout or "-o" in arguments


def test_the_core_writes_an_exercise():
    done = core("exercise", "2019-07-02-cloudflare-waf-regex", at=REPOSITORY)
    assert (done.returncode, done.stdout[:2]) == (0, "# "), done.stderr


def test_the_core_prints_and_writes_every_format(base):
    outputs = [f"--output-format={name}=out/{name}" for name in FORMATS]
    (base / "out").mkdir()
    done = core("check", *outputs, f"incidents/2026/{ID}.md", at=base)
    assert done.returncode == 0, done.stderr
    assert {path.name for path in (base / "out").iterdir()} == set(FORMATS)
    assert json.loads((base / "out/json").read_text(encoding="utf-8"))["findings"] == []


def test_the_core_shows_what_it_would_fix(base):
    path = base / f"incidents/2026/{ID}.md"
    path.write_text(RECORD.replace("status: published", "status: Published"), encoding="utf-8")
    done = core("check", "--diff", at=base)
    path.write_text(RECORD, encoding="utf-8")
    assert (done.returncode, "+status: published" in done.stdout) == (1, True), done.stdout


@pytest.mark.parametrize("arguments", NEEDS_SITE, ids=" ".join)
def test_what_needs_the_extra_says_so_in_one_line(base, arguments):
    done = core(*arguments, at=base)
    assert done.returncode == 2
    (line,) = [line for line in done.stderr.splitlines() if not line.startswith("Note: ")]
    assert re.fullmatch(
        rf"Error: `postmortems {arguments[0]}` needs the `site` extra \(\w+ is not installed\): install the"
        r' package with it, such as `pip install "postmortems\[site\] @ file:///\S+\.whl"`',
        line,
    )


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_core_shows_the_help_of_every_command(base, name):
    assert core(name, "--help", at=base).stdout.startswith(f"Usage: postmortems {name} ")


def test_the_plugin_says_what_is_missing(base):
    """MkDocs is there, such as for another site, and the extra is not."""
    there = modules(CORE | distributions(["mkdocs-material"]))
    code = (
        "import sys\n"
        f"sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from core_alone import hide_all_but\n"
        f"hide_all_but({there!r})\n"
        "from mkdocs.__main__ import cli\n"
        "cli(['build', '--quiet'])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=base, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "The plugin `postmortems` needs the `site` extra" in done.stderr


def test_the_core_is_small():
    """It was 11 distributions and 23 MB when this was written."""
    assert len(CORE) <= 11
    assert {"click", "pyyaml", "jsonschema", "jsonschema-rs"} <= CORE


def test_every_extra_is_declared_and_imported():
    for extra, names in EXTRAS.items():
        packages = {name_of(one) for one in PROJECT["optional-dependencies"][extra]}
        assert set(names) <= modules(packages)
        assert [name for name in packages if not modules({name}) & set(names)] == []


def test_the_action_installs_the_core_alone():
    lock = (REPOSITORY / ".github/actions/check/requirements.txt").read_text(encoding="utf-8")
    locked = set(re.findall(r"^([\w.-]+)==", lock, re.MULTILINE))
    assert locked == CORE | distributions(["hatchling"])
    everything = (REPOSITORY / "requirements.txt").read_text(encoding="utf-8")
    assert set(re.findall(r"^[\w.-]+==\S+", lock, re.MULTILINE)) <= set(
        re.findall(r"^[\w.-]+==\S+", everything, re.MULTILINE)
    )
