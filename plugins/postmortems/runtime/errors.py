"""Errors that a person can do something about."""

from __future__ import annotations


class MessageError(Exception):
    """An error whose message says all there is to say: commands and builds show it without a traceback."""
