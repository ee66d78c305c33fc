"""Moments are put into form where it is sure which one is meant; an offset is never guessed."""

from __future__ import annotations

import pytest

from postmortems.fixes.moments import in_form
from postmortems.source import parse_moment

SURE = [
    ("2019-07-02 13:42 UTC", "2019-07-02T13:42Z"),
    ("2019-07-02 13:42 utc", "2019-07-02T13:42Z"),
    ("2019-07-02 13:42 GMT", "2019-07-02T13:42Z"),
    ("2019-07-02 13:42UTC", "2019-07-02T13:42Z"),
    ("2019-07-02 13:42Z", "2019-07-02T13:42Z"),
    ("2019-07-02  13:42 Z", "2019-07-02T13:42Z"),
    ("2019-07-02t13:42z", "2019-07-02T13:42Z"),
    ("2019-07-02T13:42z", "2019-07-02T13:42Z"),
    ("2019-07-02 13:42:10 UTC", "2019-07-02T13:42:10Z"),
    ("2019-07-02 13:42:10.250 UTC", "2019-07-02T13:42:10.250Z"),
    ("2019-07-02T13:42+0200", "2019-07-02T13:42+02:00"),
    ("2019-07-02T13:42-0730", "2019-07-02T13:42-07:30"),
    ("2019-07-02T13:42+02", "2019-07-02T13:42+02:00"),
    ("2019-07-02 13:42 +02:00", "2019-07-02T13:42+02:00"),
    ("2019-07-02 13:42:10 +0000", "2019-07-02T13:42:10+00:00"),
]
UNSURE = [
    "2019-07-02 13:42",
    "2019-07-02T13:42",
    "2019-07-02 13:42 CET",
    "2019-07-02 13:42 local",
    "2019-07-02 13:42 -0000",
    "2019-07-02 13:42 -00",
    "2019-07-02 9:42 UTC",
    "2019-07-02 01:42 PM UTC",
    "02/07/2019 13:42 UTC",
    "02.07.2019 13:42 UTC",
    "2019-02-30 13:42 UTC",
    "2019-07-02 25:42 UTC",
    "2019-07-02 13:42 +2500",
    "0001-01-01 00:00 +0100",
    "13:42 UTC",
    "2019-07-02 UTC",
    "2019-07-02 13:42 UTC or so",
    "yesterday",
    "",
]
SOUND = [
    "2019-07-02T13:42Z",
    "2019-07-02T13:42:00+00:00",
    "2019-07-02T13:42-00:00",
    "2019-07-02",
    "2019-07",
    "2019",
]


@pytest.mark.parametrize(("text", "written"), SURE)
def test_a_sure_moment_is_put_into_form(mend_fields, text, written):
    assert in_form(text) == written
    parse_moment(written)
    for quote in ("", '"', "'"):
        before = f"times:\n  started:   {quote}{text}{quote}  # first"
        assert mend_fields(before) == f"times:\n  started:   {quote}{written}{quote}  # first"


@pytest.mark.parametrize("text", UNSURE)
def test_an_unsure_moment_is_left_to_its_author(mend_fields, text):
    assert in_form(text) == ""
    fields = f'times:\n  started: "{text}"'
    assert mend_fields(fields) == fields


@pytest.mark.parametrize("text", SOUND)
def test_a_sound_moment_stays_as_it_is(mend_fields, text):
    fields = f"times:\n  started: {text}\n  detected:\n    at: {text}"
    assert mend_fields(fields) == fields


def test_moments_wherever_they_stand(mend_fields):
    before = """\
trigger:
  kind: deploy
  at: 2019-07-02 13:40 UTC
times: {started: 2019-07-02 13:42 UTC, detected: {at: 2019-07-02 13:45 UTC, estimated: true}}
timeline:
- at: 2019-07-02 13:42 UTC
  what: It began at 2019-07-02 13:42 UTC.
-   what: It ended.
    at: '2019-07-02 14:42 UTC'
regulatory:
  - regime: GDPR 33
    sent: 2019-07-03 13:42 UTC
x-seen: 2019-07-02 13:42 UTC"""
    assert (
        mend_fields(before)
        == """\
trigger:
  kind: deploy
  at: 2019-07-02T13:40Z
times: {started: 2019-07-02T13:42Z, detected: {at: 2019-07-02T13:45Z, estimated: true}}
timeline:
- at: 2019-07-02T13:42Z
  what: It began at 2019-07-02 13:42 UTC.
-   what: It ended.
    at: '2019-07-02T14:42Z'
regulatory:
  - regime: GDPR 33
    sent: 2019-07-03T13:42Z
x-seen: 2019-07-02 13:42 UTC"""
    )


def test_a_moment_over_several_lines_is_left_alone(mend_fields):
    for fields in (
        "times:\n  started: >-\n    2019-07-02 13:42 UTC",
        "times:\n  started: 2019-07-02\n    13:42 UTC",
    ):
        assert mend_fields(fields) == fields
