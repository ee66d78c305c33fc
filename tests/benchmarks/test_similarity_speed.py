"""What comparing all post-mortems costs, within bounds that hold on a busy machine."""

from __future__ import annotations

import pytest
from similarity_speed import library, measured


@pytest.mark.slow
@pytest.mark.parametrize("words", [0, 20_000])
def test_a_record_costs_about_the_same_among_many(tmp_path, words):
    measured(*library(tmp_path / "warm", 20, words))
    few = measured(*library(tmp_path, 300, words))
    many = measured(*library(tmp_path, 2_400, words))
    assert many.seconds / many.records <= 2 * few.seconds / few.records
    assert many.memory < 200
    assert many.neighbours <= 5 * many.records
