"""Reading in several processes gives what reading in one gives, and leaves none behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from documents import lines, post

import kg
from kg.errors import KGError
from kg.extract.reading import find
from kg.store import intake


@pytest.fixture
def folder(tmp_path):
    inside = tmp_path / "in"
    inside.mkdir()
    for number in range(40):
        (inside / f"{number:02}.txt").write_text(
            post(f"DEM17000000{number:02}", customers=[f"Alder {number}"]), "utf-8"
        )
    (inside / "bad.txt").write_bytes(b"\xff\xfe\xff")
    (inside / "notes.md").write_text("nothing of ours", "utf-8")
    return inside


@pytest.fixture
def nothing_meanwhile(monkeypatch):
    """Nothing is read here while other processes start, so that they read all that is left."""
    monkeypatch.setattr(intake, "_until", lambda started, _: (started.result(), ())[1])


@pytest.fixture(params=["large", "slow"])
def in_processes(request, monkeypatch, nothing_meanwhile):
    """What is given is worth other processes: it is large, or the first of it took long."""
    if request.param == "large":
        monkeypatch.setattr(intake, "_WORTH_A_PROCESS", 0)
    else:
        monkeypatch.setattr(intake, "_TRIED", 0)
        monkeypatch.setattr(intake, "_WORTH_STARTING", 0)
    given, run = [], intake._in_processes
    monkeypatch.setattr(
        intake, "_in_processes", lambda documents, *rest: given.extend(documents) or run(documents, *rest)
    )
    return lambda: {"large": 42, "slow": 40}[request.param] == len(given)


def test_processes_change_no_byte_and_no_word_of_the_report(folder, tmp_path, in_processes):
    one = kg.build(folder, tmp_path / "one.kg", jobs=1)
    two = kg.build(folder, tmp_path / "two.kg", jobs=2)
    assert lines(one) == lines(two)
    told = [graph.report.as_dict() | {"seconds": 0} for graph in (one, two)]
    assert told[0] == told[1]
    assert told[0]["quarantined"] == 1
    assert in_processes()


def test_few_quick_documents_are_read_here(folder, monkeypatch):
    monkeypatch.setattr(intake, "_WORTH_STARTING", 60)  # a busy machine takes its time for quick ones too
    monkeypatch.setattr(intake, "_in_processes", None)
    assert len(list(intake.intake(list(find([folder])), None, jobs=2))) == 42


def test_documents_come_back_in_their_order(folder, monkeypatch, in_processes):
    monkeypatch.setattr(intake, "_BATCH", 3)
    given = list(find([folder]))
    assert [taken.found for taken in intake.intake(given, None, jobs=2)] == given
    assert in_processes()


def test_documents_are_read_here_while_other_processes_start(folder, monkeypatch):
    monkeypatch.setattr(intake, "_WORTH_A_PROCESS", 0)
    read, given = [], list(find([folder]))

    class Starting:
        def done(self):
            return len(read) == 7

    until = intake._until
    monkeypatch.setattr(intake, "_until", lambda _, rest: (read.append(one) or one for one in until(Starting(), rest)))
    assert [taken.found for taken in intake.intake(given, None, jobs=2)] == given
    assert read == given[:7]


def test_this_process_reads_where_it_would_wait_for_others(folder, tmp_path, monkeypatch, nothing_meanwhile):
    monkeypatch.setattr(intake, "_WORTH_A_PROCESS", 0)
    monkeypatch.setattr(intake, "_BATCH", 2)
    given, read_here, here = list(find([folder])), tmp_path / "read here", os.getpid()

    def take_all(batch, take_one):
        deadline = time.monotonic() + 60
        while os.getpid() != here and not read_here.exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        if os.getpid() == here:
            read_here.touch()
        return [take_one(found) for found in batch]

    monkeypatch.setattr(intake, "_take_all", take_all)
    before = sys.getswitchinterval()
    assert [taken.found for taken in intake.intake(given, None, jobs=2)] == given
    assert read_here.exists()
    assert sys.getswitchinterval() == before


def test_a_process_that_dies_is_one_line(folder, tmp_path, monkeypatch, nothing_meanwhile):
    monkeypatch.setattr(intake, "_WORTH_A_PROCESS", 0)
    here = os.getpid()

    def die(batch, take_one):
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return [take_one(found) for found in batch]

    monkeypatch.setattr(intake, "_take_all", die)
    with pytest.raises(KGError, match="a process that reads documents ended") as caught:
        kg.build(folder, tmp_path / "s.kg", jobs=2)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "s.kg").exists()
    monkeypatch.undo()
    assert kg.build(folder, tmp_path / "s.kg").report.documents == 40


SCRIPT = """
import sys, kg
from kg.store import intake
intake._WORTH_A_PROCESS = 0
kg.build(sys.argv[1], sys.argv[2], jobs=2)
print("built")
"""


def test_a_script_needs_no_guard(folder, tmp_path):
    (tmp_path / "script.py").write_text(SCRIPT, "utf-8")
    told = subprocess.run(
        [sys.executable, str(tmp_path / "script.py"), str(folder), str(tmp_path / "s.kg")],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert told.stdout == "built\n"
    assert told.stderr.count("\n") == 2 or told.stderr == ""


def children(pid):
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.append(int(stat.parent.name))
    return found


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc, as Linux has it")
def test_a_killed_build_leaves_no_process(folder, tmp_path):
    (tmp_path / "script.py").write_text(SCRIPT, "utf-8")
    for number in range(40, 2000):
        (folder / f"{number}.txt").write_text(post(f"DEM1700{number:06}"), "utf-8")
    run = subprocess.Popen([sys.executable, str(tmp_path / "script.py"), str(folder), str(tmp_path / "s.kg")])
    workers = []
    while len(workers) < 2 and run.poll() is None:
        workers = children(run.pid)
        time.sleep(0.02)
    assert run.poll() is None
    run.kill()
    run.wait()
    deadline = time.monotonic() + 30
    while any(map(alive, workers)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert [pid for pid in workers if alive(pid)] == []
