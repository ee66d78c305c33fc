"""Services by organisation and name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from postmortems.conventions import Policy
    from postmortems.record import Postmortem


@dataclass(frozen=True, slots=True, order=True)
class ServiceKey:
    """A service of an organisation; `organisation` is empty for one's own."""

    organisation: str
    name: str

    @property
    def is_own(self) -> bool:
        """Whether it is a service of the policy's organisation."""
        return not self.organisation

    @property
    def text(self) -> str:
        """It in one word, as facets and commands name it: `checkout`, or `Example Bank/checkout`."""
        return f"{self.organisation}/{self.name}" if self.organisation else self.name


def key_of(record: Postmortem, name: str, policy: Policy) -> ServiceKey:
    """A service that a record names, with its organisation where that is another."""
    return ServiceKey("" if record.organisation == policy.organisation else record.organisation, name)


def keys_of(record: Postmortem, policy: Policy) -> Iterator[ServiceKey]:
    """All services that a record names."""
    return (key_of(record, name, policy) for name in record.services)
