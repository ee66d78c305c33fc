"""How properties are tried: the same examples in every CI run, new ones on a developer's machine."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis.configuration import set_hypothesis_home_dir

# Nothing is left in the tree.
set_hypothesis_home_dir(Path(tempfile.gettempdir(), "postmortems-hypothesis"))
settings.register_profile(
    "postmortems",
    database=None,
    deadline=5_000,  # milliseconds for one example: a machine may be busy, but nothing may hang
    derandomize=os.environ.get("CI", "").lower() not in {"", "0", "false"},
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("postmortems")
