"""Change real records at random for as long as is asked, and see that each is read or refused in time.

`python tests/fuzz/fuzz_check.py --seconds 20`; what fails is written to a file, whose name is assert_printable.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
import traceback
from pathlib import Path

from hostile import PIECES, RECORDS, assert_printable, judged

from postmortems.conventions import KnowledgeBase, load_conventions

_SLOW = 10.0  # seconds for one file: these are small, so that is a hang


def mutated(record: bytes, chance: random.Random) -> bytes:
    """The record with a few places cut out, doubled, moved, or overwritten by what is seldom right."""
    data = bytearray(record)
    for _ in range(chance.choice([1, 1, 2, 3, 8])):
        place, other = (chance.randrange(len(data) + 1) for _ in range(2))
        length = chance.choice([1, 1, 2, 8, 60, 400])
        match chance.randrange(7):
            case 0:
                del data[place : place + length]
            case 1:
                data[place:place] = chance.choice(PIECES).encode()
            case 2:
                data[place : place + length] = chance.choice(PIECES).encode()
            case 3:
                data[place:place] = data[place : place + length] * chance.choice([1, 1, 50])
            case 4:
                data[place:place] = data[other : other + length]
            case 5:
                data[place : place + 1] = bytes([chance.randrange(256)])
            case _:
                _swap_lines(data, chance)
    return bytes(data)


def _swap_lines(data: bytearray, chance: random.Random) -> None:
    lines = data.split(b"\n")
    one, other = (chance.randrange(len(lines)) for _ in range(2))
    lines[one], lines[other] = lines[other], lines[one]
    data[:] = b"\n".join(lines)


def run(seconds: float, seed: int) -> tuple[int, list[Path]]:
    """How many files were tried, and those that failed."""
    conventions, findings = load_conventions(KnowledgeBase(Path(tempfile.gettempdir(), "no-knowledge-base")))
    assert conventions, findings
    chance = random.Random(seed)
    end = time.monotonic() + seconds
    tried, failed = 0, []
    while time.monotonic() < end and len(failed) < 10:
        data = mutated(chance.choice(RECORDS), chance)
        tried += 1
        start = time.monotonic()
        try:
            assert_printable(judged(data, conventions))
            assert time.monotonic() - start < _SLOW, "it took too long"
        except Exception:  # noqa: BLE001 - whatever it is, it is the bug that is looked for
            traceback.print_exc()
            failed.append(_kept(data, tried))
    return tried, failed


def _kept(data: bytes, number: int) -> Path:
    path = Path(tempfile.mkdtemp(prefix="postmortems-fuzz-"), f"{number}.md")
    path.write_bytes(data)
    return path


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--seed", type=int, default=None, help="default: another one each time")
    options = parser.parse_args()
    seed = random.randrange(2**32) if options.seed is None else options.seed
    tried, failed = run(options.seconds, seed)
    print(f"seed {seed}: {tried} files tried, {len(failed)} failed", *failed, sep="\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
