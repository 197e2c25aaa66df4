"""Removing what somebody may still be writing to."""

import time
from threading import Event, Thread

from kg.store.durable import remove_tree


def test_a_folder_that_is_still_written_to_is_removed_in_the_end(tmp_path):
    folder = tmp_path / "quads"
    folder.mkdir()
    begun, stopped = Event(), Event()

    def write():
        number = 0
        while not stopped.is_set():
            number += 1
            try:
                (folder / f"{number}.log").touch()
            except FileNotFoundError:
                return
            begun.set()
            time.sleep(0.0005)

    writer = Thread(target=write)
    writer.start()
    assert begun.wait(30)
    try:
        remove_tree(folder)
    finally:
        stopped.set()
        writer.join()
    assert not folder.exists()


def test_what_is_not_there_is_removed(tmp_path):
    remove_tree(tmp_path / "nothing")
    assert list(tmp_path.iterdir()) == []
