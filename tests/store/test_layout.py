from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import threading

import pytest

from kg.errors import LockedStoreError, NewerStoreError, NotAStoreError, StoreError
from kg.store.durable import failures, write_atomically
from kg.store.layout import FORMAT, KEPT_GENERATIONS, Layout

ENTRY = {
    "name": "a",
    "digest": "0",
    "graph": "urn:g",
    "kind": "post",
    "version": "1",
    "records": 1,
    "incidents": 1,
    "claims": 1,
    "quarantine": [],
    "added": "2026-01-01T00:00:00+00:00",
}


@pytest.fixture
def layout(tmp_path):
    made = Layout(tmp_path / "store.kg")
    made.create("test")
    return made


def generation(layout, manifest=None):
    with layout.next_generation() as folder:
        layout.write_manifest(folder, manifest or {"documents": {}, "history": []})
    return layout.current()


def test_a_new_folder_becomes_a_store(layout):
    layout.check()
    assert layout.current() is None
    assert json.loads((layout.path / "store.json").read_text("utf-8")) == {"format": FORMAT, "writer": "test"}
    layout.create("another")
    assert json.loads((layout.path / "store.json").read_text("utf-8"))["writer"] == "test"


def test_a_folder_with_other_files_is_not_made_a_store(tmp_path):
    (tmp_path / "thesis.doc").write_text("mine", "utf-8")
    with pytest.raises(NotAStoreError, match="not a store"):
        Layout(tmp_path).create("test")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.doc"]


def test_a_file_is_not_made_a_store(tmp_path):
    path = tmp_path / "file"
    path.write_text("mine", "utf-8")
    with pytest.raises(NotAStoreError):
        Layout(path).create("test")
    with pytest.raises(StoreError, match="cannot be written"):
        Layout(path / "below").create("test")
    assert path.read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    "mark",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"format": "1"}',
        '{"format": null}',
        '{"format": 0}',
        '{"format": 1e400}',
        "[" * 100_000,
        "\x00\x01",
    ],
    ids=lambda mark: mark[:12],
)
def test_a_mark_that_says_nothing_is_no_store(layout, mark):
    (layout.path / "store.json").write_text(mark, "utf-8")
    with pytest.raises(NotAStoreError, match="not a store") as caught:
        layout.check()
    assert str(layout.path) in str(caught.value)


def test_a_newer_format_is_refused(layout):
    (layout.path / "store.json").write_text(json.dumps({"format": FORMAT + 1}), "utf-8")
    for act in (layout.check, lambda: layout.create("test")):
        with pytest.raises(NewerStoreError, match="newer version"):
            act()


@pytest.mark.parametrize("pointer", ["", "7", "../..", "000002\n000001", "/etc", "\u00b2", b"\xff\xfe"])
def test_a_pointer_to_nowhere_is_an_error(layout, pointer):
    generation(layout)
    (layout.path / "CURRENT").write_bytes(pointer if isinstance(pointer, bytes) else pointer.encode("utf-8"))
    with pytest.raises(StoreError, match="current generation"):
        layout.current()


@pytest.mark.parametrize(
    "manifest",
    [
        "",
        "{",
        "[]",
        "{}",
        "null",
        '{"documents": []}',
        '{"documents": {"a": 1}}',
        '{"documents": {"a": {}}}',
        "[" * 100_000,
    ],
    ids=lambda manifest: manifest[:16],
)
def test_a_manifest_that_says_nothing_is_an_error(layout, manifest):
    folder = generation(layout)
    (folder / "manifest.json").write_text(manifest, "utf-8")
    with pytest.raises(StoreError, match="manifest") as caught:
        layout.manifest(folder)
    assert "\n" not in str(caught.value)


def test_a_manifest_comes_back(layout):
    told = {"documents": {"/x/a": ENTRY}, "history": [], "quads": 3}
    assert layout.manifest(generation(layout, told)).items() >= told.items()
    assert layout.manifest(None) == {"documents": {}, "history": [], "loops": {}}


def test_generations_count_up_and_old_ones_go(layout):
    names = [generation(layout).name for _ in range(KEPT_GENERATIONS + 2)]
    assert names == ["000001", "000002", "000003", "000004", "000005"]
    assert sorted(path.name for path in layout.generations.iterdir()) == names[-KEPT_GENERATIONS:]


def test_a_block_that_fails_leaves_the_last_generation(layout):
    first = generation(layout)
    with pytest.raises(ZeroDivisionError), layout.next_generation() as folder:
        (folder / "half").write_text("half", "utf-8")
        _ = 1 // 0
    assert layout.current() == first
    assert [path.name for path in layout.generations.iterdir()] == ["000001"]


def test_the_lock_cleans_up_after_a_killed_build(layout):
    first = generation(layout)
    (layout.generations / "000002.unfinished" / "quads").mkdir(parents=True)
    (layout.generations / "000002").mkdir()  # finished, but the pointer was never moved
    with layout.locked():
        assert [path.name for path in layout.generations.iterdir()] == [first.name]


def test_the_lock_is_held_by_one_process_and_says_by_which(layout):
    code = (
        "import sys, pathlib\nfrom kg.store.layout import Layout\n"
        "with Layout(pathlib.Path(sys.argv[1])).locked():\n    print('held', flush=True)\n    sys.stdin.read()\n"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(layout.path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(LockedStoreError, match=f"locked by pid {holder.pid}"), layout.locked():
        pass
    holder.communicate("")
    with layout.locked():
        assert (layout.path / "lock").read_text("ascii") == str(os.getpid())


def test_discarding_takes_only_what_the_build_made(tmp_path):
    fresh, empty = tmp_path / "fresh.kg", tmp_path / "empty.kg"
    empty.mkdir()
    for path in (fresh, empty):
        layout = Layout(path)
        layout.create("test")
        with layout.locked():
            layout.discard()
    assert not fresh.exists()
    assert list(empty.iterdir()) == []


def test_a_store_with_a_generation_is_not_discarded(layout):
    generation(layout)
    layout.discard()
    assert layout.current().name == "000001"


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), "the disk is full"),
        (OSError("IO error: No space left on device: While appending to file: x"), "the disk is full"),
        (OSError(errno.EROFS, os.strerror(errno.EROFS)), "the disk is read-only"),
        (PermissionError(errno.EACCES, os.strerror(errno.EACCES)), "permission denied"),
        (OSError(errno.ENAMETOOLONG, "File name too long"), "File name too long"),
        (OSError("something else"), "something else"),
    ],
)
def test_failures_are_told_in_one_line(tmp_path, error, words):
    with pytest.raises(StoreError) as caught, failures(tmp_path):
        raise error
    assert str(caught.value) == f"{tmp_path}: cannot be written: {words}"


class TestWriting:
    def test_a_file_is_replaced_whole(self, tmp_path):
        path = tmp_path / "file.txt"
        path.write_text("old", "utf-8")
        write_atomically(path, "é\r\nnew\n")
        assert path.read_bytes() == "é\r\nnew\n".encode()
        assert [one.name for one in tmp_path.iterdir()] == ["file.txt"]

    def test_nothing_is_left_when_it_fails(self, tmp_path, monkeypatch):
        path = tmp_path / "file.txt"
        path.write_text("old", "utf-8")

        def full(_):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(StoreError, match="the disk is full"), failures(path):
            write_atomically(path, "new")
        assert path.read_text("utf-8") == "old"
        assert [one.name for one in tmp_path.iterdir()] == ["file.txt"]

    @pytest.mark.parametrize("name", ["", ".", "folder", "missing/file", "n" * 300])
    def test_a_place_that_is_no_file_is_an_error(self, tmp_path, monkeypatch, name):
        monkeypatch.chdir(tmp_path)
        (tmp_path / "folder").mkdir()
        with pytest.raises(StoreError, match="cannot be written"), failures(tmp_path / name):
            write_atomically(type(tmp_path)(name), "x")
        assert [one.name for one in tmp_path.iterdir()] == ["folder"]

    def test_a_link_is_followed(self, tmp_path):
        (tmp_path / "target").write_text("old", "utf-8")
        (tmp_path / "link").symlink_to(tmp_path / "target")
        write_atomically(tmp_path / "link", "new")
        assert (tmp_path / "link").is_symlink()
        assert (tmp_path / "target").read_text("utf-8") == "new"

    def test_a_pipe_is_written_straight(self, tmp_path):
        path = tmp_path / "pipe"
        os.mkfifo(path)
        got = []
        reader = threading.Thread(target=lambda: got.append(path.read_text("utf-8")))
        reader.start()
        write_atomically(path, "through")
        reader.join()
        assert got == ["through"]
        assert path.is_fifo()
