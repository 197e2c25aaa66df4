from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
import pytest
from documents import post
from hypothesis import given
from hypothesis import strategies as st

from kg.store.columns import (
    between,
    exchanged,
    held_by,
    moved,
    moved_ends,
    moved_texts,
    numbers,
    read_column,
    read_texts,
    texts,
    write_columns,
)

DTYPES = {"B": np.uint8, "i": np.int32, "q": np.int64, "Q": np.uint64, "f": np.float32}
words = st.lists(st.text("aäz", max_size=3), unique=True, max_size=12).map(sorted)


@pytest.mark.parametrize("code", DTYPES)
@pytest.mark.parametrize("rows", [0, 1, 9, 10, 1000])
def test_a_file_is_what_numpy_writes(tmp_path, code, rows):
    made = numbers(code, [at % 200 for at in range(rows)])
    write_columns(tmp_path / "c", {"ours": made})
    told = tmp_path / "theirs.npy"
    np.save(told, np.array(made.tolist(), dtype=DTYPES[code]))
    assert (tmp_path / "c" / "ours.npy").read_bytes() == told.read_bytes()
    read = read_column(tmp_path, "theirs")
    assert (read.format, read.tolist()) == (code, made.tolist())
    assert np.asarray(read).dtype == np.load(told, allow_pickle=False).dtype == DTYPES[code]
    assert not np.asarray(read).flags.writeable


@pytest.mark.parametrize(
    "data", [b"", b"rubbish", b"\0" * 128, b"\0" * 132], ids=["nothing", "words", "no header", "no header, a number"]
)
def test_another_file_is_no_column(tmp_path, data):
    (tmp_path / "c.npy").write_bytes(data)
    with pytest.raises(ValueError, match="column|empty"):
        read_column(tmp_path, "c")


@pytest.mark.parametrize("change", [lambda data: data[:-1], lambda data: data[:-4], lambda data: data + b"\0\0\0\0"])
def test_a_column_that_has_lost_or_won_bytes_is_none(tmp_path, change):
    write_columns(tmp_path / "c", {"c": numbers("i", range(5))})
    path = tmp_path / "c" / "c.npy"
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(ValueError, match="is no column"):
        read_column(tmp_path / "c", "c")


def test_texts_are_read_as_they_were_written(tmp_path):
    told = ["", "Alder", "Zürich 東京", ""]
    write_columns(tmp_path / "c", {"name": texts(told), "none": texts([])})
    assert list(read_texts(tmp_path / "c", "name")) == told
    assert list(read_texts(tmp_path / "c", "none")) == []


@given(words, words, st.data())
def test_a_column_that_is_brought_up_to_date_is_one_made_anew(held, come, data):
    gone = set(held) & set(come) | (data.draw(st.sets(st.sampled_from(held))) if held else set())
    after = sorted(set(held) - gone | set(come))
    order, place = exchanged(texts(held), gone, come)
    assert list(moved_texts(texts(held), texts(come), order)) == after
    assert list(moved((numbers("i", range(len(held))), numbers("i", [-1] * len(come))), order)) == [
        -1 if text in come else held.index(text) for text in after
    ]
    assert [place[held.index(text)] for text in held if text in after] == [
        after.index(text) for text in held if text in after
    ]


@given(words, words)
def test_what_rows_hold_is_moved_with_them(held, come):
    """Here a row holds as many numbers as its text has letters."""
    order, _ = exchanged(texts(held), set(held) & set(come), come)
    ends = tuple(numbers("q", np.cumsum([len(text) for text in told], dtype=int)) for told in (held, come))
    letters = tuple(numbers("i", map(ord, "".join(told))) for told in (held, come))
    after = sorted({*held, *come})
    assert "".join(map(chr, moved(letters, held_by(ends, order)))) == "".join(after)
    assert moved_ends(ends, order).tolist() == np.cumsum([len(text) for text in after], dtype=int).tolist()


@given(st.lists(st.tuples(*[st.integers(0, 3)] * 3)).map(sorted), st.tuples(*[st.sampled_from([0, 0.5, 1, 2, 3])] * 3))
def test_rows_are_found_by_the_first_columns(rows, wanted):
    columns = [numbers("i", column) for column in zip(*rows, strict=True)] or [numbers("i", [])] * 3
    for many in range(4):
        found = between(columns, wanted[:many])
        assert [rows[at] for at in found] == [row for row in rows if row[:many] == wanted[:many]]
        assert all(row[:many] < wanted[:many] for row in rows[: found.start])


def test_a_build_and_an_update_need_no_numpy(tmp_path):
    inside = tmp_path / "in"
    inside.mkdir()
    script = (
        "import json, sys; from kg.cli import main; main(sys.argv[1:]); print(json.dumps(['numpy' in sys.modules]))"
    )
    for vendor in ("Birch", "Cedar"):
        (inside / "a.txt").write_text(post(vendors=[vendor]), "utf-8")
        (inside / "b.txt").write_text(post("DEM1700000002"), "utf-8")
        command = [sys.executable, "-c", script, "build", str(inside), "--store", str(tmp_path / "s.kg")]
        told = subprocess.run(command, capture_output=True, text=True, check=True)
        assert json.loads(told.stdout.splitlines()[-1]) == [False]
