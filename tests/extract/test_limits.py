"""Hostile documents: every installed extractor that takes one for its own ends soon, and none fails or swells."""

from __future__ import annotations

import time

import pytest

from kg.errors import DocumentError
from kg.extract import extracted, extractors
from kg.model import Defect, Document

GOOD = '{"incident_id":"1","actor":{},"action":{},"victim":{"victim_id":"Alder"}}'
LAUGHS = "".join(f'<!ENTITY {chr(98 + at)} "{("&" + chr(97 + at) + ";") * 10}">' for at in range(12))
HOSTILE = {
    "one line": "customer,supplier\n" + "a" * 3_000_000,
    "one header": "customer,supplier," * 200_000,
    "an open quotation mark": 'customer,supplier\nA,"' + "b\n" * 300_000,
    "deep lists": "[" * 300_000,
    "deep objects": '{"incident_id":' * 200_000,
    "deep records a line": f"{GOOD}\n" + '{"incident_id":"1","actor":{\n' * 20_000,
    "broken records": f"[{GOOD}," + '{"incident_id":{,' * 100_000,
    "records without a comma": GOOD + '{"incident_id":tru}' * 20_000,
    "an endless string": f'[{GOOD},{{"incident_id":"' + "x" * 3_000_000,
    "backslashes": f'[{GOOD},{{"incident_id":"' + "\\" * 1_000_000,
    "a wide record": '{"incident_id":"1","actor":{},"action":{},"victim":{"victim_id":"x"},"n":['
    + "1," * 600_000
    + "1]}",
    "billion laughs": f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">{LAUGHS}]><l>&m;</l>',
    "billion laughs in HTML": f"<!DOCTYPE html [<!ENTITY a 'ha'>{LAUGHS}]><table><tr><th>Customer<th>Supplier<tr><td>A<td>&m;</table>",
    "entities": "customer,supplier\nA," + "&amp;" * 100_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_documents_end_soon(name):
    document = Document("hostile", HOSTILE[name], "0" * 64)
    for extractor in extractors().values():
        started = time.process_time()
        try:
            for item in extracted(extractor, document) if extractor.recognizes(document) else ():
                assert not (isinstance(item, Defect) and " failed: " in item.reason), (extractor.name, item)
        except DocumentError as error:
            assert "\n" not in str(error)
        assert time.process_time() - started < 60, extractor.name
