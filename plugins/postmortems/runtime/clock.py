"""The time from which everything is counted: now, or `SOURCE_DATE_EPOCH` where a build is to be repeatable."""

from __future__ import annotations

import os
from datetime import UTC, datetime


def as_of() -> datetime:
    """The time from which to count, in UTC, to the second.

    Raises ValueError where `SOURCE_DATE_EPOCH` is set to something that is not a number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not epoch:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise ValueError(f"SOURCE_DATE_EPOCH is `{epoch}`; expected seconds since 1970") from error
