"""A few seconds of random changes, other ones in each run; `fuzz_check.py` goes on for as long as is asked."""

from __future__ import annotations

import os
import random

from fuzz_check import run

SECONDS = 5


def test_a_few_seconds_of_random_changes():
    seed = 1 if os.environ.get("CI") else random.randrange(2**32)
    tried, failed = run(SECONDS, seed)
    assert not failed, f"seed {seed}: {failed}"
    assert tried > 50
