"""What goes wrong while a store is written: at every step it is one line, and the last generation stays whole."""

from __future__ import annotations

import errno
import itertools
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from documents import lines, post, table
from sampled import alternating

import kg
from kg.errors import KGError, NotAStoreError, StoreError

STEPS = {
    "fsync": (os, "fsync"),
    "open": (os, "open"),
    "mkdir": (Path, "mkdir"),
    "chmod": (Path, "chmod"),
    "rename": (Path, "rename"),
    "replace": (Path, "replace"),
    "write": (Path, "write_text"),
    "file": (Path, "open"),
}


MANY = {"fsync", "open"}
"""Calls that every file of a generation needs: not each of them is tried."""
MANY_STEPS = (1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377)


@pytest.fixture
def folder(tmp_path):
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "a.txt").write_text(post("DEM1700000001"), "utf-8")
    return inside


def fail_at(monkeypatch, step, number, path):
    """Let the call of that number, of those that concern the store, find the disk full; a list of the calls made."""
    owner, name = STEPS[step]
    real, calls = getattr(owner, name), []

    def called(*args, **options):
        reads = step == "file" and not set(str(args[1:])) & {"w", "a"}
        # A temporary file without a name is a wish that not every file system grants; `tempfile` then takes another.
        reads |= step == "open" and args[1] & os.O_TMPFILE == os.O_TMPFILE
        if reads or (step != "fsync" and not str(args[0]).startswith(str(path))):
            return real(*args, **options)
        calls.append(args)
        if len(calls) == number:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(*args, **options)

    monkeypatch.setattr(owner, name, called)
    return calls


@pytest.mark.parametrize("step", STEPS)
def test_a_first_build_that_fails_leaves_nothing(tmp_path, folder, monkeypatch, step):
    path = tmp_path / "s.kg"
    fail_at(monkeypatch, step, 1, path)
    try:
        kg.build(folder, path)
    except StoreError as error:
        assert str(error).startswith(f"{path}")
        assert "the disk is full" in str(error)
        assert "\n" not in str(error)
        monkeypatch.undo()
        assert not path.exists() or not (path / "CURRENT").exists()
        with pytest.raises(NotAStoreError):
            kg.open(path)
    monkeypatch.undo()
    assert kg.build(folder, path).report.documents == 1


@pytest.fixture(scope="module")
def early(tmp_path_factory):
    """A store, the documents it was built from, and how they look later: one changed, one new, one gone."""
    base = tmp_path_factory.mktemp("early")
    (base / "in").mkdir()
    for name, text in {"a.txt": post(), "b.txt": post("DEM1700000002"), "c.txt": post("DEM1700000003")}.items():
        (base / "in" / name).write_text(text, "utf-8")
    kg.build(base / "in", base / "s.kg")
    (base / "in" / "a.txt").write_text(post(customers=["Elm"]), "utf-8")
    (base / "in" / "b.txt").unlink()
    (base / "in" / "t.csv").write_text(table("Alder Labs,Cedar,hosting,,,"), "utf-8")
    kg.build(base / "in", base / "after.kg")
    return base


@pytest.mark.parametrize(("step", "updated"), alternating(STEPS, [True, False]))
def test_a_later_build_that_fails_leaves_the_last_generation(tmp_path, early, monkeypatch, step, updated):
    """The disk is full at the first call of a kind, then at the second, and so on, until the build gets through."""
    before, after = lines(early / "s.kg"), lines(early / "after.kg")
    monkeypatch.setattr("kg.store.filling._WORTH_LOADING", 100 if updated else 0)
    for number in itertools.count(1) if step not in MANY else MANY_STEPS:
        path = tmp_path / f"{number}.kg"
        shutil.copytree(early / "s.kg", path)
        with monkeypatch.context() as patch:
            calls = fail_at(patch, step, number, path)
            failed = False
            try:
                kg.build(early / "in", path, prune=True)
            except StoreError as error:
                failed = True
                assert "the disk is full" in str(error)
        opened = kg.open(path)
        # Once the pointer has moved, the new generation is whole, even if the disk then refuses to be synchronized.
        assert lines(opened) == (before if opened.store.generation == 1 else after)
        assert not [one for one in path.rglob("*") if one.name.startswith(".")]
        assert lines(kg.build(early / "in", path, prune=True)) == after
        assert not list((path / "generations").glob("*unfinished"))
        del opened
        shutil.rmtree(path)
        if len(calls) < number:
            break
        # Cleaning up is not worth a failure.
        assert failed or not str(calls[number - 1][0]).startswith(str(path)) or step == "open"
    assert number > (1 if step in {"write", "chmod"} else 0)


BUILD = """
import resource, sys
from kg.cli import main
limit = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
sys.exit(main(["build", sys.argv[2], "--store", sys.argv[3]]))
"""


@pytest.mark.parametrize("limit", [0, 40, 400, 20_000, 200_000])
def test_files_that_may_not_grow(tmp_path, folder, limit):
    """A real limit of the system, hit by the database too and not only by our own writing."""
    path = tmp_path / "s.kg"
    done = subprocess.run(
        [sys.executable, "-c", BUILD, str(limit), str(folder), str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"kg: {path}")
    assert done.stderr.count("\n") == 1
    assert not path.exists()
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != limit


def test_a_disk_that_is_really_full(tmp_path, folder):
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("no right to mount a small disk here; the limit on file size above stands for it")
    try:
        with pytest.raises(StoreError, match="the disk is full"):
            kg.build(folder, disk / "s.kg")
        assert list(disk.iterdir()) == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("place", ["file/s.kg", "file/deep/s.kg", "n" * 300])
def test_a_place_where_no_folder_can_be(tmp_path, folder, place):
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(StoreError) as caught:
        kg.build(folder, tmp_path / place)
    assert "\n" not in str(caught.value)
    assert (tmp_path / "file").read_text("utf-8") == "x"


def test_a_folder_that_may_not_be_written(tmp_path, folder):
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere; a place below a file stands for it")
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    with pytest.raises(StoreError, match="permission denied"):
        kg.build(folder, closed / "s.kg")


def test_an_input_that_fails_leaves_no_store_and_an_old_one_alone(tmp_path, folder):
    path = tmp_path / "s.kg"
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.raises(KGError, match="is empty"):
        kg.build([folder, tmp_path / "empty.txt"], path)
    assert not path.exists()
    before = lines(kg.build(folder, path))
    (folder / "b.txt").write_text(post("DEM1700000002"), "utf-8")
    with pytest.raises(KGError, match="is empty"):
        kg.build([folder, tmp_path / "empty.txt"], path)
    assert lines(path) == before
    assert kg.open(path).store.generation == 1


def test_an_empty_folder_made_by_hand_stays(tmp_path):
    path = tmp_path / "s.kg"
    path.mkdir()
    (tmp_path / "empty.txt").write_bytes(b"")
    with pytest.raises(KGError):
        kg.build(tmp_path / "empty.txt", path)
    assert list(path.iterdir()) == []


@pytest.mark.parametrize("files", [{}, {"a.png": b"\x89PNG\0"}, {"notes.md": b"hello"}, {".hidden": b"x"}])
def test_a_folder_with_nothing_readable(tmp_path, files):
    inside = tmp_path / "in"
    inside.mkdir()
    for name, data in files.items():
        (inside / name).write_bytes(data)
    with pytest.raises(KGError, match="holds no") as caught:
        kg.build(inside, tmp_path / "s.kg")
    assert str(inside) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "s.kg").exists()
