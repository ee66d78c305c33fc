"""What a control looks for and what a record holds of it, in words; for the pages and for the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from postmortems.analysis.evidence.control_evidence import NO_ACTIONS
from postmortems.rendering.formatting import day, listing, moment, upper_first
from postmortems.rendering.labels import word
from postmortems.source import Moment
from postmortems.texts import N_, _

if TYPE_CHECKING:
    from postmortems.analysis.evidence.control_evidence import Holding, Value
    from postmortems.conventions import ActionQuery, Description, EvidenceNeed, Policy

_NOUNS = {
    "summary": N_("summary"),
    "severity": N_("severity"),
    "detection": N_("source of detection"),
    "times.started": N_("start of harm"),
    "times.detected": N_("time of detection"),
    "times.acknowledged": N_("time of acknowledgement"),
    "times.responded": N_("start of the response"),
    "times.declared": N_("time of declaration"),
    "times.contained": N_("time of containment"),
    "times.eradicated": N_("time of eradication"),
    "times.recovered": N_("time of recovery"),
    "times.closed": N_("time of closing"),
    "timeline": N_("timeline"),
    "factors": N_("factors"),
    "evaluation": N_("evaluation by phase"),
    "lessons": N_("lessons"),
    "actions": N_("actions"),
    "review.held": N_("review held"),
    "review.groups": N_("groups in the review"),
    "review.briefed_on": N_("briefing of leadership"),
    "review.follow_ups": N_("follow-up sessions"),
    "evidence": N_("evidence listed"),
    "regulatory": N_("regulatory notices"),
    "published": N_("publication"),
    "questions.what-should-change": N_("answer to what should change"),
}
_FIELDS = {
    "owner": N_("owner"),
    "due": N_("due date"),
    "done_when": N_("criterion of being done"),
    "closed": N_("closing date"),
    "evidence": N_("evidence"),
    "result": N_("verdict of its owner"),
    "artefact": N_("name of what was changed"),
    "clock_started": N_("start of its clock"),
    "sent": N_("time of sending"),
    "ref": N_("reference"),
}
_IMPACTS = {
    "business": N_("impact on business"),
    "technical": N_("impact on systems"),
    "data": N_("impact on data"),
    "reputation": N_("impact on reputation"),
}
_STATES = {
    "open": N_("open"),
    "in-progress": N_("in progress"),
    "done": N_("done"),
    "verified": N_("verified"),
    "declined": N_("declined"),
    "superseded": N_("superseded"),
}
_MANY = 3
_NONE = N_("there is none")


@dataclass(frozen=True, slots=True)
class Shown:
    """A holding in words: `label`, then either `k` of `n`, or a value. `n` is None where there are no shares."""

    label: str
    value: Value = None
    k: int = 0
    n: int | None = None

    @property
    def form(self) -> str:
        """As a `share`, `count`, `day`, `moment` or `word`, or `none` where the label says all."""
        if self.n:
            return "share"
        match self.value:
            case int():
                return "count"
            case Moment():
                return "moment"
            case date():
                return "day"
        return "word" if self.value else "none"

    @property
    def text(self) -> str:
        """It all on one line, for a terminal."""
        if self.n:
            return f"{self.label}: {_('%(k)s of %(n)s') % {'k': self.k, 'n': self.n}}"
        match self.value:
            case Moment():
                return f"{self.label}: {moment(self.value)}"
            case date():
                return f"{self.label}: {day(self.value)}"
        return f"{self.label}: {self.value}" if self.value else self.label


def shown(holding: Holding) -> Shown:
    """What a record holds of a need, or how many of its actions or notices give what is looked for."""
    need = holding.need
    value = _worded(holding.value) if holding.n is None or holding.n else _(_NONE)
    return Shown(upper_first(_name(need, many=True)), value, holding.k, holding.n)


def _worded(value: Value) -> Value:
    """Words of fields as readers see them; counts and times as they are."""
    if value == NO_ACTIONS:
        return _("a reason why there are none")
    return word(value) if value and isinstance(value, str) else value


def lacking(holding: Holding) -> Shown:
    """What a record lacks, such as `timeline`, or how many of its actions do give what is looked for."""
    if holding.need.kind in {"every_action", "every_notice"}:
        return shown(holding)
    return Shown(upper_first(_one(_name(holding.need)) if holding.need.actions else _name(holding.need)))


def sought(need: EvidenceNeed) -> str:
    """A need in full, for the list of what a control looks for."""
    name = _name(need, short=False)
    match need.kind:
        case "any_action":
            name = _one(name)
        case "every_action":
            name = _("every %(action)s") % {"action": name}
        case "every_notice":
            name = _("every %(notice)s") % {"notice": name}
    if need.thing == "actions":
        name = _("actions, or a reason why there are none")
    return upper_first(name)


def concerned(description: Description, policy: Policy) -> str:
    """Which records a description is about: `records of class Security or Privacy, with factors`."""
    parts = []
    if description.classes:
        parts.append(
            _("of class %(classes)s") % {"classes": _either([word(n) for n in sorted(description.classes)])}
        )
    if description.severity:
        label = policy.severity_label(description.severity)
        parts.append(_("of severity %(severity)s or worse") % {"severity": label})
    if description.full_review is not None:
        asks = _("of which the policy asks for a full review")
        parts.append(asks if description.full_review else _("of which the policy asks for no full review"))
    if description.since:
        parts.append(_("since %(day)s") % {"day": day(date.fromisoformat(description.since))})
    if description.services:
        labels = _either([policy.service_label(service) for service in description.services])
        parts.append(_("that hit %(services)s") % {"services": labels})
    if description.regime:
        parts.append(_("with a regulatory notice under %(regime)s") % {"regime": description.regime})
    if description.has:
        things = listing([_thing(thing) for thing in description.has])
        parts.append(_("with these: %(things)s") % {"things": things})
    if description.any_action:
        parts.append(_("with this: %(action)s") % {"action": _action(description.any_action)})
    return _("records %(parts)s") % {"parts": ", ".join(parts)}


def _name(need: EvidenceNeed, *, many: bool = False, short: bool = True) -> str:
    if need.actions is not None:
        return _action(need.actions, many=many, short=short)
    if need.kind == "every_notice":
        notice = _("regulatory notices") if many else _("regulatory notice")
        return _with(notice, need.fields)
    return _thing(need.thing)


def _one(action: str) -> str:
    return _("an %(action)s") % {"action": action}


def _action(query: ActionQuery, *, many: bool = False, short: bool = False) -> str:
    """`action (Runbook) that is done, with closing date and evidence`; of many outputs only two where short."""
    text = _("actions") if many else _("action")
    if query.outputs:
        outputs = [word(name) for name in query.outputs]
        if short and len(outputs) > _MANY:
            outputs = [*outputs[:2], _("the like")]
        text += f" ({_either(outputs)})"
    if query.statuses:
        pattern = _("%(actions)s that are %(state)s") if many else _("%(action)s that is %(state)s")
        text = pattern % {"action": text, "actions": text, "state": _state(query.statuses)}
    return _with(text, query.fields)


def _with(text: str, fields: tuple[str, ...]) -> str:
    if not fields:
        return text
    named = listing([_(_FIELDS[name]) for name in fields])
    return _("%(what)s, with %(fields)s") % {"what": text, "fields": named}


def _state(statuses: frozenset[str]) -> str:
    if statuses == {"done", "verified"}:
        return _("done")
    return _either([_(_STATES[status]) for status in sorted(statuses)])


def _thing(thing: str) -> str:
    group, _dot, name = thing.partition(".")
    if thing in _NOUNS:
        return _(_NOUNS[thing])
    if group == "impact":
        return _(_IMPACTS[name])
    return _("answer to “%(question)s”") % {"question": word(name)}


def _either(words: list[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s or %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}
