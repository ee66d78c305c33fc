"""One chart: what it says in a sentence, what it draws, and the same as a table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markupsafe import Markup

from postmortems.rendering import formatting
from postmortems.site.charts.drawing import NARROW, WIDE, draw

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class ChartColumn:
    """A column of a chart's table: the key of its values in the rows, and its heading."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart under an id, unique on its page.

    `spec` names a Vega-Lite specification in `specs/`. `drawn` are the values it draws; `rows` what its table
    shows below `columns`, where a cell is a text, a number, or a pair of a plain value and how it is written.
    `settings` are put into the specification's `params` by name.
    """

    id: str
    title: str
    sentence: str
    spec: str
    drawn: Sequence[Mapping[str, object]]
    columns: Sequence[ChartColumn]
    rows: Sequence[Mapping[str, object]]
    settings: Mapping[str, object] = field(default_factory=dict)

    @property
    def wide(self) -> Markup:
        """The picture for a screen of a desk."""
        return self._picture(WIDE)

    @property
    def narrow(self) -> Markup:
        """The picture for a telephone: drawn anew, since letters that are scaled down can't be read."""
        return self._picture(NARROW)

    def _picture(self, width: int) -> Markup:
        return Markup(draw(self.spec, self.drawn, self.settings, width))  # noqa: S704 - Vega escapes what it draws

    def cells(self) -> list[list[tuple[str, str]]]:
        """The table's rows: for each cell the plain value, as it is compared, and how it is written."""
        return [[_cell(row.get(column.key)) for column in self.columns] for row in self.rows]


def _cell(value: object) -> tuple[str, str]:
    match value:
        case (plain, str(shown)):
            return _plain(plain), shown
        case None:
            return "", "–"
        case int() | float():
            return _plain(value), formatting.number(value)
    return _plain(value), _plain(value)


def _plain(value: object) -> str:
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else f"{value:.6g}"
    return "" if value is None else str(value)
