"""Who should be in the room when an incident is reviewed, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.record import GROUPS
from postmortems.rendering.labels import word
from postmortems.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortems.conventions import Policy
    from postmortems.record import Postmortem

_FELT = frozenset({"medium", "high", "critical"})
_MEANT = {
    "business": N_("what it meant for the business: %(level)s"),
    "reputation": N_("what it meant for trust: %(level)s"),
}
_NOT_KNOWN = {
    "business": N_("what it meant for the business is not known yet"),
    "reputation": N_("what it meant for trust is not known yet"),
}


def invited(record: Postmortem, policy: Policy) -> list[tuple[str, str]]:
    """Groups, teams and roles, each with the reason to invite them."""
    return [_facilitator(record), *_technical(record, policy), *_others(record)]


def _facilitator(record: Postmortem) -> tuple[str, str]:
    review = record.review
    role = _("Facilitator: %(role)s") % {"role": review.facilitator} if review and review.facilitator else ""
    if review and review.facilitator_responded:
        why = _("leads; took part in the response, so better ask someone who did not")
    else:
        why = _("leads; someone who did not take part in the response")
    return role or _("Facilitator"), why


def _technical(record: Postmortem, policy: Policy) -> Iterator[tuple[str, str]]:
    """The teams that responded, that own a service which was hit, or that own an action."""
    reasons: dict[str, list[str]] = {team: [_("took part in the response")] for team in record.teams}
    for service in record.services:
        known = policy.services.get(service)
        if known and known.team:
            reasons.setdefault(known.team, []).append(_("owns %(service)s") % {"service": known.label})
    for owner in dict.fromkeys(action.owner for action in record.actions if action.owner):
        mine = ", ".join(action.id for action in record.actions if action.owner == owner)
        reasons.setdefault(owner, []).append(_("is to do %(actions)s") % {"actions": mine})
    for team, why in reasons.items():
        yield _("Team: %(team)s") % {"team": policy.team_label(team)}, "; ".join(why)
    if not reasons:
        yield _("Technical side"), _("those who responded; the record names no team yet")


def _others(record: Postmortem) -> Iterator[tuple[str, str]]:
    reasons = {
        "management": _management(record),
        "legal": _legal(record),
        "communications": _communications(record),
        "compliance": _compliance(record),
    }
    nothing = _("nothing in the record asks for them: note why they are not needed, if they are not")
    for group in GROUPS:
        if group in reasons:
            yield word(group), "; ".join(reasons[group]) or nothing


def _felt(record: Postmortem, kind: str) -> list[str]:
    level = record.impact.levels.get(kind)
    if level is None or level.level == "unknown":
        return [_(_NOT_KNOWN[kind])]
    return [_(_MEANT[kind]) % {"level": word(level.level)}] if level.level in _FELT else []


def _data_touched(record: Postmortem) -> list[str]:
    level = record.impact.levels.get("data")
    touched = record.incident_class == "privacy" or (level is not None and level.level not in {"none", "unknown"})
    return [_("data were touched")] if touched else []


def _management(record: Postmortem) -> list[str]:
    return [*_felt(record, "business"), *([_("it cost money")] if record.impact.cost else [])]


def _legal(record: Postmortem) -> list[str]:
    return [*_data_touched(record), *([_("notices to authorities are recorded")] if record.regulatory else [])]


def _communications(record: Postmortem) -> list[str]:
    return [*_felt(record, "reputation"), *([_("users felt it")] if record.impact.users else [])]


def _compliance(record: Postmortem) -> list[str]:
    regimes = dict.fromkeys(notice.regime for notice in record.regulatory)
    notices = [_("notice under %(regime)s") % {"regime": regime} for regime in regimes]
    return [*notices, *_data_touched(record)]
