"""Corpus to files for others: feeds, a calendar, JSON, CSV, SQLite, Parquet, Markdown. It writes no disk."""

from postmortems.exports.export_context import Addresses, ExportContext
from postmortems.exports.formats import FORMATS, Files, Format, formats, published_files, published_formats
from postmortems.exports.schema import TABLES, VERSION, Column, TableShape, schema_bytes, table_shapes
from postmortems.exports.tables import Table, Tables

__all__ = [
    "FORMATS",
    "TABLES",
    "VERSION",
    "Addresses",
    "Column",
    "ExportContext",
    "Files",
    "Format",
    "Table",
    "TableShape",
    "Tables",
    "formats",
    "published_files",
    "published_formats",
    "schema_bytes",
    "table_shapes",
]
