"""VERIS records a second, against verispy's loader over the same files in the same run; ratios only.

verispy makes one table of all records, with a column for every value of the schema: most of its time is the same for one
record as for a thousand, and a record more costs it two to three times what one costs us, files read, every claim with its quote. So
the ratio falls with the number of records: ten is asserted for the sample and for ten times as many, less for more of them.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from pathlib import Path

import pytest

from kg.extract import extracted
from kg.extract.reading import find, read
from kg.extract.veris.extractor import VerisExtractor

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "vcdb"
pytestmark = [
    pytest.mark.bench,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="the folder shared/data is not beside this checkout"),
]


def ours(files):
    extractor = VerisExtractor()
    return sum(1 for found in find(files) for _ in extracted(extractor, read(found)))


@pytest.fixture(scope="module")
def theirs():
    verispy = pytest.importorskip("verispy", reason="verispy is not installed (the extra bench)")
    loader = verispy.VERIS(json_dir=str(FOLDER), verbose=False)

    def load(files):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            schema = str(FOLDER / "verisc-merged.json")
            return len(loader.json_to_df(filenames=[str(path) for path in files], schema_path=schema, verbose=False))

    return load


def seconds(work, files):
    """The best of three."""
    times = []
    for _ in range(3):
        started = time.process_time()
        assert work(files) == len(files)
        times.append(time.process_time() - started)
    return min(times)


def copied(folder, times):
    """The sample several times over, each record with an identifier of its own."""
    for path in sorted(FOLDER.glob("*.json")):
        value = json.loads(path.read_text("utf-8"))
        for copy in range(times if "incident_id" in value and not path.name.startswith("veris") else 0):
            value["incident_id"] = f"{path.stem}-{copy}"
            (folder / f"{value['incident_id']}.json").write_text(json.dumps(value, indent=1), "utf-8")
    return sorted(folder.iterdir())


@pytest.mark.parametrize(("copies", "least"), [(1, 10), (10, 10), (60, 2)])
def test_veris_records(theirs, tmp_path, copies, least, capsys):
    files = copied(tmp_path, copies)
    ratio = seconds(theirs, files) / seconds(ours, files)
    with capsys.disabled():
        sys.stdout.write(f"\n{len(files)} VERIS records: {ratio:.1f} times verispy's loader\n")
    assert ratio >= least
