"""Who stands in line, who goes on, and what a guard makes of it."""

from __future__ import annotations

import os
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

import kg
from kg.errors import BusyError, LimitError
from kg.query import Forms, Guard, Handle, Limits, Turns, guard, turns
from kg.query.turns import HEAVY, QUICK

FORMS = Forms("text/csv", "")
SOME = "{ SELECT ?s { ?s ?p ?o } LIMIT 2500 }"
LONGER = f"SELECT (COUNT(*) AS ?n) {{ {SOME} {SOME.replace('?', '?other_')} }}"
PATIENCE = 60


@pytest.fixture
def store(demo_store):
    return kg.open(demo_store).store


def test_a_text_is_remembered_until_it_is_quick_or_old(monkeypatch):
    monkeypatch.setattr(turns, "_KNOWN", 2)
    ours = Turns(1, 1)
    assert ours.known("a") == 0
    for text, seconds in (("a", 1.0), ("a", 2.0), ("b", 3.0)):
        ours.learn(text, seconds)
    assert (ours.known("a"), ours.known("b")) == (2, 3)
    ours.learn("a", 0)
    assert (ours.known("a"), ours.known("b")) == (0, 3)
    for text in "bca":
        ours.learn(text, 1)
    assert [ours.known(text) for text in "abc"] == [1, 0, 1]


def test_places_and_turns_are_as_many_as_told_and_come_back(monkeypatch):
    monkeypatch.setattr(turns, "_PATIENCE", 0.01)
    ours = Turns(1, 2)
    for text in "abc":
        ours.learn(text, QUICK)
    for _ in range(2):
        with ours.place(), ours.place(), pytest.raises(BusyError, match="too many others"), ours.place():
            pass
        with turn(ours, "a"), pytest.raises(BusyError, match=r"has waited 0\.01 s"), turn(ours, "b"):
            pass
    with turn(ours, "a") as first:
        first.leave()
        with turn(ours, "b"), pytest.raises(BusyError, match="too many others"), turn(ours, "c"):
            pass
        with turn(ours, "b"):
            first.leave()  # again, which frees nothing
    with turn(ours, "a"), pytest.raises(BusyError, match="has waited"), turn(ours, "b"):
        pass


def test_who_is_not_known_to_be_long_or_is_known_to_be_heavy_takes_no_turn():
    ours = Turns(1, 2)
    for text, seconds in (("a", QUICK), ("b", HEAVY)):
        ours.learn(text, seconds)
    with turn(ours, "a"), turn(ours, "b"), turn(ours, "c") as third:
        assert third.known == 0


def turn(turns, text):
    return turns.turn(text, 0.01, lambda: None)


def test_only_the_query_is_slowed_not_the_next_one_of_its_worker(store, monkeypatch):
    monkeypatch.setattr(guard, "QUICK", 0.0)
    monkeypatch.setattr(guard, "HEAVY", 0.0)
    slow, long, seen = Guard(store, turns=Turns(1, 1)), threading.Event(), []
    asking = threading.Thread(
        target=lambda: seen.append(slow.written(LONGER, FORMS, Limits(seconds=PATIENCE), Handle(long.set)).text)
    )
    slow.written("ASK {}", FORMS, Limits())
    pid = slow._idle[0]._process.pid
    asking.start()
    assert long.wait(PATIENCE)
    until, nice = time.monotonic() + PATIENCE, set()
    while guard._ENDLESS not in nice and time.monotonic() < until:
        nice |= set(priorities(pid))
    assert guard._ENDLESS in nice
    asking.join()
    assert os.getpriority(os.PRIO_PROCESS, pid) == os.getpriority(os.PRIO_PROCESS, 0)
    assert [one._process.pid for one in slow._idle] == [pid]
    monkeypatch.setattr(guard, "QUICK", 60.0)
    assert slow.written(LONGER, FORMS, Limits(seconds=PATIENCE)).text == seen[0]


def priorities(pid):
    """Of the threads that a process has at the moment."""
    for path in Path(f"/proc/{pid}/task").iterdir():
        with suppress(ProcessLookupError):
            yield os.getpriority(os.PRIO_PROCESS, int(path.name))


def test_a_query_known_to_be_long_stands_in_line_and_leaves_it_when_it_is_stopped(store):
    ours = Turns(1, 2)
    busy, told = Guard(store, turns=ours), []
    ours.learn("other", QUICK)
    ours.learn("ASK {}", QUICK)
    with turn(ours, "other"):
        with pytest.raises(BusyError, match=r"has waited 0\.2 s"):
            busy.written("ASK {}", FORMS, Limits(seconds=0.2), Handle(lambda: told.append("long")))
        assert told == ["long"]
        handle = Handle()
        handle.stop()
    with pytest.raises(LimitError, match="stopped before it began"):
        busy.written("ASK {}", FORMS, Limits(), handle)
    assert busy.written("ASK {}", FORMS, Limits()).text == b"true"
    assert not ours.known("ASK {}")
