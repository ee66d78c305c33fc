"""Values as a reader sees them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from postmortems.analysis import Duration
from postmortems.analysis import duration as span_between
from postmortems.record import QUESTIONS, Figure, Priority
from postmortems.rendering import formatting
from postmortems.rendering.labels import questions
from postmortems.source import Margin, parse_moment

if TYPE_CHECKING:
    from postmortems.conventions import Conventions


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (0.4, "0 s"),
        (45, "45 s"),
        (59.4, "59 s"),
        (59.6, "1 min"),
        (60, "1 min"),
        (90, "1 min 30 s"),
        (9 * 60 + 59, "9 min 59 s"),
        (10 * 60 + 59, "10 min"),
        (3599, "59 min"),
        (3600, "1 h"),
        (2 * 3600 + 13 * 60, "2 h 13 min"),
        (47 * 3600 + 59 * 60, "47 h 59 min"),
        (48 * 3600, "2 d"),
        (76 * 3600, "3 d 4 h"),
        (13 * 86400 + 23 * 3600, "13 d 23 h"),
        (14 * 86400 + 23 * 3600, "14 d"),
        (400 * 86400, "400 d"),
    ],
)
def test_length(seconds: float, text: str) -> None:
    assert formatting.length_of(timedelta(seconds=seconds)) == text


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("2026-03-31T10:00Z", "2026-03-31T10:27Z", "27 min"),
        ("2026-03-31T10:00:00Z", "2026-03-31T10:00:00Z", "under 1 s"),
        ("2026-03-31T10:00Z", "2026-03-31T10:00Z", "under 1 min"),
        ("2026-03-31", "2026-03-31", "up to 24 h"),
        ("2026-03-31T10:00Z", "2026-03-31", "up to 14 h"),
        ("2026-03-30", "2026-04-02", "2 to 4 d"),
        ("2026-03-30T12:00Z", "2026-03-31", "11 to 36 h"),
        ("2026-01", "2026-03", "28 to 90 d"),
        ("2026-01-01", "2026-03-31", "89 d"),  # a day either way is less than a tenth of it
        ("2024", "2026", "365 to 1096 d"),
        ("2026-03", "2026-03", "up to 31 d"),
    ],
)
def test_duration_is_as_exact_as_it_is_known(start: str, end: str, text: str) -> None:
    assert formatting.duration(span_between(parse_moment(start), parse_moment(end))) == text


def test_range_in_minutes() -> None:
    start = parse_moment("2026-03-31T10:00Z", within=Margin.parse("20m"))
    assert formatting.duration(span_between(start, parse_moment("2026-03-31T11:00Z"))) == "39 to 81 min"


def test_estimates_say_so() -> None:
    start, end = (parse_moment(f"2026-03-31T{clock}Z", estimated=True) for clock in ("10:00", "10:27"))
    assert formatting.duration(span_between(start, end)) == "about 27 min"
    assert formatting.duration(span_between(start, start)) == "under 1 min (estimated)"


@pytest.mark.parametrize("minutes", [1, 14, 15, 29, 59, 60, 119, 179, 180, 1000, 4319, 4320, 10_000])
@pytest.mark.parametrize("width", [16, 61, 1441, 44_640])
def test_range_is_rounded_outwards(minutes: int, width: int) -> None:
    """The words never claim more than is known: both bounds lie inside what they say."""
    low, high = timedelta(minutes=minutes), timedelta(minutes=minutes + width)
    span = Duration(low, low, high, estimated=False)
    if span.is_exact:
        return
    *first, last, unit = formatting.duration(span).removeprefix("up to ").replace(" to ", " ").split()
    one = {"min": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}[unit]
    assert int(first[0]) * one <= low if first else True
    assert high <= int(last) * one < high + one


@pytest.mark.parametrize(
    ("text", "shown"), [("2019-07-02", "2 July 2019"), ("2019-07", "July 2019"), ("2019", "2019"), ("", "")]
)
def test_partial_date(text: str, shown: str) -> None:
    assert formatting.partial_day(text) == shown


@pytest.mark.parametrize(
    ("text", "estimated", "shown"),
    [
        ("2019-07-02T13:42:10Z", False, "2 July 2019, 13:42:10 UTC"),
        ("2019-07-02T13:42Z", False, "2 July 2019, 13:42 UTC"),
        ("2019-07-02T00:42+02:00", False, "1 July 2019, 22:42 UTC"),
        ("2019-07-02", False, "2 July 2019"),
        ("2019-07", False, "July 2019"),
        ("2019", True, "about 2019"),
        ("2019-07-02T13:42Z", True, "about 2 July 2019, 13:42 UTC"),
    ],
)
def test_moment(text: str, shown: str, *, estimated: bool) -> None:
    assert formatting.moment(parse_moment(text, estimated=estimated)) == shown


def test_day() -> None:
    assert formatting.day(date(2026, 12, 3)) == "3 December 2026"
    assert len(set(formatting.MONTHS)) == 12


@pytest.mark.parametrize(
    ("count", "nouns", "shown"),
    [
        (0, ("incident",), "0 incidents"),
        (1, ("incident",), "1 incident"),
        (2, ("incident",), "2 incidents"),
        (1234, ("incident",), "1,234 incidents"),
        (1, ("factor recurs", "factors recur"), "1 factor recurs"),
        (3, ("factor recurs", "factors recur"), "3 factors recur"),
    ],
)
def test_plural(count: int, nouns: tuple[str, ...], shown: str) -> None:
    assert formatting.plural(count, *nouns) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0"), (4_000_000, "4,000,000"), (4_000_000.0, "4,000,000"), (1234.5, "1,234.5"), (0.25, "0.25")],
)
def test_number(value: float, shown: str) -> None:
    assert formatting.number(value) == shown


@pytest.mark.parametrize(
    ("figure", "shown"),
    [
        (Figure("Orders", 4_000_000, "orders", "over"), "over 4,000,000 orders"),
        (Figure("Share", 80, "%"), "80%"),
        (Figure("Share", 80, "%", "up-to"), "up to 80%"),
        (Figure("Users", 12, "", "about"), "about 12"),
        (Figure("Users", 0), "0"),
    ],
)
def test_figure(figure: Figure, shown: str) -> None:
    assert formatting.figure(figure) == shown


@pytest.mark.parametrize(
    ("priority", "shown"),
    [
        (Priority("high"), "High"),
        (Priority("", 3, 5, 2), "7.5 (likelihood 3 × impact 5 / effort 2)"),
        (Priority("", 1, 1, 5), "0.2 (likelihood 1 × impact 1 / effort 5)"),
    ],
)
def test_priority(priority: Priority, shown: str) -> None:
    assert formatting.priority(priority) == shown


@pytest.mark.parametrize(
    ("words", "shown"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (("a", "b", "c"), "a, b and c")],
)
def test_listing(words: list[str], shown: str) -> None:
    assert formatting.listing(words) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("near-miss", "Near miss"),
        ("public-report", "Retold from public sources"),
        ("n/a", "Not applicable"),
        ("access-rule", "Access rule"),
        ("cost-centre", "Cost centre"),
        ("cve", "CVE"),
    ],
)
def test_word(value: str, shown: str) -> None:
    assert formatting.word(value) == shown


def test_case_of_the_first_letter() -> None:
    assert formatting.lower_first("Patch or configuration") == "patch or configuration"
    assert formatting.lower_first("IT operations") == "IT operations"
    assert formatting.upper_first("when it was detected") == "When it was detected"
    assert formatting.lower_first("") == formatting.upper_first("") == ""


def test_lengths_grow_with_time() -> None:
    """No rounding turns a longer time into a smaller figure of the same unit."""
    steps = [timedelta(seconds=n * 37) for n in range(1, 5000)]
    shown = [formatting.length_of(step) for step in steps]
    units = {"s": 1, "min": 60, "h": 3600, "d": 86400}

    def seconds(text: str) -> int:
        parts = text.split()
        return sum(int(number) * units[unit] for number, unit in zip(parts[::2], parts[1::2], strict=True))

    assert all(seconds(before) <= seconds(after) for before, after in pairwise(shown))


def test_questions_are_asked_as_the_schema_asks_them(conventions: Conventions) -> None:
    asked = conventions.schema.shape.at(("questions",))
    assert questions() == {name: asked.child(name).title for name in asked.known_keys}
    assert tuple(questions()) == QUESTIONS
