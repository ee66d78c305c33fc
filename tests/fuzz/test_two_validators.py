"""The quick yes is held to the verdict of the validator that explains: neither allows what the other does not."""

from __future__ import annotations

import copy
import json
import random
from functools import cache

import pytest
from hostile import PIECES, RECORDS, SCALARS, TEXTS, values
from hypothesis import example, given, settings
from hypothesis import strategies as st

from postmortems.conventions import shipped_schemas
from postmortems.source import Shape, read_record, read_yaml
from postmortems.source.fast_validation import acceptance
from postmortems.source.schema_errors import Explainer

NAMES = ["incident", "policy", "requirements", "vocabulary"]


@cache
def both(schema: str):
    """The two verdicts of a schema: the quick one, and the one that explains."""
    loaded = json.loads(schema)
    return acceptance(loaded), Explainer(loaded, Shape(loaded))._validator.is_valid


def assert_same_verdict(schema: str, value: object) -> bool:
    """Have a value judged by both; it may be changed by neither."""
    quick, explained = both(schema)
    verdicts = quick(value), explained(value)
    assert verdicts[0] == verdicts[1], value
    return verdicts[0]


@cache
def schema_of(name: str) -> str:
    return (shipped_schemas() / f"{name}.schema.json").read_text(encoding="utf-8")


@cache
def valid(name: str) -> list[object]:
    """Values that are as the schema asks."""
    shape = Shape(json.loads(schema_of(name)))
    if name == "incident":
        sources = [read_record("x.md", data, shape).source for data in RECORDS]
    else:
        data = (shipped_schemas() / f"{name}.yaml").read_bytes()
        sources = [read_yaml("x.yaml", data, shape).source]
    return [source.meta for source in sources if source]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_valid_is_accepted(name):
    assert valid(name)
    assert all(assert_same_verdict(schema_of(name), value) for value in valid(name))


REPLACEMENTS = st.one_of(
    SCALARS,
    TEXTS.map(lambda text: text + "\n"),
    st.sampled_from(
        [[], {}, [None], [{}], "", " ", "\n", "\u00a0", "\x1c", 0, -1, 1.0, 1e3, True, 10**17, "x" * 2000]
    ),
    values(st.sampled_from(["id", "x-a", "text", "", "X", "x-a\n"])),
)


@given(st.sampled_from(NAMES), st.integers(0, 2**32), st.lists(REPLACEMENTS, min_size=1, max_size=3))
@settings(max_examples=300)
@example("incident", 0, ["2026-02-30"])
def test_a_changed_value_gets_the_same_verdict(name, seed, replacements):
    chance = random.Random(seed)
    value = copy.deepcopy(chance.choice(valid(name)))
    for replacement in replacements:
        _change(value, replacement, chance)
    assert_same_verdict(schema_of(name), value)


def _change(value: object, replacement: object, chance: random.Random) -> None:
    """Change one place: put something else there, take it out, double it, change a key, or add to its text."""
    holder, key = chance.choice([*_places(value)])
    old = holder[key]
    match chance.randrange(6):
        case 0 if isinstance(holder, list):
            holder.insert(key, old)
        case 0:
            holder[f"{key}{chance.choice(PIECES)}"] = old
        case 1:
            del holder[key]
        case 2 if isinstance(old, str):
            at = chance.randrange(len(old) + 1)
            holder[key] = old[:at] + chance.choice(PIECES) + old[at:]
        case 3 if isinstance(old, str):
            holder[key] = old + chance.choice(["\n", "\n\n", " ", "\r", "\u2028"])
        case _:
            holder[key] = replacement


def _places(value: object):
    """Every mapping or list with each of its keys."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in [*entries]:
        yield value, key
        yield from _places(inner)


MOMENTS = st.one_of(
    st.from_regex(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,10})?)?(Z|[+-]\d\d:\d\d)?)?)?)?\n?", fullmatch=True),
    st.datetimes().map(lambda at: f"{at:%Y-%m-%dT%H:%M}+{at.second % 30:02}:{at.minute:02}"),
    TEXTS,
)


@given(MOMENTS)
@example("2016-12-31T23:59:60Z")
@example("2016-12-31T24:00Z")
@example("٢٠١٦-12-31")
def test_moments_and_dates_get_the_same_verdict(text):
    for meta in ({"published": text}, {"times": {"started": text}}, {"times": {"started": {"at": text}}}):
        assert_same_verdict(schema_of("incident"), meta)


OWN = [
    {"pattern": "^a$"},
    {"pattern": r"^a\$$"},
    {"pattern": "^(a|b$|[$]c)"},
    {"pattern": "^[^$]*$", "minLength": 1},
    {"minLength": 0},
    {"minLength": 1},
    {"minLength": 2},
    {"minLength": 5, "maxLength": 7},
    {"allOf": [{"minLength": 2}], "minLength": 3},
    {"patternProperties": {"^a$": {"type": "string"}}, "additionalProperties": False},
    {"properties": {"minLength": {"format": "date"}, "format": {"pattern": "a$"}}},
    {"format": "email"},
    {"format": "date-time"},
    {"type": "integer"},
    {"const": 1},
    {"enum": [0, "a", None, [True]]},
    {"uniqueItems": True},
    {"items": {"uniqueItems": True}},
    {"minimum": -1, "maximum": 1.5},
    {"anyOf": [{"type": "string", "format": "moment"}, {"type": "array", "minItems": 1}]},
]
NEAR = st.one_of(
    REPLACEMENTS,
    st.text("ab$ \n\t\x1c\x85\xa0\u2003\u3000", max_size=9),
    st.lists(st.one_of(st.booleans(), st.integers(-1, 2), st.sampled_from([0.0, 1.0, "1", None])), max_size=5),
    st.dictionaries(st.sampled_from(["a", "a\n", "b", "minLength", "format"]), st.sampled_from(["a", "a\n", 1])),
)


TELLING = [
    *(
        "",
        " ",
        "\n",
        "\x1c",
        "\u2003",
        "\ufeff",
        "a",
        "a\n",
        "a\n\n",
        "a$",
        "a$\n",
        "b",
        "b\n",
        "$c",
        "\na",
        " a",
        "a ",
        "a b",
    ),
    *("ab", " ab ", "abcde", " abcd ", "abcdefg", "abcdefgh", "2026-03-31", "2026-02-30", "2026-03-31\n", "2026"),
    *(None, True, False, 0, 1, -1, 1.0, 1.5, 2, -0.0, 10**17, 1e300),
    *(
        [],
        [1, 1.0],
        [1, True],
        [0, False],
        [[1], [True]],
        [{"a": 1}, {"a": 1.0}],
        [[1, 1.0]],
        [[True]],
        [True],
        ["a", "a\n"],
    ),
    *({}, {"a": "x"}, {"a": 1}, {"a\n": 1}, {"a\n": "x"}, {"b": 1}, {"minLength": "2026"}, {"format": "a\n"}),
]


@pytest.mark.parametrize("schema", OWN, ids=json.dumps)
def test_keywords_mean_the_same_to_both_where_it_matters(schema):
    verdicts = {assert_same_verdict(json.dumps(schema), value) for value in TELLING}
    assert verdicts == {True, False} or "format" in schema or schema == {"minLength": 0}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("ending", ["\n", "\n\n", "\u202e"])
def test_the_end_of_each_text_means_the_same_to_both(name, ending):
    for original in valid(name):
        value = copy.deepcopy(original)
        for holder, key in [*_places(value)]:
            text = holder[key]
            if isinstance(text, str):
                holder[key] = text + ending
                assert_same_verdict(schema_of(name), value)
                holder[key] = text


@given(st.sampled_from(OWN), NEAR)
@settings(max_examples=500)
def test_keywords_mean_the_same_to_both(schema, value):
    assert_same_verdict(json.dumps(schema), value)
