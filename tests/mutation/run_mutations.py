"""Change the code a little, one change at a time, and see whether the nearest tests tell.

Run it by `make mutate`, or `make mutate MUTATE_ARGS='--sample 50 --only rules'`. A seed draws the sample, so the
same code gives the same one. The changes are made in copies of the checkout, never in itself.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from mutants import Mutant, mutants_of
from nearest import PARTS, Part, stages

ROOT = Path(__file__).parents[2]
_LONGEST = 300  # seconds; a change that makes the tests run on is found


def main() -> int:
    """Print what survived, and how many of each part were found; 1 if they are too few."""
    options = _options()
    chosen = _sample(options.sample, options.seed, options.only)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        copies: SimpleQueue[Path] = SimpleQueue()
        for number in range(options.workers):
            copies.put(_copy(Path(folder) / str(number)))
        if not _passes_unchanged(copies, chosen):
            return 2
        with ThreadPoolExecutor(options.workers) as pool:
            found = list(pool.map(lambda pair: _is_found(*pair, copies), chosen))
    minutes = (time.monotonic() - started) / 60
    return _report(chosen, found, minutes, options.least)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=200, help="how many mutations")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="modules whose path holds this")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--least", type=float, default=0.9, help="the score below which the run fails")
    return parser.parse_args()


def _sample(size: int, seed: int, only: str) -> list[tuple[Part, Mutant]]:
    chance = random.Random(seed)
    parts = [(part, [module for module in part.modules(ROOT) if only in str(module)]) for part in PARTS]
    shares = sum(part.share for part, modules in parts if modules)
    chosen = []
    for part, modules in parts:
        every = [mutant for module in modules for mutant in mutants_of(module, (ROOT / module).read_text("utf-8"))]
        drawn = chance.sample(every, min(len(every), round(size * part.share / shares))) if every else []
        chosen += [(part, mutant) for mutant in drawn]
    return chosen


def _copy(to: Path) -> Path:
    """The checkout as it is, but for what Git ignores; compiled once, so that only a changed module is again."""
    listed = subprocess.run(
        ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"),
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout.split("\0")  # fmt: skip
    for name in filter(None, listed):
        if (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, to / name)
    subprocess.run((sys.executable, "-m", "compileall", "-q", "plugins"), cwd=to, check=True)
    return to


def _passes_unchanged(copies: SimpleQueue[Path], chosen: list[tuple[Part, Mutant]]) -> bool:
    """Whether the tests pass in a copy without any change: else every change would seem to be found."""
    copy = copies.get()
    failing = [
        name for name in sorted({name for part, _ in chosen for name in part.tests}) if _fails(copy, [name])
    ]
    copies.put(copy)
    print(*(f"fails without any change: {name}" for name in failing), sep="\n", end="", flush=True)
    return not failing


def _is_found(part: Part, mutant: Mutant, copies: SimpleQueue[Path]) -> bool:
    copy = copies.get()
    path = copy / mutant.path
    kept, times = path.read_bytes(), path.stat()
    try:
        path.write_text(mutant.code, encoding="utf-8")
        found = any(_fails(copy, tests) for tests in stages(ROOT, part, mutant.path))
    finally:
        path.write_bytes(kept)
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        copies.put(copy)
    print("." if found else f"\nsurvived: {mutant}", end="" if found else "\n", flush=True)
    return found


def _fails(copy: Path, tests: list[str]) -> bool:
    """Whether tests fail in a copy of the checkout; the package is that of the copy, not the installed one."""
    command = (sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *tests)
    environment = os.environ | {"PYTHONPATH": str(copy / "plugins"), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            command, cwd=copy, env=environment, check=False, capture_output=True, text=True, timeout=_LONGEST
        )
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


def _report(chosen: list[tuple[Part, Mutant]], found: list[bool], minutes: float, least: float) -> int:
    every = Counter(part.under for part, _ in chosen)
    told = Counter(part.under for (part, _), is_found in zip(chosen, found, strict=True) if is_found)
    print()
    for name, count in every.items():
        print(f"{name:24} {told[name]:4} of {count:4} found")
    score = told.total() / every.total()
    print(f"{'all':24} {told.total():4} of {every.total():4} found: {score:.1%}, in {minutes:.1f} minutes")
    return int(score < least)


if __name__ == "__main__":
    sys.exit(main())
