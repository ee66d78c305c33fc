"""The sentences of the page on follow-through, with their figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from postmortems.analysis.actions.completion import FEWEST
from postmortems.analysis.statistics.measures import State
from postmortems.rendering.sentences import fill, sentences, when
from postmortems.texts import _, ngettext

if TYPE_CHECKING:
    from datetime import date

    from markupsafe import Markup

    from postmortems.analysis.actions.follow_through import FollowThrough
    from postmortems.analysis.statistics.measures import Basis
    from postmortems.rendering.sentences import FigureWriter


@dataclass(frozen=True, slots=True)
class FollowThroughSentences:
    """What the page says of `actions`, with the figures that `write` writes."""

    actions: FollowThrough
    write: FigureWriter

    def no_actions(self) -> Markup:
        """That there are post-mortems, and no action in them."""
        text = ngettext(
            "No action was agreed in %(n)s first-hand post-mortem, so there is nothing to follow.",
            "No action was agreed in %(n)s first-hand post-mortems, so there is nothing to follow.",
            len(self.actions.records),
        )
        return fill(text, n=self.write.figure("records", self.actions.records, title=_("first-hand post-mortems")))

    def finding(self) -> Markup:
        """What is open and overdue, and how much was done by its original due date."""
        return sentences(self._open(), self._on_time_in_the_year())

    def _open(self) -> Markup:
        every = self.write.actions("actions", self.actions.actions)
        opened = tuple(row.of for row in self.actions.open)
        overdue = tuple(row.of for row in self.actions.overdue)
        if not opened:
            return fill(_("None of %(actions)s is open."), actions=every)
        open_ones = self.write.figure("open", opened, title=_("open actions"))
        if not overdue:
            text = ngettext(
                "Of %(actions)s, %(open)s is open and not overdue.",
                "Of %(actions)s, %(open)s are open; none is overdue.",
                len(opened),
            )
            return fill(text, actions=every, open=open_ones)
        text = ngettext(
            "Of %(actions)s, %(open)s is open and %(overdue)s overdue, by %(days)s.",
            "Of %(actions)s, %(open)s are open and %(overdue)s of these overdue, the longest by %(days)s.",
            len(opened),
        )
        return fill(
            text,
            actions=every,
            open=open_ones,
            overdue=self.write.figure("overdue", overdue, title=_("overdue actions")),
            days=self.write.days("overdue.longest", max(load.latest for load in self.actions.owners)),
        )

    def _on_time_in_the_year(self) -> str:
        year = self.actions.on_time_year.share
        if not year.n:
            return ""
        text = ngettext(
            "Of %(due)s due in the last twelve months, %(kept)s was done by the original due date.",
            "Of %(due)s due in the last twelve months, %(kept)s were done by the original due date.",
            year.k,
        )
        return fill(
            text,
            due=self.write.figure(
                "on-time.due", year.whole, title=_("actions first due in the last twelve months")
            ),
            kept=self.write.figure("on-time.kept", year.part, title=_("actions done by their first due date")),
        )

    def age(self) -> Markup:
        """How old the open actions are."""
        age = self.actions.age
        if age.state is not State.OK:
            text = _("The median age appears from %(fewest)s open actions.")
            return fill(text, fewest=self.write.figure("fewest", FEWEST))
        return fill(
            _("Median age of the open actions: %(age)s %(certain)s."),
            age=self.write.figure("age", age),
            certain=self.write.certainty("age", age, "days"),
        )

    def on_time(self) -> Markup:
        """How much was done by its original due date in the last twelve months."""
        year, given_up = self.actions.on_time_year.share, self.actions.on_time_year.given_up
        dropped = self.write.figure(
            "on-time.given-up", given_up, title=_("declined or superseded, due in the last twelve months")
        )
        if not year.n and given_up:
            text = ngettext(
                "No action was first due in the last twelve months but %(n)s that was declined or superseded.",
                "No action was first due in the last twelve months but %(n)s that were declined or superseded.",
                len(given_up),
            )
            return fill(text, n=dropped)
        if not year.n:
            return fill(_("No action was first due in the last twelve months."))
        kept = ngettext(
            "Of %(due)s first due in the last twelve months, %(kept)s was done by that day: %(rate)s %(certain)s.",
            "Of %(due)s first due in the last twelve months, %(kept)s were done by that day: "
            "%(rate)s %(certain)s.",
            year.k,
        )
        neither_way = ngettext(
            "%(n)s more was declined or superseded, and counts neither way.",
            "%(n)s more were declined or superseded, and count neither way.",
            len(given_up),
        )
        return sentences(
            fill(
                kept,
                due=self.write.actions("on-time.due", year.whole),
                kept=self.write.figure("on-time.kept", year.part),
                rate=self.write.share("on-time.rate", year),
                certain=self.write.certainty("on-time", year, "share"),
            ),
            fill(neither_way, n=dropped) if given_up else "",
        )

    def on_time_ever(self) -> str:
        """The same over all years, where that is more."""
        ever, given_up = self.actions.on_time_ever.share, self.actions.on_time_ever.given_up
        if ever.n <= self.actions.on_time_year.share.n:
            return ""
        title = _("actions done by their first due date, all years")
        kept = fill(
            _("Over all years: %(kept)s of %(due)s, %(rate)s %(certain)s."),
            kept=self.write.figure("on-time-ever.kept", ever.part, title=title),
            due=self.write.figure(
                "on-time-ever.due", ever.whole, title=_("actions whose first due date has passed")
            ),
            rate=self.write.share("on-time-ever.rate", ever),
            certain=self.write.certainty("on-time-ever", ever, "share"),
        )
        if not given_up:
            return kept
        text = ngettext(
            "%(n)s more was declined or superseded.", "%(n)s more were declined or superseded.", len(given_up)
        )
        title = _("declined or superseded, all years")
        return sentences(kept, fill(text, n=self.write.figure("on-time-ever.given-up", given_up, title=title)))

    def completion(self) -> Markup:
        """How long actions take."""
        median = self.actions.completion.median
        certain = self.write.certainty("median", median, "days")
        if median.state is State.OK:
            text = _("Median time to complete an action: %(median)s %(certain)s.")
            return fill(text, median=self.write.figure("median", median), certain=certain)
        if median.state is State.TOO_FEW:
            return fill(
                _("Median time to complete: %(median)s (known for %(certain)s; %(fewest)s needed)."),
                median=self.write.figure("median", median),
                fewest=self.write.figure("fewest", FEWEST),
                certain=certain,
            )
        return fill(
            _(
                "Fewer than half of %(n)s actions are done so far, so there is no median yet: "
                "%(median)s %(certain)s."
            ),
            n=self.write.figure("median.n", median.basis),
            median=self.write.figure("median", median),
            certain=certain,
        )

    def postponed(self) -> Markup:
        """How many due dates moved, and by how much."""
        moved = self.actions.slips
        if not moved.share.n:
            return fill(_("No action has a due date."))
        dated = self.write.actions("slips.dated", moved.share.whole)
        if not moved.slipped:
            text = _("None of %(actions)s with a due date was postponed, as far as recorded.")
            return fill(text, actions=dated)
        parts = {
            "actions": dated,
            "n": self.write.figure("slips.moved", moved.share.part, title=_("actions whose due date moved")),
            "certain": self.write.certainty("slips", moved.share, "share"),
        }
        if moved.days.state is not State.OK:
            return fill(_("%(n)s of %(actions)s with a due date were postponed %(certain)s."), **parts)
        return fill(
            _(
                "%(n)s of %(actions)s with a due date were postponed %(certain)s, by a median of %(days)s "
                "%(certain_days)s."
            ),
            **parts,
            days=self.write.figure("slips.days", moved.days),
            certain_days=self.write.certainty("slips.days", moved.days, "days"),
        )

    def unrecorded(self) -> Markup:
        """Which due dates the Git history shows to have moved without a word."""
        moved = self.actions.slips
        if moved.unrecorded is None:
            return fill(
                _(
                    "It is unknown whether due dates were also moved without a record: the site was built without "
                    "the Git history."
                )
            )
        if not moved.unrecorded:
            return fill(_("The Git history shows no due date that was moved later without a recorded slip."))
        return fill(
            _(
                "The Git history shows %(actions)s whose due date was moved later without a recorded slip. The "
                "rate above counts what the records say, so it makes these look better than they were."
            ),
            actions=self.write.actions("unrecorded", moved.silent, _("due dates moved without a slip")),
        )

    def strength(self) -> Markup:
        """How many actions change the system itself."""
        stronger = next((group for group in self.actions.strengths if group.group == "stronger"), None)
        if stronger:
            text = ngettext(
                "%(share)s actions is stronger: it changes the system itself, so nobody has to remember it.",
                "%(share)s actions are stronger: they change the system itself, so nobody has to remember them.",
                stronger.share.k,
            )
            first = fill(text, share=self.write.figure("stronger", stronger.share, title=_("stronger actions")))
        else:
            text = ngettext(
                "%(n)s action is not a stronger one, which would change the system itself.",
                "None of %(n)s actions is a stronger one, which would change the system itself.",
                sum(group.share.k for group in self.actions.strengths),
            )
            first = fill(text, n=self.write.figure("kept", self.actions.strengths[0].share.n))
        return sentences(
            first, _("A weaker one, such as a document or a training, helps only those who remember it.")
        )

    def effective(self) -> Markup:
        """What owners found of their actions."""
        judged = self.actions.effective
        text = ngettext(
            "Of %(closed)s that are closed, %(n)s was found effective by its owner %(certain)s.",
            "Of %(closed)s that are closed, %(n)s were found effective by their owners %(certain)s.",
            judged.share.k,
        )
        partly, ineffective = _("Found partly effective: %(n)s."), _("Found ineffective: %(n)s.")
        show = _('What the incidents since then show stands under <a href="%(address)s">Did it work?</a>')
        return sentences(
            fill(
                text,
                closed=self.write.actions("effective.closed", judged.share.whole, _("closed actions")),
                n=self.write.figure("effective", judged.share.part, title=_("found effective by their owner")),
                certain=self.write.certainty("effective", judged.share, "share"),
            ),
            self._some("effective.partly", judged.partly, partly, _("found partly effective")),
            self._some("effective.ineffective", judged.ineffective, ineffective, _("found ineffective")),
            self._some(
                "effective.not-judged",
                judged.not_judged,
                _("Not judged by anybody: %(n)s."),
                _("closed, and not judged"),
            ),
            fill(show, address=self.write.link("did-it-work/index.md")),
        )

    def _some(self, name: str, actions: Basis, text: str, title: str) -> str:
        return fill(text, n=self.write.figure(name, actions, title=title)) if actions else ""

    def counted(self, today: date) -> Markup:
        """What the figures of the page count."""
        return fill(
            _(
                "Counted: %(actions)s of the organisation's own first-hand post-mortems that this site may show, "
                'as of %(day)s. <a href="%(address)s">How each figure is defined</a>'
            ),
            actions=self.write.actions("actions", self.actions.actions),
            day=when(today),
            address=f"{self.write.link('method/index.md')}#follow-through",
        )
