"""YAML text to plain values by the rules of YAML 1.2.

Stock PyYAML follows YAML 1.1: it reads `14:32` as 872 and `no` as false, turns dates into objects and lets the
later of two duplicate keys win. Here its C parser only composes the nodes; what they mean is decided below.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from postmortems.findings import Finding, Severity
from postmortems.source.composing import BaseLoader, compose, span_of
from postmortems.source.source import Span, Value

if TYPE_CHECKING:
    from postmortems.source.shape import Shape

MAX_DEPTH = 40
_COMPOSABLE = 200  # a depth that any composer's stack can hold

_MAX_FINDINGS = 100  # one mistake in a generated file can repeat thousands of times

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
# Longer numbers are identifiers and stay text, and so does `0x10`.
_INT = re.compile(r"[-+]?[0-9]{1,18}\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]{1,18}|[0-9]{1,18}(\.[0-9]{0,18})?)([eE][-+]?[0-9]{1,3})?\Z")
# The first characters of values that are not text.
_NOT_TEXT = frozenset(["", *"~nNtTfF+-.0123456789"])
# Cheap signs of anchors, aliases, tags or deep nesting: only these need the slow check.
_MAYBE_SPECIAL = re.compile(r"[&*!](?<![^\s\[{,:?-].)(?:(?<=!)|(?=\S))")
_MAYBE_DEEP = re.compile(r"\n[ ?-]{80}")


@dataclass(slots=True)
class Values:
    """The value of a YAML text, and the errors found in it."""

    path: str
    text: str
    first_line: int
    value: Value = None
    findings: list[Finding] = field(default_factory=list)
    _lines: list[str] = field(default_factory=list)

    @property
    def lines(self) -> list[str]:
        """The lines of the text."""
        self._lines = self._lines or self.text.split("\n")
        return self._lines

    @property
    def is_full(self) -> bool:
        """Whether the limit on errors is reached."""
        return len(self.findings) >= _MAX_FINDINGS

    def report(self, code: str, span: Span, message: str, help_text: str = "") -> None:
        """Add an error about a place, up to a bound."""
        if self.is_full:
            return
        number = span.line - self.first_line
        lines = self.lines
        excerpt = lines[number] if 0 <= number < len(lines) else ""
        self.findings.append(
            Finding(
                self.path,
                span.line,
                span.column,
                code,
                Severity.ERROR,
                message,
                help_text,
                span.end_column,
                excerpt,
            )
        )

    def span(self, node: Node) -> Span:
        """Where a node stands."""
        return span_of(node, self.lines, self.first_line)


def read_values(path: str, text: str, shape: Shape, *, first_line: int = 1) -> Values:
    """Read one YAML document; `first_line` is the line of the file on which the text starts.

    Never raises for what the text holds: every fault becomes a finding.
    """
    result = Values(path, text, first_line)
    if not _nesting_is_bounded(text, result):
        return result
    try:
        node = compose(text)
    except yaml.MarkedYAMLError as error:
        _report_syntax(error, result)
        return result
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        result.report("S103", Span(first_line, 1, 2), f"this is not YAML: {error}".replace("\n", " "))
        return result
    if _MAYBE_SPECIAL.search(text):
        _report_special(text, result)
    if node is None:
        result.value = {}
    elif not result.findings:
        result.value = _value(node, shape, 0, result)
    return result


def _value(node: Node, shape: Shape, depth: int, result: Values) -> Value:
    if isinstance(node, ScalarNode):
        return _scalar(node, shape)
    if depth >= MAX_DEPTH:
        _report_depth(result.span(node), result)
        return None
    if isinstance(node, SequenceNode):
        item = shape.item()
        return [_value(inner, item, depth + 1, result) for inner in node.value]
    assert isinstance(node, MappingNode)  # noqa: S101 - YAML has no fourth kind of node
    mapping: dict[str, Value] = {}
    for key_node, value_node in node.value:
        key = key_node.value
        if not isinstance(key_node, ScalarNode):
            help_text = "write one word before the colon"
            result.report("S104", result.span(key_node), "a mapping's key must be plain text", help_text)
        elif key == "<<" and not key_node.style:
            result.report("S104", result.span(key_node), "merge keys are not read", "write the fields out")
        elif key in mapping:
            if not result.is_full:
                _report_duplicate(node, key_node, result)
        else:
            mapping[key] = _value(value_node, shape.child(key), depth + 1, result)
    return mapping


def _scalar(node: ScalarNode, shape: Shape) -> Value:
    """The value of a scalar: as YAML 1.2 reads it, but as written where the schema asks for text."""
    text: str = node.value
    if node.style or text[:1] not in _NOT_TEXT:  # quoted, a block of text, or plainly text
        return text
    if text in _NULLS:
        return None
    value: Value = text
    if text in _BOOL:
        value = _BOOL[text]
    elif _INT.match(text):
        value = int(text)
    elif _FLOAT.match(text) and math.isfinite(float(text)):
        value = float(text)
    return text if shape.wants_text(value) else value


def _report_duplicate(node: MappingNode, key_node: ScalarNode, result: Values) -> None:
    first = next(
        other for other, _ in node.value if isinstance(other, ScalarNode) and other.value == key_node.value
    )
    result.report(
        "S105",
        result.span(key_node),
        f"the key `{key_node.value}` appears twice; the first is on line {result.span(first).line}",
        "keep one of the two; use a list for several values",
    )


def _nesting_is_bounded(text: str, result: Values) -> bool:
    """Whether the nesting is bounded; a nesting of many thousands would exhaust the composer's stack."""
    if text.count("[") + text.count("{") <= _COMPOSABLE and not _MAYBE_DEEP.search(f"\n{text}"):
        return True
    depth = 0
    try:
        for event in yaml.parse(text, Loader=BaseLoader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    mark: Any = event.start_mark
                    _report_depth(Span(mark.line + result.first_line, mark.column + 1, mark.column + 2), result)
                    return False
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except (yaml.YAMLError, ValueError):
        return True  # the composer meets the same fault and reports it with its place
    return True


def _report_depth(span: Span, result: Values) -> None:
    result.report("S106", span, f"values are nested more than {MAX_DEPTH} deep", "flatten them")


_SPECIAL = {
    yaml.AnchorToken: "YAML anchors are not read",
    yaml.AliasToken: "YAML aliases are not read",
    yaml.TagToken: "YAML tags are not read",
}
_SPECIAL_HELP = "write the value out, or quote text that starts with this character"


class _Fault(NamedTuple):
    """A parser message and our own for authors; `at_start` points to the start of the faulty part."""

    sign: str
    message: str
    help: str = ""
    code: str = "S103"
    at_start: bool = False


_QUOTES = "quote the text"
_BACKSLASH = "a backslash in double quotes starts an escape sequence"
_BACKSLASH_HELP = "double it, or use single quotes"
# The first one whose sign is in the parser's message applies.
_FAULTS = (
    _Fault(
        "mapping values are not allowed",
        "unquoted text contains a colon and a space",
        'quote the text: key: "one: two"',
    ),
    _Fault("escape c", _BACKSLASH, _BACKSLASH_HELP),
    _Fault("hexdecimal", _BACKSLASH, _BACKSLASH_HELP),
    _Fault("quoted scalar", "a quotation mark is not closed", "close it", at_start=True),
    _Fault("undefined alias", _SPECIAL[yaml.AliasToken], _SPECIAL_HELP, "S104"),
    _Fault("scanning an alias", _SPECIAL[yaml.AliasToken], _SPECIAL_HELP, "S104", at_start=True),
    _Fault("scanning an anchor", _SPECIAL[yaml.AnchorToken], _SPECIAL_HELP, "S104", at_start=True),
    _Fault("duplicate anchor", _SPECIAL[yaml.AnchorToken], _SPECIAL_HELP, "S104"),
    _Fault("a tag", _SPECIAL[yaml.TagToken], _SPECIAL_HELP, "S104", at_start=True),
    _Fault("tag handle", _SPECIAL[yaml.TagToken], _SPECIAL_HELP, "S104"),
    _Fault(
        "block sequence entries are not allowed",
        "`- ` is not allowed here",
        "put a list on its own lines, and quote text that starts with a hyphen",
    ),
    _Fault(
        "expected comment or line break",
        "`>` and `|` start a block of text, which begins on the next line",
        _QUOTES,
        at_start=True,
    ),
    _Fault(
        "could not find expected ':'",
        "this line has no key",
        "write `key: value`, or indent the line if it continues the one above",
        at_start=True,
    ),
    _Fault("<document start>", "the fields end above this line", "start every field in the same column"),
    _Fault("another document", "a second YAML document starts here", "keep one"),
)


def _report_syntax(error: yaml.MarkedYAMLError, result: Values) -> None:
    reason = f"{error.context or ''}: {error.problem or 'this is not YAML'}".strip(": ")
    fault = next((fault for fault in _FAULTS if fault.sign in reason), None)
    mark = (error.context_mark if fault and fault.at_start else None) or error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    line = min(line, len(result.lines) - 1)
    written = result.lines[line]
    if not fault and not written[column:].strip() and error.context_mark and "flow" in reason:
        line, column = error.context_mark.line, error.context_mark.column
        fault = _Fault("", "a bracket or brace is not closed", "close it")
    end = result.text.rstrip().count("\n")
    if line > end:  # past the end: the end of what there is
        line, column = end, len(result.lines[end].rstrip())
    fault = fault or _unnamed_fault(reason, written, column)
    result.report(fault.code, Span(line + result.first_line, column + 1, column + 2), fault.message, fault.help)


def _unnamed_fault(reason: str, written: str, column: int) -> _Fault:
    """An explanation for a parser message that we have no own words for."""
    if "cannot start any token" in reason:
        character = written[column : column + 1]
        if character.strip():
            return _Fault("", f"text can't start with `{character}`", _QUOTES)
        return _Fault("", "the indentation contains a tab", "indent with spaces")
    if written[:column].rstrip().endswith(("'", '"')):
        return _Fault(
            "",
            "text continues after a closing quotation mark",
            "quote the whole text; inside single quotes, double each single quote",
        )
    return _Fault("", reason, "check the indentation of this line, and for unclosed quotes above it")


def _report_special(text: str, result: Values) -> None:
    """Report anchors, aliases and tags: what they stand for could not be seen where it is read."""
    try:
        for token in yaml.scan(text, Loader=BaseLoader):
            if isinstance(token, yaml.AnchorToken | yaml.AliasToken | yaml.TagToken):
                start, end = token.start_mark, token.end_mark
                result.report(
                    "S104",
                    Span(start.line + result.first_line, start.column + 1, end.column + 1),
                    _SPECIAL[type(token)],
                    _SPECIAL_HELP,
                )
    except yaml.YAMLError:  # composed already, so this can't differ; if it does, the composer's word counts
        return
