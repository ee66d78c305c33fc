"""Errors with a message for people, as MkDocs ends a build on them: without a traceback."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from mkdocs.exceptions import PluginError

from postmortems.runtime.errors import MessageError

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def plain_errors() -> Iterator[None]:
    """End the build with the message of an error."""
    try:
        yield
    except MessageError as error:
        raise PluginError(str(error)) from error
