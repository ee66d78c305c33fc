"""What a figure is: its value, what it rests on, how sure it is, and what was left out of it.

Pages, exports and commands show these and compute nothing of their own, so a figure can't lose its n on the way.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postmortems.record import Action, Postmortem


class State(StrEnum):
    """Whether a figure has a value, or why not."""

    OK = "ok"
    TOO_FEW = "too few"
    NOT_REACHED = "not reached"


@dataclass(frozen=True, slots=True)
class Interval:
    """Bounds with 95 % confidence, in the unit of what they bound; None where one is open."""

    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class ActionOf:
    """An action and the record it stands in: what figures on actions rest on."""

    record: Postmortem
    action: Action


Basis = tuple["Postmortem | ActionOf", ...]
"""The records or actions behind a figure, so that it can be followed to them."""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What could have entered a figure and did not, and why, in a few words such as `not recorded`."""

    reason: str
    basis: Basis

    @property
    def count(self) -> int:
        """How many were left out for this reason."""
        return len(self.basis)


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure, in `unit`: `count`, `share` (0 to 1), `seconds`, `days`, or `per-quarter`.

    `value` is None unless `state` is ok. `basis` is what it rests on, `of` how many could have entered it.
    """

    value: float | None
    unit: str
    basis: Basis = ()
    of: int = 0
    interval: Interval | None = None
    state: State = State.OK
    excluded: tuple[Exclusion, ...] = ()

    @property
    def n(self) -> int:
        """How many it rests on."""
        return len(self.basis)

    @property
    def coverage(self) -> float | None:
        """The share of what could have entered it that did; None where nothing could."""
        return self.n / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Share:
    """`part` out of `whole`, with the Wilson interval of the share; no interval out of nothing."""

    part: Basis
    whole: Basis
    interval: Interval | None
    excluded: tuple[Exclusion, ...] = ()

    @property
    def value(self) -> float | None:
        """The share from 0 to 1; None out of nothing."""
        return len(self.part) / len(self.whole) if self.whole else None

    @property
    def k(self) -> int:
        """How many make up the part."""
        return len(self.part)

    @property
    def n(self) -> int:
        """How many make up the whole."""
        return len(self.whole)
