"""Text to values that know their line and column: the one place that knows YAML."""

from postmortems.source import access
from postmortems.source.documents import SourceReading, read_record, read_yaml
from postmortems.source.moment import Margin, Moment, MomentError, Precision, parse_date, parse_moment
from postmortems.source.schema_error import MAX_SCHEMA_ERRORS, SchemaError
from postmortems.source.shape import Shape
from postmortems.source.source import Pointer, Source, Span, Value
from postmortems.source.suggestions import did_you_mean, nearest, one_of
from postmortems.source.validation import SchemaValidator

__all__ = [
    "MAX_SCHEMA_ERRORS",
    "Margin",
    "Moment",
    "MomentError",
    "Pointer",
    "Precision",
    "SchemaError",
    "SchemaValidator",
    "Shape",
    "Source",
    "SourceReading",
    "Span",
    "Value",
    "access",
    "did_you_mean",
    "nearest",
    "one_of",
    "parse_date",
    "parse_moment",
    "read_record",
    "read_yaml",
]
