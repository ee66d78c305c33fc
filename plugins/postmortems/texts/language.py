"""Which language is spoken at the moment, and how a text is said in it."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from postmortems.texts.catalogue import Texts, load_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

_spoken: ContextVar[Texts | None] = ContextVar("_spoken", default=None)


@contextmanager
def use_language(texts: Texts) -> Iterator[None]:
    """Say what is said within in the language of these texts."""
    token = _spoken.set(texts)
    try:
        yield
    finally:
        _spoken.reset(token)


def spoken_language() -> str:
    """The language that is spoken at the moment, such as `en`."""
    return _current().language


def gettext(message: str) -> str:
    """A text in the language that is spoken."""
    return _current().one(message) if message else ""


_ = gettext


def ngettext(one: str, many: str, count: int) -> str:
    """A text that depends on a count, in the language that is spoken."""
    return _current().counted(one, many, count)


def N_(message: str) -> str:  # noqa: N802 - the name that gettext users know
    """Mark a text for the catalogues that `_` translates later."""
    return message


def _current() -> Texts:
    return _spoken.get() or load_texts()
