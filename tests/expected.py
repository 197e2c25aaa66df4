"""Holds extracted posts against `*.expected.json` files: what the file lists must come out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

STATUS = {
    "Ongoing": "ongoing",
    "Contained": "ongoing",
    "Closed": "closed",
    "Completed": "closed",
    "Resolved": "closed",
    None: "unknown",
}


def differences(wanted: dict[str, Any], record: dict[str, Any]) -> Iterator[str]:
    """Yield each way in which a record (as `kg extract` prints it) falls short of an expected post."""
    plain = {
        "incident": (wanted["incident_id"], record["incident"]),
        "linkids": (wanted["linkids"], record["identifiers"].get("rankiteo", [])),
        "types": (wanted["types"], record["types"]),
        "title": (wanted["title"], record["title"]),
        "status": (STATUS[wanted["investigation_status"]], record["status"]),
        "incomplete": (not wanted["complete"], record["incomplete"]),
        "data types": (
            [(d["text"], d["concept"]) for d in wanted["data_types"]],
            [(d["text"], d["concept"]) for d in record["data_types"]],
        ),
        "date": (wanted["date"]["edtf"] in [d["edtf"] for d in record["dates"]], True),
        "techniques": (wanted.get("mitre", []), record["techniques"]),
        "threat actors": ([wanted["threat_actor"]] if "threat_actor" in wanted else [], record["threat_actors"]),
        "sources": (
            sorted((s["name"] or "", s["url"] or "") for s in wanted["sources"]),
            sorted((s["publisher"] or "", s["url"] or "") for s in record["sources"]),
        ),
        "responses": (
            [(r["key"], r["action"], r["text"]) for r in wanted["response"]],
            [(r["key"], r["action"], r["text"]) for r in record["responses"] if r["key"]],
        ),
    }
    for what, (expected, got) in plain.items():
        if expected != got:
            yield f"{what}: wanted {expected!r}, got {got!r}"
    scores = {a["scale"].removeprefix("rankiteo-"): a["score"] for a in record["assessments"]}
    for scale in ("severity", "impact"):
        value = wanted[scale] and wanted[scale]["value"]
        if value != scores.get(scale):
            yield f"{scale}: wanted {value!r}, got {scores.get(scale)!r}"
    yield from _parties(wanted, record)
    yield from _relations(wanted, record)
    for count in wanted.get("record_counts", []):
        if not any(
            (c["low"], c["high"], c["unit"]) == (count["low"], count["high"], count["unit"])
            for c in record["record_counts"]
        ):
            yield f"record count: wanted {count!r}, got {record['record_counts']!r}"


def _parties(wanted: dict[str, Any], record: dict[str, Any]) -> Iterator[str]:
    got = {party["name"]: party for party in record["parties"]}
    for party in wanted["parties"]:
        found = got.get(party["name"])
        if found is None:
            yield f"party {party['name']!r} is missing among {sorted(got)}"
            continue
        for field in ("role", "industry", "is_vendor"):
            # The files call a vendor what the post lists as one; a vendor without any customer is no supplier of the record.
            if field == "is_vendor" and not any(r["supplier"] == party["name"] for r in wanted["uses_vendor"]):
                continue
            if party[field] != found[field]:
                yield f"{party['name']}: {field} wanted {party[field]!r}, got {found[field]!r}"
        if party.get("unnamed_group", False) != found["unnamed_group"]:
            yield f"{party['name']}: unnamed_group is {found['unnamed_group']}"
        if "count" in party and party["count"] not in (found["count"] or []):
            yield f"{party['name']}: count wanted {party['count']}, got {found['count']}"


def _relations(wanted: dict[str, Any], record: dict[str, Any]) -> Iterator[str]:
    got = {(r["customer"], r["supplier"]): r["status"] for r in record["uses_vendor"]}
    for relation in wanted["uses_vendor"]:
        pair = (relation["customer"], relation["supplier"])
        if got.get(pair) != relation["status"]:
            yield f"{pair[0]} uses {pair[1]}: wanted {relation['status']}, got {got.get(pair)}"
