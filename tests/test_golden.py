"""Graphs as sorted N-Quads, reviewed as diffs; `python tests/test_golden.py` writes them anew."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from documents import lines  # noqa: E402 - found through the line above

import kg  # noqa: E402 - the same

CASES = {
    "post-customers-and-group": ["data/posts/700CREDIT1761350400.txt"],
    "post-nested-details": ["data/posts/CON1736726400.txt"],
    "post-cut-off": ["data/posts/EPI1738800000.txt"],
    "suppliers": ["data/suppliers.csv"],
    "suppliers-markdown": ["../examples/feeds/sub-processors.md"],
    "suppliers-html": ["../examples/feeds/sub-processors.html"],
    "portal": ["../examples/feeds/breach-portal.csv"],
    "mapping": ["../examples/feeds/incidents.csv"],
    "veris": ["../examples/feeds/veris.json"],
    "cncf": ["../examples/feeds/compromises"],
    "leak-site": ["../examples/feeds/leak-posts.json"],
    "hibp": ["../examples/feeds/breach-list.json"],
    "supply-chain": ["../examples/feeds/supply-chain-attacks.csv"],
    "catalogue": ["../examples/feeds/breach-catalogue.json"],
    "two-formats": ["data/suppliers.csv", "data/posts/two-posts-chainiq-oraclehealth.txt"],
}


MAPPINGS = {"mapping": "../examples/feeds/incidents.toml"}


def built(name, folder):
    mapping = HERE / MAPPINGS[name] if name in MAPPINGS else None
    return lines(kg.build([HERE / path for path in CASES[name]], folder / "golden.kg", mapping=mapping))


@pytest.mark.parametrize("name", CASES)
def test_the_graph_is_what_was_reviewed(name, tmp_path):
    wanted = (HERE / "golden" / f"{name}.nq").read_text("utf-8").splitlines()
    got = built(name, tmp_path)
    assert got == sorted(got)
    missing, extra = sorted(set(wanted) - set(got)), sorted(set(got) - set(wanted))
    assert (missing[:3], extra[:3]) == ([], []), (
        f"{len(missing)} lines missing, {len(extra)} too many; renew with python tests/test_golden.py"
    )
    assert got == wanted


if __name__ == "__main__":
    for case in CASES:
        with tempfile.TemporaryDirectory() as place:
            (HERE / "golden" / f"{case}.nq").write_text(
                "".join(f"{line}\n" for line in built(case, Path(place))), "utf-8"
            )
