"""Text as YAML: plain where no reader can mistake it, in double quotes otherwise."""

from __future__ import annotations

import json
import re
import textwrap

_WIDTH = 110
# Letters, digits and marks that mean nothing to YAML, a letter first.
_PLAIN = re.compile(r"[^\W\d_](?:[\w ,./()%+'-]*[\w.)%+'-])?\Z")
# Digits and the marks of a moment: never anything but text to a reader of YAML 1.2.
_MOMENT = re.compile(r"[0-9][0-9TZ:+.-]*\Z")
# Words that some YAML readers, MkDocs' own among them, take for a truth value or for nothing.
_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def one_line(text: str) -> str:
    """The text with every run of white space, line ends among it, made one space."""
    return " ".join(text.split())


def scalar(text: str) -> str:
    """Write a text as a YAML value on one line."""
    if _PLAIN.match(text) and text.lower() not in _WORDS:
        return text
    # JSON's strings are YAML's double-quoted ones; JSON leaves a few characters bare that YAML refuses.
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(text, ensure_ascii=False))


def moment(text: str) -> str:
    """Write a moment as a YAML value: bare, as people write it, where it has the form of one."""
    return text if _MOMENT.match(text) else scalar(text)


def field(key: str, text: str) -> str:
    """Write a key and its text, folded over several lines where one would be too long."""
    line = f"{key}: {scalar(text)}"
    if len(line) <= _WIDTH or text != one_line(text):
        return line
    words = textwrap.wrap(text, _WIDTH - 2, break_long_words=False, break_on_hyphens=False)
    return "\n".join([f"{key}: >-", *(f"  {part}" for part in words)])
