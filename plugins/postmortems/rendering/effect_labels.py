"""What became of a metric after an action, in words."""

from __future__ import annotations

from postmortems.analysis.effect.verdicts import Verdict
from postmortems.texts import noted

VERDICTS = {
    Verdict.IMPROVED: noted("Improved"),
    Verdict.WORSE: noted("Worse"),
    Verdict.CANNOT_TELL: noted("Cannot tell"),
    Verdict.TOO_FEW: noted("Too few to tell"),
    Verdict.CLUSTERED: noted("No verdict: incidents cluster"),
    Verdict.UNSEEN: noted("No verdict: not all is recorded"),
    Verdict.TOO_EARLY: noted("Too early"),
}
