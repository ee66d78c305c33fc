"""Arithmetic over a Corpus, pure: what happened how often, how long it took, and what waits to be done."""

from postmortems.analysis.attention import Attention, Overdue, Repeat, Waiting, needs_attention
from postmortems.analysis.factors.factor_uses import FactorUse, Occurrence, factor_uses
from postmortems.analysis.lessons import LessonGroup, LessonUse, lessons_by_kind
from postmortems.analysis.timing.durations import METRICS, Duration, Metric, Phases, duration, known, phases

__all__ = [
    "METRICS",
    "Attention",
    "Duration",
    "FactorUse",
    "LessonGroup",
    "LessonUse",
    "Metric",
    "Occurrence",
    "Overdue",
    "Phases",
    "Repeat",
    "Waiting",
    "duration",
    "factor_uses",
    "known",
    "lessons_by_kind",
    "needs_attention",
    "phases",
]
