"""How fast `postmortems check` is, told against check-jsonschema on the same front matter in the same run.

Run it by `make bench`, or `python tests/benchmarks/check_speed.py --records 10000`.

check-jsonschema gets each front matter as a YAML file of its own and checks its shape alone; ours reads the
post-mortems and judges them by all rules. Times are noisy: the commands take turns, and what counts is the
median of the ratios.
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
from importlib.util import find_spec
from pathlib import Path

from making_records import front_matter_of, make_knowledge_base, make_records

from postmortems.conventions import shipped_schemas

_BIN = Path(sys.executable).parent
_IMPORTS = (sys.executable, "-c", "import jsonschema, yaml, click")


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

    def measured(self) -> Pair:
        """Check them by both."""
        return Pair(self.records, self._theirs(), self._ours())

    def _theirs(self) -> Run:
        files = sorted(path.name for path in (self.folder / "yaml").iterdir())
        schema = shipped_schemas() / "incident.schema.json"
        return run(str(_BIN / "check-jsonschema"), "--schemafile", str(schema), *files, cwd=self.folder / "yaml")

    def _ours(self) -> Run:
        return run(str(_BIN / "postmortems"), "check", "--output-format", "concise", cwd=self.folder / "base")


def run(*command: str, cwd: Path) -> Run:
    """Run a command to its end; raises RuntimeError where it fails."""
    environment = {key: value for key, value in os.environ.items() if key not in {"CI", "GITHUB_ACTIONS"}}
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
    """How many times longer the check of one small base takes than Python takes to import what it needs."""
    base = make_knowledge_base(folder / "one", 1).root
    pairs = [
        (run(*_IMPORTS, cwd=base).seconds, run(str(_BIN / "postmortems"), "check", cwd=base).seconds)
        for _ in range(runs)
    ]
    return min(ours for _, ours in pairs) / min(theirs for theirs, _ in pairs)


def _machine() -> str:
    loader = "C" if find_spec("_ruamel_yaml") or find_spec("ruamel.yaml.clib") else "pure Python"
    return (
        f"Python {platform.python_version()} on {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; check-jsonschema "
        f"{version('check-jsonschema')} with jsonschema {version('jsonschema')}, its YAML read in {loader}"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="How fast the check is, against check-jsonschema.")
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    print(_machine())
    with tempfile.TemporaryDirectory(prefix="postmortems-bench-") as name:
        folder = Path(name)
        print(
            f"start: {start_ratio(folder, 5 * options.runs):.2f} times the imports of jsonschema, yaml and click"
        )
        print(
            f"{'records':>8} {'check-jsonschema':>17} {'postmortems':>12} "
            f"{'faster':>7} {'CPU':>6} {'a second':>9}  memory"
        )
        for count in sorted({max(options.records // 10, 1), options.records}):
            work = Work.laid_down(folder / str(count), count)
            pairs = [work.measured() for _ in range(options.runs)]
            for pair in pairs:
                _print(pair)
            ratio = statistics.median(pair.ratio for pair in pairs)
            print(f"{count:8,} records: {ratio:.1f} times faster (median of {len(pairs)})")


def _print(pair: Pair) -> None:
    print(
        f"{pair.records:8,} {pair.theirs.seconds:15.1f} s {pair.ours.seconds:10.1f} s {pair.ratio:6.1f}x "
        f"{pair.cpu_ratio:5.1f}x {pair.records / pair.ours.seconds:9,.0f}  "
        f"{pair.ours.memory:.0f} MiB a process, theirs {pair.theirs.memory:.0f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
