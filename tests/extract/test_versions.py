"""An extractor that gives other records has another version, or stores would keep the old ones.

`python tests/extract/test_versions.py` writes down what new versions give; it never changes what an old one gave.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

from kg.errors import DocumentError
from kg.extract import choose, extracted
from kg.extract.mapped.extractor import mapped
from kg.extract.reading import find, read

TESTS = Path(__file__).resolve().parent.parent
FEEDS = TESTS.parent / "examples" / "feeds"
GIVEN = Path(__file__).with_name("versions.json")
MAPPING = FEEDS / "incidents.toml"


def versions():
    """Every extractor's name -> its version and a digest of what it gives for the documents that golden files rest on."""
    told = {}
    mapping = mapped(MAPPING)
    for found in find([TESTS / "data", FEEDS]):
        try:
            document = read(found)
            extractor = choose(document, mapping=mapping)
        except DocumentError:
            continue  # a file that says how others are read, or another tool's
        # A field that came later and is blank is written to no graph.
        records = "".join(f"{item!r}\n" for item in extracted(extractor, document)).replace(", region=''", "")
        told.setdefault(extractor.name, [extractor.version, hashlib.sha256()])[1].update(records.encode())
    return {name: (version, digest.hexdigest()[:16]) for name, (version, digest) in sorted(told.items())}


def test_what_a_version_gives_never_changes():
    given = json.loads(GIVEN.read_text("utf-8"))
    for name, (version, digest) in versions().items():
        known = given.get(name, {})
        assert version in known, f"{name} {version} is new: run python {Path(__file__).name}"
        assert known[version] == digest, f"{name} gives other records: raise its version"


if __name__ == "__main__":
    known = json.loads(GIVEN.read_text("utf-8")) if GIVEN.is_file() else {}
    for name, (version, digest) in versions().items():
        if known.setdefault(name, {}).setdefault(version, digest) != digest:
            sys.exit(f"{name} gives other records: raise its version, {version}")
    GIVEN.write_text(f"{json.dumps(known, indent=2, sort_keys=True)}\n", "utf-8")
