"""Work shared between processes gives what one process would give."""

from __future__ import annotations

import gc
import os
import signal
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from postmortems.corpus import read_library
from postmortems.rules import judge
from postmortems.runtime import processes
from postmortems.runtime.processes import collector_paused, in_shares

AS_OF = datetime(2026, 6, 1, tzinfo=UTC)
pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork"),
    # Newer Pythons warn of forks beside threads, which pytest-xdist has; here nothing waits for them.
    pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning"),
]


@pytest.fixture
def shared(monkeypatch):
    """Share all work between three processes, however little it is."""
    monkeypatch.setattr(processes, "_processes_for", lambda _: 3)


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize("count", [0, 1, 2, 3, 5, 10, 1000])
def test_results_come_in_the_order_of_the_items(count):
    def work(share):
        return ((item, os.getpid()) for item in share)

    made = in_shares(work, range(count), then=lambda result: (result, os.getpid()))
    assert [item for (item, _), _ in made] == list(range(count))
    assert len({process for (_, process), _ in made}) == min(count, 3)
    assert {process for _, process in made} <= {os.getpid()}  # the last step is done here


@pytest.mark.usefixtures("shared")
def test_large_results_do_not_block_the_pipe():
    made = in_shares(lambda share: ["x" * 200_000 for _ in share], range(30), then=len)
    assert made == [200_000] * 30


@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize("end", [lambda: os.kill(os.getpid(), signal.SIGKILL), lambda: os._exit(3)])
def test_the_share_of_a_process_that_dies_is_done_here(end):
    home = os.getpid()

    def work(share):
        if os.getpid() != home:
            end()
        return list(share)

    assert in_shares(work, range(9), then=int) == list(range(9))


@pytest.mark.usefixtures("shared")
def test_an_exception_is_raised_as_it_would_be_in_one_process(monkeypatch):
    forked, fork = [], os.fork

    def noted_fork():
        forked.append(fork())
        return forked[-1]

    def work(share):
        return [1 // (item - 8) for item in share]

    monkeypatch.setattr(os, "fork", noted_fork)
    with pytest.raises(ZeroDivisionError):
        in_shares(work, range(9), then=int)
    assert len(forked) == 2
    for process in forked:  # nothing of them is left; other children, such as a browser, are not ours to wait for
        with pytest.raises(ChildProcessError):
            os.waitpid(process, os.WNOHANG)


def test_where_a_process_can_not_be_had_its_share_is_done_here(monkeypatch, shared):
    def refuse():
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", refuse)
    assert in_shares(list, range(9), then=int) == list(range(9))


def test_little_work_is_not_shared_nor_is_any_beside_threads(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2})
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(processes.sys, "platform", "linux")
    assert [processes._processes_for(items) for items in (0, 1, 399, 400, 600, 10**6)] == [1, 1, 1, 2, 3, 3]
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert processes._processes_for(10**6) == 1
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    monkeypatch.setattr(processes.sys, "platform", "darwin")
    assert processes._processes_for(10**6) == 1


def test_the_collector_is_as_it_was():
    was_on = gc.isenabled()
    for switch, expected in ((gc.enable, True), (gc.disable, False)):
        switch()
        with collector_paused():
            assert not gc.isenabled()
        assert gc.isenabled() is expected
    (gc.enable if was_on else gc.disable)()


def test_a_library_read_by_several_processes_is_the_same(monkeypatch, knowledge_base, conventions):
    valid = (Path(__file__).parent / "record/cases/kitchen-sink.md").read_bytes()
    small = (Path(__file__).parent / "rules/cases/small-record.md").read_bytes()
    texts = [
        valid,
        small,
        small.replace(b"sev4", b"sev9"),
        b"---\n",
        b"\xff",
        small.replace(b"deploy", b"\xe2\x80\xae"),
    ]
    base = knowledge_base(
        {f"incidents/2026/2026-03-{i + 1:02}-x{i % 3}.md": texts[i % len(texts)] for i in range(20)}
    )
    one = read_library(base, conventions)
    monkeypatch.setattr(processes, "_processes_for", lambda _: 3)
    several = read_library(base, conventions)
    assert several == one
    found = judge(several, conventions, AS_OF)
    monkeypatch.setattr(processes, "_processes_for", lambda _: 1)
    assert found == judge(one, conventions, AS_OF) != []
