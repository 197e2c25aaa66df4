"""Removing what somebody may still be writing to."""

from threading import Event, Thread

from kg.store.durable import remove_tree


def test_a_folder_that_is_still_written_to_is_removed_in_the_end(tmp_path):
    folder = tmp_path / "quads"
    folder.mkdir()
    stopped, number = Event(), 0

    def write():
        nonlocal number
        while not stopped.is_set():
            number += 1
            try:
                (folder / f"{number}.log").touch()
            except FileNotFoundError:
                return

    writer = Thread(target=write)
    writer.start()
    try:
        remove_tree(folder)
    finally:
        stopped.set()
        writer.join()
    assert not folder.exists()
    assert number > 0


def test_what_is_not_there_is_removed(tmp_path):
    remove_tree(tmp_path / "nothing")
    assert list(tmp_path.iterdir()) == []
