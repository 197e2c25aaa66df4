from __future__ import annotations

from datetime import date

import pytest
from documents import lines, post

import kg
from kg.errors import LockedStoreError, NotAStoreError
from kg.store.compacting import compact
from kg.store.layout import Layout


def test_a_compacted_store_holds_the_same_in_less_room(build, tmp_path):
    path = tmp_path / "built.kg"
    for number in range(4):
        graph = build({"a.txt": post(customers=[f"Alder {number}"])}, known_on=date(2026, 1 + number, 1))
    before, manifest = lines(graph), graph.store.manifest
    then = lines(kg.open(path, as_of=date(2026, 2, 1)))
    graph = None
    room = compact(path)
    after = kg.open(path)
    assert room[1] < room[0]
    assert lines(after) == before
    assert after.store.manifest.items() >= {k: v for k, v in manifest.items() if k != "checksums"}.items()
    assert [told["generation"] for told in after.store.generations()] == [after.store.generation] == [5]
    assert lines(kg.open(path, as_of=date(2026, 2, 1))) == then
    assert build({}).report.changed == 0


def test_what_is_read_stays_until_it_is_closed(build, tmp_path):
    first = build({"a.txt": post()})
    build({"a.txt": post(customers=["Elm"])})
    told = lines(first)
    compact(tmp_path / "built.kg")
    assert lines(first) == told


def test_there_must_be_something_to_compact(tmp_path):
    with pytest.raises(NotAStoreError):
        compact(tmp_path / "none.kg")
    Layout(tmp_path / "empty.kg").create("test")
    with pytest.raises(NotAStoreError, match="no build of it has finished"):
        compact(tmp_path / "empty.kg")


def test_nobody_compacts_while_another_builds(build, tmp_path):
    build({"a.txt": post()})
    with Layout(tmp_path / "built.kg").locked(), pytest.raises(LockedStoreError, match="locked by pid"):
        compact(tmp_path / "built.kg")
