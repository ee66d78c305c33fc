"""The promises on speed that hold even on a busy machine; `make bench` tells how things really are."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from check_speed import Work, installed, start_ratio
from making_records import LINES, SIZE, front_matter_of, make_knowledge_base, make_records

from postmortems.conventions import load_conventions
from postmortems.corpus import read_library
from postmortems.rules import judge

AS_OF = datetime(2026, 6, 1, 12, tzinfo=UTC)


# How many times less processor time the check takes at least, by what reads the YAML of check-jsonschema. About
# half of what was measured: it is to notice a check that became slow, and not a machine that is busy.
LEAST_IN_C, LEAST_IN_PYTHON = 1.5, 3.5


@pytest.mark.slow
def test_the_check_takes_several_times_less_than_check_jsonschema(tmp_path):
    theirs, work = installed(), Work.laid_down(tmp_path, 300)
    least = LEAST_IN_C if theirs.reads_in_c else LEAST_IN_PYTHON
    ratios: list[float] = []
    while len(ratios) < 4 and (not ratios or max(ratios) < least):
        ratios.append(work.measured(theirs).cpu_ratio)
    assert max(ratios) >= least, f"{ratios} times less processor time than {theirs}"


@pytest.mark.slow
def test_the_check_of_one_file_starts_in_a_blink(tmp_path):
    assert start_ratio(tmp_path, 7) < 1.7


def test_the_records_that_are_measured_are_what_they_are_said_to_be(tmp_path):
    base = make_knowledge_base(tmp_path, 200)
    conventions, findings = load_conventions(base)
    assert conventions, findings
    library = read_library(base, conventions)
    assert len(library.records) == 200
    assert {finding.code for finding in judge(library, conventions, AS_OF)} <= {"X02"}


def test_they_are_of_one_size_and_the_same_in_each_run():
    made = dict(make_records(50))
    assert made == dict(make_records(50))
    for text in made.values():
        assert front_matter_of(text).count("\n") == LINES
        assert abs(len(text.encode()) - SIZE) < SIZE * 0.02
