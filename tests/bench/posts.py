"""Incident posts in the format of their publisher, made up word by word: few vendors with many customers, many with few."""

from __future__ import annotations

import json
import pprint
import random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FIRST = "Alder Amber Aspen Basalt Birch Cedar Cobalt Copper Coral Delta Elm Ember Fern Flint Garnet Granite Hazel Heron Iris Jade Juniper Larch Linden Lotus Maple Marble Moss Oak Onyx Opal Pearl Pine Plover Quartz Reed Rowan Saffron Sage Slate Sorrel Spruce Tamar Teal Thistle Topaz Umber Violet Walnut Willow Wren".split()
SECOND = "Airlines Analytics Bank Clinics Cloud College Courier Data Dental Energy Foods Freight Health Hotels Housing Insurance Labs Logistics Media Mobile Motors Networks Payments Pharma Power Press Rail Research Retail Robotics Schools Security Software Stores Systems Telecom Textiles Tools Travel Water".split()
PLACES = "North South East West Upper Lower Central Coastal Valley Harbour".split()
INDUSTRIES = [
    "Banking",
    "Software",
    "Healthcare",
    "Retail",
    "Education",
    "Insurance",
    "Manufacturing",
    "Telecommunications",
]
DATA = [
    "names", "email addresses", "phone numbers", "physical addresses", "dates of birth", "Social Security numbers", "medical records",
    "credit card numbers", "passwords", "source code", "contracts", "invoices", "employee records", "passport numbers",
]  # fmt: skip
KINDS = [("Breach", "Data Breach"), ("Ransomware", "Ransomware"), ("Cyber Attack", "Cyber Attack")]
MEASURES = ["paused its work with", "cut its connections to", "suspended access for"]
PAPERS = ["Harbour Times", "Breach Ledger", "Wire Daily", "Security Gazette", "The Evening Log"]


def write(folder: Path, count: int, *, seed: int = 1) -> list[Path]:
    """Write `count` posts into a folder, one a file, and return the files in order."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, text in posts(count, seed=seed):
        path = folder / name
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


def posts(count: int, *, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Yield (file name, text) of `count` posts; the same seed gives the same posts."""
    dice = random.Random(seed)
    for number in range(count):
        yield _post(dice, number)


def organization(rank: int) -> str:
    """Return the name of the organization of this rank; every rank has another."""
    rank, first = divmod(rank, len(FIRST))
    rank, second = divmod(rank, len(SECOND))
    name = f"{FIRST[first]} {SECOND[second]}"
    place, rank = (rank % len(PLACES), rank // len(PLACES)) if rank else (None, 0)
    return " ".join(filter(None, [name, PLACES[place] if place is not None else "", str(rank) if rank else ""]))


def _post(dice: random.Random, number: int) -> tuple[str, str]:
    vendor = organization(_rank(dice, 1.1, 2_000))
    customers = sorted({organization(2_000 + _rank(dice, 0.4, 60_000)) for _ in range(dice.choice([1, 1, 2, 3]))})
    day, month, year = dice.randint(1, 28), dice.randint(1, 12), dice.randint(2015, 2025)
    kind, kind_in_full = dice.choice(KINDS)
    data = dice.sample(DATA, dice.randint(1, 4))
    slug = vendor.lower().replace(" ", "-")
    identifier = f"{vendor[:3].upper()}{1_500_000_000 + number}"
    title = f"{vendor} reports an intrusion that touches {customers[0]}"
    header = {
        "id": identifier,
        "linkid": slug,
        "type": kind,
        "date": f"{month}/{year}",
        "severity": str(dice.randint(20, 100)),
        "impact": str(dice.randint(1, 5)),
        "explanation": "Attack with effects on customers of the company",
    }
    prose = [
        title,
        f"{vendor} said on {year}-{month:02}-{day:02} that somebody had entered its systems.",
        f"{customers[0]} has used {vendor} for billing since before the incident.",
        f"Source: https://news.example/{slug}/{number}",
        f"{vendor} cybersecurity rating report: https://www.rankiteo.com/company/{slug}",
    ]
    lines = [f'"{key}": {json.dumps(value)},' for key, value in header.items()]
    told = _told(dice, vendor, customers, data, kind_in_full, title)
    return f"{identifier}.txt", "\n".join([*prose, *lines, pprint.pformat(told, width=70), ""])


def _told(
    dice: random.Random, vendor: str, customers: list[str], data: list[str], kind: str, title: str
) -> dict[str, Any]:
    entities = [{"industry": dice.choice(INDUSTRIES), "name": name, "type": "Company"} for name in customers]
    entities.append({"industry": "Software", "location": "Exampleland", "name": vendor, "type": "Vendor"})
    told: dict[str, Any] = {
        "affected_entities": entities,
        "data_breach": {
            "sensitivity_of_data": dice.choice(["High", "Medium", "Low"]),
            "type_of_data_compromised": ", ".join(data),
        },
        "description": f"Files of customers were copied from a server of {vendor}.",
        "impact": {"operational_impact": f"{customers[0]} worked by hand for a day"},
        "investigation_status": dice.choice(["Ongoing", "Completed", "Contained"]),
        "references": [{"source": paper} for paper in dice.sample(PAPERS, dice.randint(1, 2))],
        "title": title,
        "type": kind,
    }
    if dice.random() < 0.5:
        told["response"] = {"containment_measures": f"{customers[0]} {dice.choice(MEASURES)} {vendor}"}
    if dice.random() < 0.3:
        told["data_breach"]["number_of_records_exposed"] = f"{dice.randint(1, 900) * 1000:,}"
    if dice.random() < 0.1:
        entities.append(
            {"industry": "Various", "name": f"About {dice.randint(2, 90)}0 organizations", "type": "Customers"}
        )
    return told


def _rank(dice: random.Random, exponent: float, most: int) -> int:
    """A rank below `most`, drawn by a power law: the smaller the exponent, the longer the tail."""
    return int(10 * (dice.paretovariate(exponent) - 1)) % most
