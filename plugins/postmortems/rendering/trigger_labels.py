"""The kinds of triggers in plain words: what one is about to do, and what may come by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from postmortems.texts import N_, _

if TYPE_CHECKING:
    from postmortems.conventions import Vocabulary

_DOING = {
    "deploy": N_("Roll out a new version"),
    "config-change": N_("Change a setting, a flag, a rule or DNS"),
    "manual-operation": N_("Run a command on a live system, or delete in bulk, by hand"),
    "planned-maintenance": N_("Do planned work on hardware, network, platform or database"),
    "data-or-pipeline": N_("Take in data of a new kind, or run a batch job"),
    "expiry": N_("Renew or replace a certificate, key, licence or domain"),
    "provider-change": N_("Take up a change of a supplier"),
    "user-behaviour": N_("Launch something, or expect other use than usual"),
}
_COMING = {
    "capacity": N_("Growth reaches a limit"),
    "hardware-or-network": N_("A machine, disk or link fails, and another has to take over"),
    "performance-decay": N_("Something slows down, leaks or fills up"),
    "malicious-act": N_("Somebody attacks"),
    "external-event": N_("A supplier fails, or power, weather or a court order intervenes"),
}


def in_plain_words(trigger: str, vocabulary: Vocabulary) -> str:
    """What a kind of trigger is to somebody before it happens; an organisation's own kinds by their label."""
    message = _DOING.get(trigger) or _COMING.get(trigger)
    return _(message) if message else vocabulary.trigger_label(trigger)


def doings(vocabulary: Vocabulary) -> tuple[str, ...]:
    """The kinds that somebody does on purpose, an organisation's own ones among them."""
    known = [kind for kind in _DOING if kind in vocabulary.triggers]
    own = [kind for kind in vocabulary.triggers if kind not in {*_DOING, *_COMING, "unknown"}]
    return (*known, *own)


def comings(vocabulary: Vocabulary) -> tuple[str, ...]:
    """The kinds that come by themselves."""
    return tuple(kind for kind in _COMING if kind in vocabulary.triggers)
