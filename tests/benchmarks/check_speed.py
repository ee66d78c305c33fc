"""How fast `postmortems check` is, told against check-jsonschema on the same front matter in the same run.

Run it by `make bench`, or `python tests/benchmarks/check_speed.py --records 10000`.

check-jsonschema gets each front matter as a YAML file of its own and checks its shape alone; ours reads the
post-mortems and judges them by all rules. Times are noisy: the commands take turns, and what counts is the
median of the ratios.

How fast check-jsonschema is depends on what reads its YAML. A plain `pip install check-jsonschema` brings a parser
in pure Python; where ruamel.yaml.clib is installed beside it, ruamel.yaml takes the one in C, which is several
times faster. The output says which it was; `--check-jsonschema` names another one to compare with, such as that of
an environment which has ruamel.yaml.clib.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import yaml
from making_records import front_matter_of, make_knowledge_base, make_records

from postmortems.conventions import shipped_schemas

_BIN = Path(sys.executable).parent
_CHECK = (sys.executable, "-m", "postmortems", "check")
_IMPORTS = (sys.executable, "-c", "import jsonschema, yaml, click")
_ABOUT_THEIRS = """
from importlib.metadata import version
from ruamel.yaml import YAML
names = ("check-jsonschema", "jsonschema", "ruamel.yaml")
print(*map(version, names), YAML(typ="safe").Parser.__name__)
"""


@dataclass(frozen=True)
class Theirs:
    """A check-jsonschema, and what it is made of."""

    command: Path
    version: str
    jsonschema: str
    ruamel: str
    reads_in_c: bool

    @classmethod
    def at(cls, command: Path) -> Theirs:
        """Ask the Python beside a command what is installed there."""
        told = subprocess.run(
            (str(command.parent / "python"), "-c", _ABOUT_THEIRS), capture_output=True, text=True, check=True
        )
        own, jsonschema, ruamel, parser = told.stdout.split()
        return cls(command, own, jsonschema, ruamel, parser == "CParser")

    def __str__(self) -> str:
        return (
            f"check-jsonschema {self.version} with jsonschema {self.jsonschema}, its YAML read by ruamel.yaml "
            f"{self.ruamel} in {'C' if self.reads_in_c else 'pure Python'}"
        )


@dataclass(frozen=True)
class Run:
    """One process: wall and processor time in seconds, and the most memory that one process had, in MiB."""

    seconds: float
    cpu: float
    memory: float


@dataclass(frozen=True)
class Pair:
    """The same work by both, one after the other."""

    records: int
    theirs: Run
    ours: Run

    @property
    def ratio(self) -> float:
        """How many times faster ours is."""
        return self.theirs.seconds / self.ours.seconds

    @property
    def cpu_ratio(self) -> float:
        """How many times less processor time ours takes; a second core does not help here."""
        return self.theirs.cpu / self.ours.cpu


@dataclass(frozen=True)
class Work:
    """Post-mortems in a folder: those of a knowledge base, and their front matter as YAML files."""

    folder: Path
    records: int

    @classmethod
    def laid_down(cls, folder: Path, records: int) -> Work:
        """Write both; the folder is empty or absent."""
        make_knowledge_base(folder / "base", records)
        (folder / "yaml").mkdir()
        for record_id, text in make_records(records):
            (folder / "yaml" / f"{record_id}.yaml").write_text(front_matter_of(text), encoding="utf-8")
        return cls(folder, records)

    def measured(self, theirs: Theirs) -> Pair:
        """Check them by both."""
        return Pair(self.records, self._by(theirs), self._ours())

    def _by(self, theirs: Theirs) -> Run:
        files = sorted(path.name for path in (self.folder / "yaml").iterdir())
        schema = shipped_schemas() / "incident.schema.json"
        return run(str(theirs.command), "--schemafile", str(schema), *files, cwd=self.folder / "yaml")

    def _ours(self) -> Run:
        return run(str(_BIN / "postmortems"), "check", "--output-format", "concise", cwd=self.folder / "base")


def run(*command: str, cwd: Path, **variables: str) -> Run:
    """Run a command to its end; raises RuntimeError where it fails."""
    environment = {key: value for key, value in os.environ.items() if key not in {"CI", "GITHUB_ACTIONS"}}
    environment |= variables
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=cwd, stdout=output, stderr=subprocess.STDOUT, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            raise RuntimeError(f"{command[0]} failed: {output.read()[-2000:].decode(errors='replace')}")
    return Run(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def start_ratio(folder: Path, runs: int) -> float:
    """How many times the processor time of importing what it needs the check of one file takes, of ten.

    The median of pairs, after one that leaves the bytecode, as an installation does.
    """
    base = make_knowledge_base(folder / "ten", 10).root
    path = str(next((base / "incidents").rglob("*.md")))
    with tempfile.TemporaryDirectory() as bytecode:
        compiled = {"PYTHONPYCACHEPREFIX": bytecode, "PYTHONDONTWRITEBYTECODE": ""}
        pairs = [
            (run(*_IMPORTS, cwd=base, **compiled).cpu, run(*_CHECK, path, cwd=base, **compiled).cpu)
            for _ in range(runs + 1)
        ]
    return statistics.median(ours / theirs for theirs, ours in pairs[1:])


def installed() -> Theirs:
    """The check-jsonschema of this environment."""
    return Theirs.at(_BIN / "check-jsonschema")


def _machine() -> str:
    return (
        f"Python {platform.python_version()} on {platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"load {os.getloadavg()[0]:.1f}; postmortems {version('postmortems')} with PyYAML {version('PyYAML')}, in "
        f"{'C' if yaml.__with_libyaml__ else 'pure Python'}, and jsonschema-rs {version('jsonschema-rs')}"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How fast the check is, against check-jsonschema.")
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument(
        "--check-jsonschema", type=Path, action="append", help="the command to compare with; may be given twice"
    )
    options = parser.parse_args()
    others = [Theirs.at(command) for command in options.check_jsonschema or [installed().command]]
    print(_machine())
    with tempfile.TemporaryDirectory(prefix="postmortems-bench-") as name:
        folder = Path(name)
        print(
            f"one file of ten: {start_ratio(folder, 5 * options.runs):.2f} times the processor time of importing "
            f"jsonschema, yaml and click (median of {5 * options.runs} pairs)"
        )
        print(
            f"{'records':>8} {'check-jsonschema':>17} {'postmortems':>12} "
            f"{'faster':>7} {'CPU':>6} {'a second':>9}  memory"
        )
        for count in sorted({max(options.records // 10, 1), options.records}):
            work = Work.laid_down(folder / str(count), count)
            for theirs in others:
                pairs = [work.measured(theirs) for _ in range(options.runs)]
                for pair in pairs:
                    _print(pair)
                ratio = statistics.median(pair.ratio for pair in pairs)
                cpu = statistics.median(pair.cpu_ratio for pair in pairs)
                told = f"{ratio:.1f} times faster, {cpu:.1f} times less processor time"
                print(f"{count:8,} records: {told} (medians of {len(pairs)}) than {theirs}", flush=True)


def _print(pair: Pair) -> None:
    print(
        f"{pair.records:8,} {pair.theirs.seconds:15.1f} s {pair.ours.seconds:10.1f} s {pair.ratio:6.1f}x "
        f"{pair.cpu_ratio:5.1f}x {pair.records / pair.ours.seconds:9,.0f}  "
        f"{pair.ours.memory:.0f} MiB a process, theirs {pair.theirs.memory:.0f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
