"""Explain schema errors for authors, with line and column."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator, FormatChecker, validators
from jsonschema.exceptions import ValidationError

from postmortems.findings import Severity
from postmortems.source.formats import FORMATS
from postmortems.source.moment import MomentError
from postmortems.source.schema_error import MAX_SCHEMA_ERRORS, SchemaError
from postmortems.source.suggestions import did_you_mean, nearest, one_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from postmortems.source.shape import Schema, Shape
    from postmortems.source.source import Pointer, Source

_TYPE_NAMES = {
    "string": "text",
    "object": "a mapping",
    "array": "a list",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "nothing",
}
_FORMATS = FormatChecker(formats=())


def _check_of(parse: Callable[[str], object]) -> Callable[[object], bool]:
    return lambda value: not isinstance(value, str) or bool(parse(value))


for _format, _parse in FORMATS.items():
    _FORMATS.checks(_format, raises=MomentError)(_check_of(_parse))


def _min_length(_validator: object, least: int, value: object, _schema: object) -> Iterator[ValidationError]:
    """As the standard has it, but text of nothing but white space is empty."""
    if isinstance(value, str) and len(value.strip()) < least:
        yield ValidationError("is empty")


def _unique_items(_validator: object, wanted: object, value: object, _schema: object) -> Iterator[ValidationError]:
    """As the standard has it, in a time that grows with the list and not with its square."""
    if wanted and isinstance(value, list) and len({_identity(item) for item in value}) < len(value):
        yield ValidationError("holds an entry twice")


def _identity(value: object) -> object:
    """A key that is equal for values equal in JSON, where true is not 1 and 1.0 is 1."""
    if isinstance(value, dict):
        return frozenset((key, _identity(inner)) for key, inner in value.items())
    if isinstance(value, list):
        return tuple(_identity(inner) for inner in value)
    return (bool, value) if isinstance(value, bool) else value


_Validator = validators.extend(  # type: ignore[no-untyped-call] # the stubs leave it bare
    Draft202012Validator, {"minLength": _min_length, "uniqueItems": _unique_items}
)


class Explainer:
    """Explains the schema_errors from one JSON Schema (2020-12)."""

    def __init__(self, schema: Schema, shape: Shape) -> None:
        """Compile the schema; its shape is told apart."""
        self.shape = shape
        self._validator = _Validator(schema, format_checker=_FORMATS)

    def schema_errors(self, source: Source) -> list[SchemaError]:
        """The schema errors of a source in file order, up to a limit."""
        by_place: dict[tuple[str, Pointer], SchemaError] = {}
        errors = self._validator.iter_errors(source.meta)
        explained = (made for error in errors for made in self._explain(error, source, ()))
        for error in islice(explained, MAX_SCHEMA_ERRORS):
            by_place.setdefault((error.code, error.at), error)
        # If a value has the wrong type, its other errors follow from that.
        return sorted(
            (made for (code, at), made in by_place.items() if code == "S111" or ("S111", at) not in by_place),
            key=lambda error: error.finding.sort_key,
        )

    def _explain(self, error: ValidationError, source: Source, base: Pointer) -> Iterator[SchemaError]:
        pointer: Pointer = (*base, *error.path)
        if error.validator == "anyOf":
            yield from self._explain_alternatives(error, source, pointer)
            return
        if error.validator in {"additionalProperties", "unevaluatedProperties"}:
            yield from self._unknown_keys(error, source, pointer)
            return
        if "propertyNames" in error.schema_path:
            yield self._bad_key(error, source, pointer)
            return
        if error.validator == "required":
            instance: Any = error.instance
            if any(self._is_unquoted_line(key, pointer, instance) for key in instance):
                return
            required: Any = error.validator_value
            missing = [key for key in required if key not in instance]
            for key in missing:
                yield self._result(
                    "S115",
                    source,
                    pointer,
                    f"{_name(pointer)} has no `{key}`",
                    f"add `{key}`: {_hint(self.shape.at((*pointer, key)))}",
                    key=key,
                )
            return
        code, message, help_text = _describe(error, pointer, self.shape.at(pointer))
        yield self._result(code, source, pointer, message, help_text)

    def _explain_alternatives(
        self, error: ValidationError, source: Source, pointer: Pointer
    ) -> Iterator[SchemaError]:
        """Explain by the alternative that the author had in mind: the one of the value's own type."""
        branches: dict[int, list[ValidationError]] = {}
        for nested in error.context or ():
            branches.setdefault(int(nested.schema_path[0]), []).append(nested)
        for nested_errors in branches.values():
            if not any(_is_type_error(nested) for nested in nested_errors):
                for nested in nested_errors:
                    yield from self._explain(nested, source, pointer)
                return
        shape = self.shape.at(pointer)
        yield self._result(
            "S111",
            source,
            pointer,
            f"{_name(pointer)} is {_kind(error.instance)}; expected {_expected_types(shape)}",
            _type_help(error.instance, shape),
        )

    def _unknown_keys(self, error: ValidationError, source: Source, pointer: Pointer) -> Iterator[SchemaError]:
        shape = self.shape.at(pointer)
        instance: Any = error.instance
        for key in instance:
            if shape.knows(key):
                continue
            help_text = did_you_mean(key, shape.known_keys) or f"known here: {', '.join(shape.known_keys)}"
            if pointer in source.flow and instance[key] is None:
                help_text = "a comma ends a value inside braces: quote the text, or write one field per line"
            elif self._is_unquoted_line(key, pointer, instance):
                help_text = f'quote the whole entry: - "{_shown(key)}: …"'
            elif key.startswith("x-") and shape.knows("x-a"):
                help_text = (
                    "your own fields start with `x-`, followed by lower-case words joined by hyphens, such "
                    "as x-cost-centre"
                )
            child = (*pointer, key)
            finding = source.finding(
                "S110",
                Severity.ERROR,
                f"unknown key `{_shown(key)}`" + (f" in {_name(pointer)}" if pointer else ""),
                at=child,
                of_key=True,
                help=help_text,
            )
            meant = tuple((*pointer, word) for word in nearest(key, shape.known_keys) if word not in instance)
            yield SchemaError("S110", child, finding, meant)

    def _is_unquoted_line(self, key: str, pointer: Pointer, instance: dict[str, Any]) -> bool:
        """Whether a list's entry was meant as a line of text, `improve: …`, and reads as a mapping."""
        shape = self.shape.at(pointer)
        return (
            len(instance) == 1
            and bool(pointer)
            and isinstance(pointer[-1], int)
            and "string" in shape.types
            and not shape.knows(key)
            and not did_you_mean(key, shape.known_keys)
        )

    @staticmethod
    def _bad_key(error: ValidationError, source: Source, pointer: Pointer) -> SchemaError:
        child = (*pointer, str(error.instance))
        message = f"the key `{_shown(error.instance)}` has the wrong format"
        help_text = _hint_of(error.schema) or f"expected {error.validator_value}"
        finding = source.finding("S113", Severity.ERROR, message, at=child, of_key=True, help=help_text)
        return SchemaError("S113", child, finding)

    @staticmethod
    def _result(  # noqa: PLR0913, PLR0917 - the parts of one finding
        code: str, source: Source, pointer: Pointer, message: str, help_text: str, key: str = ""
    ) -> SchemaError:
        finding = source.finding(code, Severity.ERROR, message, at=pointer, help=help_text)
        return SchemaError(code, (*pointer, key) if key else pointer, finding)


def _describe(error: ValidationError, pointer: Pointer, shape: Shape) -> tuple[str, str, str]:  # noqa: C901, PLR0911 - a table
    """Code, message and help for one error about one value."""
    value: Any = error.instance
    limit: Any = error.validator_value
    name = _name(pointer)
    match error.validator:
        case "type":
            expected = _expected_types(shape) if shape.types else _TYPE_NAMES.get(str(limit), str(limit))
            return "S111", f"{name} is {_kind(value)}; expected {expected}", _type_help(value, shape)
        case "enum":
            return (
                "S112",
                f"{name} is `{_shown(value)}`",
                _joined(did_you_mean(str(value), map(str, limit)), f"expected {one_of(map(str, limit))}"),
            )
        case "const":
            return "S112", f"{name} is `{_shown(value)}`; expected `{limit}`", ""
        case "format":
            code = "T01" if limit == "moment" else "S113"
            help_text = (
                "write 2019-07-02T13:42Z or 2019-07-02T15:42+02:00; or, less precisely, 2019-07-02, "
                "2019-07 or 2019"
                if limit == "moment"
                else "write YYYY-MM-DD"
            )
            return code, f"{name}: {error.cause or 'has the wrong format'}", help_text
        case "pattern":
            return (
                "S113",
                f"{name} is `{_shown(value)}`, which has the wrong format",
                _hint_of(error.schema),
            )
        case "minLength" | "minItems" | "minProperties":
            return "S114", f"{name} is empty", _hint_of(error.schema)
        case "maxLength":
            return "S114", f"{name} has {len(value)} characters; at most {limit} are allowed", "shorten it"
        case "maxItems" | "maxProperties":
            return "S114", f"{name} has {len(value)} entries; at most {limit} are allowed", ""
        case "minimum":
            return "S114", f"{name} is {_shown(value)}; the minimum is {limit}", ""
        case "maximum":
            return "S114", f"{name} is {_shown(value)}; the maximum is {limit}", ""
        case "uniqueItems":
            return "S116", f"{name} contains an entry twice", "keep each once"
        case _:
            return "S113", f"{name}: {error.message[:200]}", ""


def _is_type_error(error: ValidationError) -> bool:
    return error.validator == "type" and not error.path


def _name(pointer: Pointer) -> str:
    """A pointer as an author would say it: `factors[2].role`, counted from 1."""
    if not pointer:
        return "the record"
    text = ""
    for step in pointer:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else step
    return f"`{text}`"


def _kind(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, int | float):
        return f"the number {_shown(value)}"
    return "text" if isinstance(value, str) else "a list" if isinstance(value, list) else "a mapping"


def _shown(value: object) -> str:
    """A value short enough for a message."""
    try:
        text = str(value)
    except ValueError:  # an integer with more digits than Python prints
        return "a very long number"
    return text if len(text) <= 60 else text[:57] + "…"


def _expected_types(shape: Shape) -> str:
    order = [name for kind, name in _TYPE_NAMES.items() if kind in shape.types]
    return " or ".join(order) if order else "another kind of value"


def _type_help(value: object, shape: Shape) -> str:
    if value is None:
        return "fill it in, or delete the line"
    if "array" in shape.types and isinstance(value, str):
        return "write one entry per line, each after `- `"
    return ""


def _hint(shape: Shape) -> str:
    return one_of(shape.known_values) if shape.known_values else _expected_types(shape)


def _hint_of(schema: Any) -> str:
    return str(schema.get("description", "")) if isinstance(schema, dict) else ""


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)
