"""Share work between processes where that pays."""

from __future__ import annotations

import gc
import math
import os
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_Item = TypeVar("_Item")
_Made = TypeVar("_Made")
_Result = TypeVar("_Result")

_LEAST = 200  # so many items each: below that, to fork and to send the results takes longer than the work
_MOST = 4  # more processes than this wait for the one that gathers the results


def in_shares(
    work: Callable[[Sequence[_Item]], Iterable[_Made]],
    items: Sequence[_Item],
    *,
    then: Callable[[_Made], _Result],
    own: float = 1,
) -> list[_Result]:
    """Process all items in order, in shares by several processes; `then` finishes each result.

    The work gives one result for an item; those of other processes are sent here, so they are best kept small, and
    `then` adds here what would make them large. Where that takes long, all wait for it: `own` is then less than 1,
    the size of the share that is done here against the others. Where a process dies, its share is done again here,
    so that an exception is raised as it would be without other processes.
    """
    others = _processes_for(len(items)) - 1
    size = math.ceil(len(items) / (others + own))
    first = max(len(items) - others * size, 0)
    forks = [_Fork(work, items[start : start + size]) for start in range(first, len(items), size or 1)]
    try:
        results = [then(made) for made in work(items[:first])]
        for fork in forks:
            results += [then(made) for made in fork.results()]
    finally:
        for fork in forks:
            fork.end()
    return results


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pause the garbage collector while many lasting objects are made."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _processes_for(items: int) -> int:
    """How many processes to share the work between.

    On other systems than Linux a fork is not safe or not there; and nowhere where threads run.
    """
    if not sys.platform.startswith("linux") or threading.active_count() > 1:
        return 1
    return max(1, min(_MOST, len(os.sched_getaffinity(0)), items // _LEAST))


class _Fork(Generic[_Item, _Made]):
    """A process that does one share of the work and sends what it makes through a pipe."""

    def __init__(self, work: Callable[[Sequence[_Item]], Iterable[_Made]], share: Sequence[_Item]) -> None:
        self._work, self._share = work, share
        reading, writing = os.pipe()
        try:
            self._process = os.fork()
        except OSError:  # no process to be had: the pipe stays empty, and the share is done here
            self._process = -1
        if self._process == 0:
            os.close(reading)
            self._run(writing)
        os.close(writing)
        self._pipe = os.fdopen(reading, "rb")

    def results(self) -> Iterable[_Made]:
        """Wait for the results of the process."""
        import pickle

        try:
            made: list[_Made] = pickle.load(self._pipe)  # noqa: S301 - a process of our own wrote it
        except (EOFError, pickle.UnpicklingError):  # it died
            return self._work(self._share)
        return made

    def end(self) -> None:
        """Make sure that the process has ended."""
        self._pipe.close()
        if self._process > 0:
            os.waitpid(self._process, 0)

    def _run(self, writing: int) -> None:
        """Do the share; the process ends here, since what its parent has begun is not its to finish."""
        try:
            import pickle

            with os.fdopen(writing, "wb") as pipe:
                pickle.dump(list(self._work(self._share)), pipe, protocol=pickle.HIGHEST_PROTOCOL)
        finally:
            os._exit(0)
