"""Charts: a sentence, a picture and its table. Specifications are data, in `specs/`, in one house style."""

from postmortems.site.charts.chart import Chart, Column

__all__ = ["Chart", "Column"]
