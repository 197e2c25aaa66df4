"""What is said of a table that is nearly one of those whose headers are guessed: the columns that it lacks."""

from __future__ import annotations

import pytest

from kg.errors import UnknownFormatError
from kg.extract import choose
from kg.extract.reading import document


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("v.csv", "Vendor,Purpose,Location\nAcme,Hosting,US\n", 'Vendor, Purpose, Location: nearly a supplier list, but neither a column nor a title says whose ("customer")'),
        ("n.md", "Notes of May.\n\n| Vendor | Purpose |\n|---|---|\n| Acme | Hosting |\n", "nearly a supplier list"),
        ("c.csv", "Customer,Service,Since\nAcme,Hosting,2024\n", "no column names the suppliers"),
        ("p.csv", "Individuals Affected,Type of Breach,Date\n500,Hacking,2024-01-01\n", "no column names who was breached"),
        ("h.csv", "Name,BreachDate,PwnCount\nAcme,2020-01-01,7\n", '("DataClasses")'),
        ("h.json", '[{"Name": "Acme", "PwnCount": 7}]', '("DataClasses")'),
        ("k.csv", "Entity,Year,Records\nAcme,2020,100\n", 'nearly a breach catalogue, but no column is headed as such are ("method")'),
        ("s.csv", "Attack Type,Detection Date\nMalware,2020-01-01\n", '("technology")'),
        ("q.tsv", "Name of Entity\tNumber of People Affected\nAcme Clinic\t400\n", "too little tells of breaches"),
    ],
)  # fmt: skip
def test_a_table_that_is_nearly_known_says_what_it_lacks(name, text, told):
    with pytest.raises(UnknownFormatError) as caught:
        choose(document(name, text.encode()))
    assert told in str(caught.value)
    assert str(caught.value).startswith(f"{name}: ")


def test_a_test_of_the_veris_schema_is_told_by_its_name():
    with pytest.raises(UnknownFormatError, match="is a test of the VERIS schema by its name"):
        choose(document("tests/veris-1_3_4-test1.json", b'{"incident_id": "1", "victim": {}, "actor": {}}'))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("y.csv", "Company,Year,Revenue\nA,2020,1\n"),
        ("f.csv", "vendor,product,cve,description\nAcme,Elm,CVE-2020-1,x\n"),
        ("i.csv", "vendor,service,invoice\nAcme,Elm,7\n"),
        ("n.csv", "name,size,color\na,1,red\n"),
        ("README.md", "# Notes\n\n| name | meaning |\n|---|---|\n| a | b |\n"),
    ],
)
def test_others_are_not_said_to_be_nearly_anything(name, text):
    with pytest.raises(UnknownFormatError) as caught:
        choose(document(name, text.encode()))
    assert "nearly" not in str(caught.value)
