"""Fast validation: whether values fit a schema, without reasons.

jsonschema-rs takes a hundredth of the time of jsonschema, but its reasons are not ours to put into words. Most
records are valid, so most are never looked at by the slower one. A test holds the two to the same verdicts.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from postmortems.source.formats import FORMATS, PLAINLY, has_format
from postmortems.source.schemas import rewritten

if TYPE_CHECKING:
    from collections.abc import Callable

    from postmortems.source.shape import Schema
    from postmortems.source.source import Value

_DOLLAR = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|\$", re.DOTALL)
_WORDS = frozenset({"$comment", "default", "description", "examples", "title"})  # they bind nothing
# The characters that Python's `strip` removes.
_SPACE = r"\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"


def acceptance(schema: Schema) -> Callable[[Value], bool]:
    """Compile a schema into a function that says whether values fit it.

    Where the function can't tell, it says no. Raises ValueError where the schema is none.
    """
    try:
        validator = jsonschema_rs.Draft202012Validator(
            rewritten(schema, _plain),
            formats={name: partial(has_format, name) for name in FORMATS},
            validate_formats=True,
            offline=True,
        )
    except ValueError as error:
        raise ValueError(str(error).partition("\n")[0]) from error

    def accepts(value: Value) -> bool:
        try:
            return validator.is_valid(value)
        except ValueError:  # halves of characters, numbers beyond all measure
            return False

    return accepts


def _plain(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema without descriptions, with keywords that we or Python read differently spelt out."""
    made = {key: value for key, value in schema.items() if key not in _WORDS}
    if isinstance(made.get("format"), str):
        name = made.pop("format")
        if name in FORMATS:  # the others are not checked; to ask Python takes longer than a pattern
            made["allOf"] = [*made.get("allOf", ()), {"anyOf": [{"pattern": PLAINLY[name]}, {"format": name}]}]
    if isinstance(made.get("pattern"), str):
        made["pattern"] = _pattern(made["pattern"])
    if isinstance(made.get("patternProperties"), dict):
        made["patternProperties"] = {_pattern(key): inner for key, inner in made["patternProperties"].items()}
    if isinstance(made.get("minLength"), int):
        # As in the standard, but without white space at the ends. Only text is matched.
        made["allOf"] = [*made.get("allOf", ()), {"pattern": _filled(made["minLength"])}]
    return made


def _pattern(pattern: str) -> str:
    """The pattern as Python has it: there `$` matches before a line break at the end, too, as of `title: |`."""
    return _DOLLAR.sub(lambda match: r"\n?$" if match[0] == "$" else match[0], pattern)


def _filled(least: int) -> str:
    """The pattern of texts that are this long without the white space at their ends."""
    if least < 2:
        return f"[^{_SPACE}]" if least else ""
    return rf"[^{_SPACE}][\s\S]{{{least - 2},}}[^{_SPACE}]"
