"""The bar of a long build: on a terminal, on standard error, and not when it is to be quiet."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from documents import table

from kg.printing import progress

pty = pytest.importorskip("pty", reason="there are no pseudo-terminals on this system")


@pytest.fixture
def build_on_a_terminal(tmp_path):
    """Run `kg build` over three files with a terminal as standard error; return output, terminal and status."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.csv").write_text(table("A,B,,,,", "C,,,,,"), "utf-8")
    (folder / "b.csv").write_text(table("B,D,,,,"), "utf-8")
    (folder / "c.txt").write_text("nothing that is known", "utf-8")

    def run(*arguments):
        ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "kg", "build", folder, "--store", tmp_path / "s.kg", *arguments]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=theirs, text=True, check=False)
        os.write(theirs, b"<end>")
        shown = b""
        while not shown.endswith(b"<end>"):
            shown += os.read(ours, 65536)
        os.close(theirs)
        os.close(ours)
        return done.stdout, shown.removesuffix(b"<end>").decode(), done.returncode

    return run


def test_it_counts_the_documents(build_on_a_terminal):
    out, shown, status = build_on_a_terminal()
    assert status == 3
    assert "\r[####################..........] 2/3 documents" in shown
    assert "\r[##############################] 3/3 documents\r\n" in shown
    assert "quarantined a.csv, row 2: names no supplier" in shown
    assert out.startswith("2 documents")
    assert "#" not in out


def test_a_terminal_is_not_flooded_and_told_how_much_it_is(build_on_a_terminal, tmp_path):
    (tmp_path / "in" / "d.csv").write_text(table("A,B,,,,", *(f"{at},,,,," for at in range(30))), "utf-8")
    _, shown, status = build_on_a_terminal()
    assert status == 3
    assert shown.count("quarantined d.csv, row") == 10
    assert "quarantined d.csv: 20 more (--report FILE lists all)\r\n" in shown
    assert shown.endswith("set aside 31 records (suppliers 31), skipped 1 documents\r\n")
    (tmp_path / "in" / "e.csv").write_text(table('AWS,"Amazon Web Services, Inc.",,,,'), "utf-8")
    assert build_on_a_terminal()[1].endswith(
        "set aside 32 records (suppliers 31, whole documents and relationships 1), skipped 1 documents\r\n"
    )


def test_quiet_leaves_the_result_alone(build_on_a_terminal, tmp_path):
    out, shown, status = build_on_a_terminal("--quiet", "--report", tmp_path / "r.json")
    assert (shown, status) == ("", 3)
    assert out.startswith("2 documents")
    assert json.loads((tmp_path / "r.json").read_text("utf-8"))["quarantined"] == 1


def test_it_is_drawn_about_a_hundred_times_however_many_there_are(capsys, monkeypatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    show = progress()
    for done in range(1, 10_001):
        show(done, 10_000)
    shown = capsys.readouterr().err
    assert 100 <= shown.count("\r") <= 102
    assert shown.endswith("10000/10000 documents\n")
