"""What an action changes: how strongly that acts by default, and what kind of change it is."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

STRENGTHS = ("stronger", "intermediate", "weaker")
KINDS = ("technical", "monitoring", "access", "policy-procedure", "communication", "training-awareness")


class Output(NamedTuple):
    """An output of actions: its strength where the author states none, and its kind; empty for `other`."""

    strength: str = ""
    kind: str = ""


# Hierarchy of effectiveness: an action that changes the system is stronger than one that asks people to remember.
OUTPUTS: Mapping[str, Output] = MappingProxyType(
    {
        "patch-config": Output("stronger", "technical"),
        "backup": Output("stronger", "technical"),
        "alert": Output("intermediate", "monitoring"),
        "dashboard": Output("intermediate", "monitoring"),
        "access-rule": Output("stronger", "access"),
        "break-glass": Output("intermediate", "access"),
        "irp": Output("weaker", "policy-procedure"),
        "runbook": Output("weaker", "policy-procedure"),
        "escalation-path": Output("intermediate", "policy-procedure"),
        "report-format": Output("weaker", "policy-procedure"),
        "staffing": Output("intermediate", "policy-procedure"),
        "comms-template": Output("weaker", "communication"),
        "contact-list": Output("weaker", "communication"),
        "training": Output("weaker", "training-awareness"),
        "exercise": Output("intermediate", "training-awareness"),
        "other": Output(),
    }
)
