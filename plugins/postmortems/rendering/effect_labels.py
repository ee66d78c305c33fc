"""What became of a metric after an action, in words."""

from __future__ import annotations

from postmortems.analysis.effect.verdicts import Verdict
from postmortems.texts import N_

VERDICTS = {
    Verdict.IMPROVED: N_("Improved"),
    Verdict.WORSE: N_("Worse"),
    Verdict.CANNOT_TELL: N_("No clear change"),
    Verdict.TOO_FEW: N_("Not enough data yet"),
    Verdict.CLUSTERED: N_("No verdict: incidents cluster"),
    Verdict.UNSEEN: N_("No verdict: not all is recorded"),
    Verdict.TOO_EARLY: N_("Too early"),
}
