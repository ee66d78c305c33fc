"""All rows of an export, table by table, computed once for all formats."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from postmortems.exports.rows import ROWS
from postmortems.exports.schema import table_shapes
from postmortems.runtime.processes import collector_paused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from postmortems.exports.export_context import ExportContext
    from postmortems.exports.rows import Row
    from postmortems.exports.schema import TableShape


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its shape, and its rows with the newest incident first."""

    shape: TableShape
    rows: Sequence[Row]


@dataclass(frozen=True)
class Tables:
    """The tables of an export, computed on first use."""

    context: ExportContext

    @cached_property
    def by_name(self) -> Mapping[str, Table]:
        """The tables by their names, each after those that it refers to."""
        with collector_paused():
            shapes = table_shapes(self.context.conventions.policy.own_fields)
            return {name: Table(shape, self._rows(name)) for name, shape in shapes.items()}

    def rows_of(self, name: str, record_id: str) -> Sequence[Row]:
        """The rows that a record gives to a table."""
        return self._grouped[name].get(record_id, ())

    @cached_property
    def _grouped(self) -> Mapping[str, Mapping[str, Sequence[Row]]]:
        grouped: dict[str, dict[str, list[Row]]] = {name: {} for name in self.by_name}
        for name, table in self.by_name.items():
            key = "id" if name == "incidents" else "incident"
            for row in table.rows:
                grouped[name].setdefault(str(row[key]), []).append(row)
        return grouped

    def _rows(self, name: str) -> Sequence[Row]:
        rows_of = ROWS[name]
        return [row for record in self.context.records.values() for row in rows_of(self.context, record)]
