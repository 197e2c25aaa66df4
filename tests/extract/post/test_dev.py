from __future__ import annotations

import json
from pathlib import Path

import pytest
from expected import differences

from kg.extract.post.extractor import PostExtractor
from kg.extract.reading import document
from kg.extract.records import as_json
from kg.model import Incident

POSTS = sorted((Path(__file__).parents[2] / "data" / "posts").glob("*.txt"))


@pytest.mark.parametrize("path", POSTS, ids=lambda path: path.stem)
def test_post_gives_what_is_expected(path):
    wanted = json.loads(path.with_suffix(".expected.json").read_text("utf-8"))["posts"]
    read = document(path.name, path.read_bytes())
    records = [as_json(read.name, r) for r in PostExtractor().extract(read) if isinstance(r, Incident)]
    assert len(records) == len(wanted)
    for want, record in zip(wanted, records, strict=True):
        first = next(differences(want, record), None)
        assert first is None, f"{want['incident_id']}: {first}"
