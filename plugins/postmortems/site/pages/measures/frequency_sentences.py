"""The sentences of the page on frequency, with their figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from postmortems.analysis.frequency.counts import LEAST_TO_COMPARE, YEAR, Verdict
from postmortems.analysis.statistics.control_chart import LEAST_MEAN, LEAST_POINTS
from postmortems.rendering.formatting import decimal, percent, plural
from postmortems.rendering.sentences import bounds, fill, muted, sentences
from postmortems.texts import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from postmortems.analysis.frequency.counts import Frequency
    from postmortems.analysis.frequency.severity_drift import SeverityDrift
    from postmortems.analysis.statistics.measures import Interval
    from postmortems.analysis.statistics.quarters import Quarter
    from postmortems.record import Postmortem
    from postmortems.rendering.sentences import FigureWriter

_VERDICTS: Mapping[Verdict, str] = {
    Verdict.MORE: N_("more often than then"),
    Verdict.FEWER: N_("less often than then"),
    Verdict.CANNOT_TELL: N_("no clear change"),
    Verdict.CLUSTERED: N_("no clear change, because incidents come in clusters"),
    Verdict.TOO_FEW: N_("not enough data yet"),
}
_LAST_FOUR: Mapping[Verdict, str] = {
    Verdict.MORE: N_("The last four had more than the four before."),
    Verdict.FEWER: N_("The last four had fewer than the four before."),
    Verdict.CANNOT_TELL: N_("There is no clear change between the last four of them and the four before."),
    Verdict.CLUSTERED: N_("They come in clusters, so their number shows no clear change."),
}


def quarter_name(quarter: Quarter) -> str:
    """A quarter as it is written: `Q3 2026`."""
    return f"Q{quarter.number} {quarter.year}"


def quarter_time(quarter: Quarter) -> Markup:
    """A quarter by its name, with its first month for machines."""
    return Markup('<time datetime="{}">{}</time>').format(f"{quarter.period.first:%Y-%m}", quarter_name(quarter))


@dataclass(frozen=True, slots=True)
class Counted:
    """What the page counts: `own` records, `incidents` among them, and `retold` ones, which it does not count."""

    organisation: str
    own: tuple[Postmortem, ...]
    incidents: tuple[Postmortem, ...]
    retold: tuple[Postmortem, ...]


@dataclass(frozen=True, slots=True)
class FrequencySentences:
    """What the page says of a frequency, with the figures that `write` writes."""

    counted: Counted
    frequency: Frequency
    drift: SeverityDrift
    write: FigureWriter

    def nothing_to_count(self) -> Markup:
        """Why there is nothing to count."""
        retold, own = self.counted.retold, self.counted.own
        if retold:
            text = ngettext(
                "This page can't say how often incidents happen: the only one here, %(incidents)s, is another "
                "organisation's, chosen for its lessons.",
                "This page can't say how often incidents happen: all %(incidents)s are other organisations', "
                "chosen for their lessons.",
                len(retold),
            )
            return fill(text, incidents=self.write.incidents("retold", retold, _("retold incidents")))
        if own:
            text = ngettext(
                "No incident is recorded here, only %(n)s near miss or exercise, which are counted apart.",
                "No incident is recorded here, only %(n)s near misses or exercises, which are counted apart.",
                len(own),
            )
            return fill(text, n=self.write.figure("apart", own, title=_("near misses and exercises")))
        return fill(_("No incident is recorded here yet, so there is nothing to count."))

    def what_will_be_here(self) -> Markup:
        """What appears once there are own incidents."""
        return sentences(
            _("Counting them would measure the selection.") if self.counted.retold else "",
            fill(
                _(
                    'Counts appear once <span class="pm-said">%(organisation)s</span> records its own incidents: '
                    "each quarter with its 95 %% interval, a mean rate from %(rate)s complete quarters, and a "
                    "comparison of two years from %(years)s."
                ),
                organisation=self.counted.organisation,
                rate=self.write.figure("least.rate", YEAR),
                years=self.write.figure("least.years", 2 * YEAR),
            ),
        )

    def unplaced(self) -> Markup:
        """That no incident can be counted by quarter."""
        text = _(
            "None of %(incidents)s has a start known to the quarter, so there is nothing to count by quarter."
        )
        return fill(text, incidents=self.write.incidents("own", self.counted.incidents, _("own incidents")))

    def finding(self) -> Markup:
        """The rate, and whether it has changed."""
        rate, whole = self.frequency.rate, self.frequency.whole
        if not rate.interval:
            return self._too_short()
        text = _(
            '%(rate)s <span class="pm-meta">(95 %% interval %(interval)s; %(incidents)s)</span> in the %(whole)s '
            "complete quarters from %(first)s to %(last)s."
        )
        a_quarter = _("%(n)s incidents a quarter") % {"n": decimal(rate.value or 0, 1)}
        changed = _LAST_FOUR.get(
            self.frequency.years.verdict, N_("There is not enough data yet to show a change.")
        )
        return sentences(
            fill(
                text,
                rate=self.write.figure("rate", rate, text=a_quarter, title=_("incidents in complete quarters")),
                interval=self.between("rate", rate.interval),
                incidents=self.write.figure("rate.n", rate.n, text=plural(rate.n, "incident")),
                whole=self.write.figure("whole", len(whole)),
                first=quarter_time(whole[0].quarter),
                last=quarter_time(whole[-1].quarter),
            ),
            _(changed),
        )

    def _too_short(self) -> Markup:
        whole = self.frequency.whole
        text = ngettext(
            "%(incidents)s so far in %(n)s complete quarter: a rate needs %(least)s.",
            "%(incidents)s so far in %(n)s complete quarters: a rate needs %(least)s.",
            len(whole),
        )
        incidents = tuple(record for count in self.frequency.quarters for record in count.incidents)
        return fill(
            text,
            incidents=self.write.incidents("counted", incidents, _("incidents counted")),
            n=self.write.figure("whole", len(whole)),
            least=self.write.figure("least.rate", YEAR),
        )

    def what_is_counted(self) -> Markup:
        """Which incidents count, and which do not."""
        retold, unplaced = self.counted.retold, self.frequency.unplaced
        not_counted = _("The %(n)s retold incidents of other organisations are not counted.")
        unknown = _("The start of %(n)s is not known to the quarter.")
        return sentences(
            fill(
                _(
                    'Incidents of <span class="pm-said">%(organisation)s</span>, by the quarter in which they '
                    "began. A quarter without incidents counts as zero only from the first record to the latest, "
                    "when somebody would have recorded one."
                ),
                organisation=self.counted.organisation,
            ),
            self._some("retold", retold, not_counted, _("retold incidents")),
            self._some("unplaced", unplaced, unknown, _("start not known to the quarter")),
        )

    def _some(self, name: str, records: tuple[Postmortem, ...], text: str, title: str) -> str:
        return fill(text, n=self.write.figure(name, records, title=title)) if records else ""

    def older(self) -> Markup:
        """How many quarters are too old to show."""
        text = ngettext(
            "%(n)s older quarter is not shown: it says little about the organisation today.",
            "%(n)s older quarters are not shown: they say little about the organisation today.",
            self.frequency.older,
        )
        return fill(text, n=self.write.figure("older", self.frequency.older))

    def change(self) -> Markup:
        """The rate of the last year beside that of the year before, and what that says."""
        years = self.frequency.years
        if not years.comparison:
            return self._no_comparison()
        verdict = self._verdict(_VERDICTS[years.verdict])
        ratio, interval = years.comparison.ratio, years.comparison.interval
        times = "" if ratio is None else _("%(ratio)s times") % {"ratio": decimal(ratio, 2)}
        factor = "" if ratio is None else self.write.figure("change.ratio", ratio, text=times)
        range_ = fill(_("95 %% interval %(interval)s"), interval=self.between("change", interval, digits=2))
        certainty = Markup(" ") + muted(Markup("({})").format(range_))
        if ratio is None:
            text = _("The year before had none%(certainty)s: %(verdict)s.")
            return fill(text, certainty=certainty, verdict=verdict)
        text = _("The rate is now %(ratio)s that of the year before%(certainty)s: %(verdict)s.")
        return fill(text, ratio=factor, certainty=certainty, verdict=verdict)

    def _no_comparison(self) -> Markup:
        verdict = self._verdict(N_("Not enough data yet"))
        if self.frequency.years.now:
            text = _("%(verdict)s: a comparison of two years needs %(least)s incidents.")
            return fill(text, verdict=verdict, least=self.write.figure("least.compare", LEAST_TO_COMPARE))
        return fill(
            _("%(verdict)s: a comparison of two years needs %(least)s complete quarters; there are %(whole)s."),
            verdict=verdict,
            least=self.write.figure("least.years", 2 * YEAR),
            whole=self.write.figure("whole", len(self.frequency.whole)),
        )

    def _verdict(self, text: str) -> Markup:
        return self.write.figure("change.verdict", self.frequency.years.verdict.value, text=_(text))

    def clusters(self) -> Markup:
        """Whether incidents come in clusters."""
        p = self.frequency.clusters or 0.0
        number = self.write.figure("clusters", p, text=decimal(p, 2))
        text = (
            _(
                "The counts vary more than chance would explain %(chance)s: incidents come in clusters, and the "
                "intervals on this page are too narrow."
            )
            if self.frequency.is_clustered
            else _("The counts vary no more than chance would explain %(chance)s.")
        )
        return fill(text, chance=muted(Markup("(p = {})").format(number)))

    def control_limits(self) -> Markup:
        """The limits of the control chart, the quarters outside them, and its runs."""
        limits = self.frequency.limits
        if not limits:
            return fill(
                _(
                    "Not enough data yet for a control chart, which marks unusual quarters: it needs %(points)s "
                    "complete quarters with a mean of %(mean)s."
                ),
                points=self.write.figure("least.points", LEAST_POINTS),
                mean=self.write.figure("least.mean", LEAST_MEAN),
            )
        run = _("From %(first)s to %(last)s all are on one side of the mean: the level seems to have changed.")
        return sentences(
            fill(
                _("Control limits: %(low)s to %(high)s incidents a quarter."),
                low=self.write.figure("limits.low", limits.low, text=decimal(limits.low, 1)),
                high=self.write.figure("limits.high", limits.high, text=decimal(limits.high, 1)),
            ),
            self._outside(),
            *(
                fill(run, first=quarter_time(start.quarter), last=quarter_time(end.quarter))
                for start, end in self.frequency.runs
            ),
        )

    def _outside(self) -> Markup:
        if not self.frequency.outside:
            return fill(_("No quarter lies outside them."))
        quarters = Markup(", ").join(quarter_time(count.quarter) for count in self.frequency.outside)
        return fill(_("Outside them: %(quarters)s. Something was different then."), quarters=quarters)

    def severity(self) -> Markup:
        """How many incidents turned out worse or less severe than declared."""
        worse, milder, same = self.drift.worse, self.drift.milder, self.drift.same
        known = plural(same.n, "incident")
        return fill(
            _(
                "Of %(incidents)s with a known severity, %(worse)s turned out worse than declared and %(milder)s "
                "less severe%(certainty)s."
            ),
            incidents=self.write.figure("drift.known", same.whole, text=known, title=_("severity known")),
            worse=self.write.figure("drift.worse", worse.part, title=_("settled as worse than declared")),
            milder=self.write.figure("drift.milder", milder.part, title=_("settled as less severe than declared")),
            certainty=self._share_that_was_worse(),
        )

    def _share_that_was_worse(self) -> str:
        worse = self.drift.worse
        if not worse.interval:
            return ""
        share = percent(worse.value or 0)
        inner = fill(
            _("worse: %(share)s; 95 %% interval %(interval)s"),
            share=self.write.figure("drift.worse.share", worse.value, text=share),
            interval=self.write.interval("drift.worse", worse.interval, "share"),
        )
        return Markup(" ") + muted(Markup("({})").format(inner))

    def between(self, name: str, interval: Interval, *, digits: int = 1) -> Markup:
        """The bounds of an interval of counts or ratios."""
        low = self.write.figure(f"{name}.low", interval.low or 0, text=decimal(interval.low or 0, digits))
        if interval.high is None:
            return bounds(low, None)
        return bounds(low, self.write.figure(f"{name}.high", interval.high, text=decimal(interval.high, digits)))
