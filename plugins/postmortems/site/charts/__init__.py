"""Charts: a sentence, a picture and its table. Specifications are data, in `specs/`, in one house style."""

from postmortems.site.charts.chart import Chart, ChartColumn

__all__ = ["Chart", "ChartColumn"]
