"""That a post of plain wording is read without the patterns for what it does not say."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
from kg.extract.post import chain, prose, standing, unaffected
from kg.extract.post.extractor import PostExtractor
from kg.extract.reading import document

text = '''Elm Cloud breached
Thieves took names and addresses from Elm Cloud in May. Fern Foods and Hazel Media lost records.
"id": "ELM1761350400",
"linkid": "elm-cloud",
{'affected_entities': [{'name': 'Elm Cloud', 'type': 'Vendor'}, {'name': 'Fern Foods', 'type': 'Company'},
{'name': 'Hazel Media', 'type': 'Company'}], 'title': 'Elm Cloud breached'}'''
(incident,) = PostExtractor().extract(document("elm.txt", text.encode()))
assert len(incident.parties) == 3
patterns = [value for module in (chain, prose, standing, unaffected) for value in vars(module).items()]
print(*sorted(name for name, value in patterns if "search" in getattr(value, "__dict__", {})))
"""


def test_what_nobody_denied_or_left_is_not_looked_for():
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    compiled = set(done.stdout.split())
    assert "_RETRACTS" in compiled
    assert compiled.isdisjoint(
        {"_DENIED", "_SPARED", "DENIES", "_CONFIRMS", "LATER", "_USES", "_LEAVES", "GROUP_RELIES", "_HEDGE"}
    )
