"""Words that are given as options: a wrong one is a usage error that names what may have been meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from postmortems.source import did_you_mean, one_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_NAMED = 30
_MEANT = 2


def validate_choice(option: str, given: Iterable[str], known: Collection[str], what: str) -> None:
    """Raise click.BadParameter for a word of an option that is not known; `what` says what it would be.

    A service of others may be meant by its name alone, without its organisation.
    """
    for word in given:
        if word not in known:
            ending = [f"`{name}`" for name in known if name.endswith(f"/{word}")][:_MEANT]
            meant = f"did you mean {' or '.join(ending)}?" if ending else did_you_mean(word, known)
            hint = meant or (one_of(known, _NAMED) if known else "none are defined here")
            raise click.BadParameter(f"there is no {what} `{word}`; {hint}", param_hint=option)
