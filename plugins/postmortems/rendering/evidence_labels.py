"""What a control looks for and what a record holds of it, in words; for the pages and for the terminal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from postmortems.analysis.evidence.control_evidence import NO_ACTIONS
from postmortems.rendering.formatting import day, listing, moment, upper_first
from postmortems.rendering.labels import word
from postmortems.source import Moment
from postmortems.texts import _, noted

if TYPE_CHECKING:
    from postmortems.analysis.evidence.control_evidence import Holding, Value
    from postmortems.conventions import ActionQuery, Description, Need, Policy

_NOUNS = {
    "summary": noted("summary"),
    "severity": noted("severity"),
    "detection": noted("source of detection"),
    "times.started": noted("start of harm"),
    "times.detected": noted("time of detection"),
    "times.acknowledged": noted("time of acknowledgement"),
    "times.responded": noted("start of the response"),
    "times.declared": noted("time of declaration"),
    "times.contained": noted("time of containment"),
    "times.eradicated": noted("time of eradication"),
    "times.recovered": noted("time of recovery"),
    "times.closed": noted("time of closing"),
    "timeline": noted("timeline"),
    "factors": noted("factors"),
    "evaluation": noted("evaluation by phase"),
    "lessons": noted("lessons"),
    "actions": noted("actions"),
    "review.held": noted("review held"),
    "review.groups": noted("groups in the review"),
    "review.briefed_on": noted("briefing of leadership"),
    "review.follow_ups": noted("follow-up sessions"),
    "evidence": noted("evidence listed"),
    "regulatory": noted("regulatory notices"),
    "published": noted("publication"),
    "questions.what-should-change": noted("answer to what should change"),
}
_FIELDS = {
    "owner": noted("owner"),
    "due": noted("due date"),
    "done_when": noted("criterion of being done"),
    "closed": noted("closing date"),
    "evidence": noted("evidence"),
    "result": noted("verdict of its owner"),
    "artefact": noted("name of what was changed"),
    "clock_started": noted("start of its clock"),
    "sent": noted("time of sending"),
    "ref": noted("reference"),
}
_IMPACTS = {
    "business": noted("impact on business"),
    "technical": noted("impact on systems"),
    "data": noted("impact on data"),
    "reputation": noted("impact on reputation"),
}
_STATES = {
    "open": noted("open"),
    "in-progress": noted("in progress"),
    "done": noted("done"),
    "verified": noted("verified"),
    "declined": noted("declined"),
    "superseded": noted("superseded"),
}
_MANY = 3
_NONE = noted("there is none")


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


def sought(need: Need) -> str:
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
        label = policy.severities.get(description.severity, description.severity)
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


def _name(need: Need, *, many: bool = False, short: bool = True) -> str:
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
