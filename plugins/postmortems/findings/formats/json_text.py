"""JSON as all formats write it: readable, in the order given, and in UTF-8 whatever the values hold."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, TypeAlias

from postmortems.findings.visible import HALVES, UNSEEN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Json: TypeAlias = "str | int | bool | Sequence[Json] | Mapping[str, Json]"

_UNSEEN = re.compile(f"(?!\n)[{UNSEEN}]")
_HALVES = re.compile(f"[{HALVES}]")


def json_text(value: Json) -> str:
    """Write a value, and a line break at the end.

    Characters that would act on a terminal are escaped as JSON has it. Halves of characters, which stand for stray
    bytes of a file's name, are no text: many readers refuse them, so they are spelt out.
    """
    written = json.dumps(value, ensure_ascii=False, indent=2)
    safe = _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", written)
    return _HALVES.sub(lambda match: f"\\\\u{ord(match[0]):04x}", safe) + "\n"
