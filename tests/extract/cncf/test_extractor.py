"""The catalogue of supply-chain compromises: titles, headings in many spellings, the index, what was reached."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutants import check, check_mutants

from kg.extract import choose
from kg.extract.cncf.extractor import CncfExtractor
from kg.extract.cncf.headings import heading_kind
from kg.extract.cncf.names import titled
from kg.extract.cncf.sections import blocks, sections, without_comments
from kg.model import Defect, Document, Role

FOLDER = Path(__file__).resolve().parents[3] / "examples" / "feeds" / "compromises"
PAGE = """# {title}

{description}

## {impact}

{suffered}

## {types}

{kinds}

## {references}

- [Told here](https://news.example.com/alder)
- <https://alder.example.org/x>
"""


def page(name="2031/alder.md", **parts):
    told = {
        "title": "Alder backdoor", "description": "It was changed.", "impact": "Impact", "suffered": "N/A", "types": "Type of compromise",
        "kinds": "Source Code", "references": "References",
    }  # fmt: skip
    return Document(name, PAGE.format(**(told | parts)), "0" * 64)


def incident(**parts):
    (found,) = check(CncfExtractor(), page(**parts))
    return found


def index(*rows, header="| Name | Year | Type of compromise | Link |"):
    return Document("README.md", "\n".join(["# Catalogue", "", header, "|---|---|---|---|", *rows, ""]), "0" * 64)


def names(title, **told):
    return [(one.name, str(one.role)) for one in titled(title, **told)]


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("Alder backdoor", ["Alder"]),
        ("Alder Incident", ["Alder"]),
        ("Alder Source Code Theft", ["Alder"]),
        ("Alder GitHub compromise", ["Alder"]),
        ("Alder's GitHub org compromised", ["Alder"]),
        ("Compromise of Alder Bash Uploader tool", ["Alder"]),
        ("Compromise of npm packages alder and birch", ["alder", "birch"]),
        ("Compromise of NPM package alder-js", ["alder-js"]),
        ("GitHub Ruby on Rails Repository Hack", ["Ruby on Rails"]),
        ("Remote code injection in Alder4j", ["Alder4j"]),
        ("Binaries of the CLI for `alder` compromised", ["alder"]),
        ("npm Libraries ‘alder’ and ‘birch’ Sabotaged by their Maintainer", ["alder", "birch"]),
        ("npm Library ‘alder’ Sabotaged with npm Library ‘birch’ in Protest", ["alder"]),
        ("Malicious maintainer introduces sophisticated backdoor in alder", ["alder"]),
        ("Phishing Attack Targets Customers of Alder Development Platform", ["Alder"]),
        ("Widespread Exploitation of AlderEngine Flaw", ["AlderEngine"]),
        ("Free Software Foundation Website Hack", ["Free Software Foundation"]),
        ("Fedora and Red Hat OpenSSH package signing compromise", ["Fedora", "Red Hat OpenSSH"]),
        ("RubyGems Package Overwrite Flaw", ["RubyGems"]),
        ("The alder-stream vulnerability", ["alder-stream"]),
        ("GitHub Action alder-actions/birch-files compromised", ["alder-actions/birch-files"]),
        ("GitHub repository alder/birch hijacked", ["alder/birch"]),
        ("@alder/birch hijacked", ["@alder/birch"]),
        ("Backdoor in @alder/birch and @alder/cedar", ["@alder/birch", "@alder/cedar"]),
        ("alder/birch compromised", ["alder", "birch"]),
        ("alder / birch compromised", ["alder", "birch"]),
        ("GitHub Actions compromised", ["GitHub Actions"]),
        ("Alder Web3.js: Malicious Code Injection to Compromise keys", ["Alder Web3.js"]),
        ("Alder CI exposed user tokens", ["Alder CI"]),
        ("Alder Desktop App compromise", ["Alder Desktop App"]),
        ("Alder Desktop App Compromise", ["Alder Desktop App"]),
        ("Alder Orion Platform Compromise", ["Alder Orion"]),
        ("Alder Security Incident", ["Alder"]),
        ("Alder Security breach", ["Alder Security"]),
        ("Alder customer secrets theft", ["Alder"]),
        ("Alder customer data theft", ["Alder"]),
        ("Alder Drift OAuth token theft", ["Alder Drift"]),
        ("Alder X Account hacked", ["Alder"]),
        ("Alder Chrome extension compromise", ["Alder"]),
        ("Alder GitHub Action compromised", ["Alder"]),
        ("Alder VS Code extension hijacked", ["Alder"]),
        ("Poisoned Alder Docker image", ["Alder"]),
        ("Chrome extension Alder hijacked", ["Alder"]),
        ("VS Code extension Alder hijacked", ["Alder"]),
        ("Chrome Web Store extension Alder trojanized", ["Alder"]),
        ("WordPress plugin Alder Forms backdoored", ["Alder Forms"]),
        ("Hugging Face model Alder backdoored", ["Alder"]),
        ("GitHub account compromise: alder", ["alder"]),
        ("Expired domain takeover: alder.example", ["alder.example"]),
        ("Malicious versions of Alder published to npm", ["Alder"]),
        ("Outdated dependency in Alder Desk", ["Alder Desk"]),
        ("Alder Desk breached through outdated `birch`", ["Alder Desk"]),
        ("GitHub source code leak", ["GitHub"]),
        ("Docker Hub breach", ["Docker Hub"]),
        ("PyPI server compromise", ["PyPI"]),
        ("PyPI breach exposes user accounts", ["PyPI"]),
        ("RubyGems unauthorized package takeover bug", ["RubyGems"]),
        ("Telegram app backdoor", ["Telegram"]),
        ("How PyPI was hacked", ["PyPI"]),
        ("Docker Hub unauthorized access", ["Docker Hub"]),
        ("Unauthorized access to Docker Hub database", ["Docker Hub"]),
        ("Docker Hub credentials exposed", ["Docker Hub"]),
        ("Alder Database compromise", ["Alder Database"]),
        ("Taken over: alder-stream", ["alder-stream"]),
        ("Alder worm hits Birch Desk", ["Birch Desk"]),
        ("Alder worm infects packages of Cedar Desk", ["Cedar Desk"]),
        ("Alder worm compromised cedar-js", ["cedar-js"]),
        ("Highly Stealthy Group Leverages Alder Supply Chain to Reach Many Victims With BIRCHBURST", ["Alder"]),
        ("Researchers at Elm Labs discover backdoor in Alder SDK", ["Alder"]),
        ("Elm Labs finds malware in Alder SDK", ["Alder"]),
        ("Alder discovers breach", ["Alder"]),
        ("Alder Labs reports data breach of its servers", ["Alder Labs"]),
        ("Keys leak and other confidential material due to a bug in Alder Cloud", ["Alder Cloud"]),
        ("alder_tree RubyGem Breach", ["alder_tree"]),
    ],
)
def test_who_was_broken_into_by_the_title(title, named):
    assert names(title) == [(name, "breached") for name in named]


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("PyPI typosquatting", [("PyPI", "supplier_only")]),
        ("Docker Hub malicious containers", [("Docker Hub", "supplier_only")]),
        ("Third-party (not NPM-maintained) packages hosted by NPM found to have malware", [("NPM", "supplier_only")]),
        ("RubyGems maintainer account compromised", [("RubyGems", "supplier_only")]),
        ("RubyGems account compromise: What Happened", [("RubyGems", "supplier_only")]),
        ("Crates.io phishing leads to package takeover", [("Crates.io", "supplier_only")]),
        ("PyPI maintainers phished", [("PyPI", "supplier_only")]),
        ("Breach of Docker Hub accounts", [("Docker Hub", "supplier_only")]),
        ("Researchers at Elm find over 2400 malicious images in public Docker Hub", [("Docker Hub", "supplier_only")]),
        ("Over 2,400 malicious images in Docker Hub", [("Docker Hub", "supplier_only")]),
        ("Account takeover on Packagist.org", [("Packagist.org", "supplier_only")]),
        ("Compromise of 500 npm packages", [("npm", "supplier_only")]),
        ("Hundreds of npm packages hijacked by self-replicating worm", [("npm", "supplier_only")]),
        ("npm packages hijacked by Grey Heron", [("npm", "supplier_only")]),
        ("Abuse of GitHub repositories as exfiltration store", [("GitHub", "supplier_only")]),
        ("Chrome extension hijacked", [("Chrome", "supplier_only")]),
        ("Alder worm in Open VSX extensions", [("Open VSX", "supplier_only")]),
        ("Alder worm infects npm packages", [("npm", "supplier_only")]),
        ("Alder worm spreads through npm", [("npm", "supplier_only")]),
        ("Alder worm returns", []),
        ("The Alder Grazer Malware", [("Alder Grazer", "other")]),
        ("Trojanized Free Download Player Targets Users", []),
        ("Alder Worm Returns", []),
        ("Worm strikes again", []),
        ("Attack on customer portals", []),
        ("Hacked hospitals", []),
        ("npm account credentials exposed", [("npm", "supplier_only")]),
        ("Outdated alder dependency exploited", [("alder", "supplier_only")]),
        ("Fake Alderbot commits", [("Alderbot", "other")]),
        ("Operation Grey Heron", []),
        ("Operation Grey Heron: Alder Desk", [("Alder Desk", "other")]),
        ("Alder-Birch npm worm", []),
        ("Malware Disguised as Installer used to target a Public Institution", []),
        ("Misconfigured Dev and QA tool compromised", []),
        ("Exploitation of Digital Signing Certificates in Malware Distribution", []),
        ("Repojacking exposed private repositories through supply-chain compromise", []),
        ("AlderGot: using GitHub repositories as exfiltration store", [("AlderGot", "other")]),
        ("", []),
    ],
)
def test_who_was_not(title, found):
    assert names(title) == found


@pytest.mark.parametrize(
    ("title", "hit", "carrier"),
    [
        ("PyPI account compromise: alder", ["alder"], "PyPI"),
        ("npm maintainer account takeover: alder-table", ["alder-table"], "npm"),
        ("npm phishing: alder and birch compromised", ["alder", "birch"], "npm"),
        ("npm account of Alder taken over", ["Alder"], "npm"),
        ("Docker Hub image of Alder backdoored", ["Alder"], "Docker Hub"),
        ("npm supply chain attack: alder and birch", ["alder", "birch"], "npm"),
        ("npm supply-chain attack: alder and birch", ["alder", "birch"], "npm"),
        ("Chrome Web Store: Alder extension hijacked", ["Alder"], "Chrome Web Store"),
        ("Outdated `birch` dependency in Alder Desk", ["Alder Desk"], "birch"),
        ("Outdated `birch` in Alder Desk", ["Alder Desk"], "birch"),
        ("Outdated npm package ‘birch’ in Alder Desk", ["Alder Desk"], "birch"),
        ("Vulnerable birch4j library used by Alder Desk", ["Alder Desk"], "birch4j"),
    ],
)
def test_who_was_hit_through_a_registry_or_an_old_part_and_that_it_was_not(title, hit, carrier):
    assert names(title) == [*((name, "breached") for name in hit), (carrier, "supplier_only")]


@pytest.mark.parametrize(
    ("title", "owners"),
    [
        ("Alder Labs' and Birch Corp's keys stolen", ["Alder Labs", "Birch Corp"]),
        ("Alder's, Birch's, and Elm's keys stolen", ["Alder", "Birch", "Elm"]),
        ("Alder's and Birch Labs' servers hacked", ["Alder", "Birch Labs"]),
        ("Alder, Birch, and Elm compromised", ["Alder", "Birch", "Elm"]),
        ("Alder's and Users' Keys Stolen", ["Alder"]),
        ("Alder's and its users' keys stolen", ["Alder"]),
        ("Alder's GitHub and npm accounts compromised", ["Alder"]),
    ],
)
def test_all_whose_it_is_were_hit(title, owners):
    assert names(title) == [(name, "breached") for name in owners]


@pytest.mark.parametrize(
    ("title", "hit"),
    [
        ("Large backdoor in Elm SDK", "Elm"),
        ("Large backdoor in elm", "elm"),
        ("Mass exploitation of Alder Desk", "Alder Desk"),
        ("Second compromise of Alder", "Alder"),
        ("State-sponsored attack on Alder Labs", "Alder Labs"),
        ("Two-year account takeover of birch-js", "birch-js"),
        ("Stealthy data theft at Alder Labs", "Alder Labs"),
        ("Suspected breach of Alder Labs", "Alder Labs"),
        ("Alleged Alder Labs breach", "Alder Labs"),
        ("Alder denies compromise", "Alder"),
        ("Alder confirms compromise of its website", "Alder"),
        ("Alder Labs' update server hacked", "Alder Labs"),
        ("Alder supply chain attack", "Alder"),
        ("GitHub Actions supply chain attack: alder-actions/birch-files", "alder-actions/birch-files"),
        ("Alder breach of October 2031", "Alder"),
        ("Alder breach of 2031", "Alder"),
        ("Alder leak of Birch Lake BIOS", "Alder"),
        ("Alder attack on small hospitals", "Alder"),
        ("Alder compromise of support system", "Alder"),
        ("alder compromised in AUR", "alder"),
        ("AlderWinds attack on Birch Treasury", "AlderWinds"),
    ],
)
def test_whom_it_befell_stands_behind_the_event_where_no_name_is_before_it(title, hit):
    assert names(title) == [(hit, "breached")]


def test_a_name_before_the_event_that_the_prose_tells_was_hit_is_whom_it_befell():
    assert names("Alder attack on Birch Foods", prose="Alder was hacked.") == [("Alder", "breached")]
    assert names("Alder attack on Birch Foods") == [("Birch Foods", "breached")]


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Northern hackers compromise Alder Labs", [("Northern hackers", "attacker"), ("Alder Labs", "breached")]),
        ("Grey attackers plant malware in Alder SDK", [("Grey attackers", "attacker"), ("Alder", "breached")]),
        ("Hackers breach PyPI", [("PyPI", "breached")]),
        ("Hackers compromise again", []),
        ("Alder hacked by northern hackers", [("Alder", "breached")]),
        ("Alder breach: hackers hit customers", [("Alder", "breached")]),
    ],
)
def test_who_does_something_before_the_event_is_an_attacker(title, found):
    assert names(title) == found


@pytest.mark.parametrize(
    "title",
    [
        "Attempted takeover of Alder Foundation projects", "Failed supply chain attack on Alder Foundation", "Prevented compromise of Alder Foundation",
        "Near-miss at Alder Foundation", "Near miss: Alder Foundation backdoor", "Attempted backdooring of Alder Foundation",
    ],
)  # fmt: skip
def test_nobody_was_broken_into_by_an_attack_in_vain(title):
    assert names(title) == [("Alder Foundation", "other")]


@pytest.mark.parametrize(
    ("title", "sure"),
    [
        ("Suspected breach of Alder", "suspected"),
        ("Alleged backdoor in Alder", "suspected"),
        ("Possible takeover of Alder", "suspected"),
        ("Potential npm account takeover of Alder", "suspected"),
        ("Unconfirmed Alder hack", "suspected"),
        ("Claimed hack of Alder", "claimed"),
        ("Claimed backdoor in Alder", "claimed"),
        ("Failed supply chain attack on Alder", "denied"),
        ("Alder denies compromise", "denied"),
        ("Alder Denies Supply Chain Compromise", "denied"),
        ("Compromise of Alder", "confirmed"),
        ("Alder attack suspected to be work of Northern Lynx", "confirmed"),
        ("Alder Attack Suspected to Be Linked to Lynx", "confirmed"),
        ("Alder hack allegedly by Lynx", "confirmed"),
        ("Suspected Lynx attack on Alder", "confirmed"),
        ("Suspected Lynx supply chain attack on Alder", "confirmed"),
        ("Suspected Alder breach of October 2031", "suspected"),
        ("Suspected Docker image compromise of Alder", "suspected"),
        ("Suspected RCE attack on Alder", "suspected"),
        ("Suspected Massive Attack on Alder", "suspected"),
    ],
)
def test_pages_and_rows_are_as_sure_as_their_titles(title, sure):
    (row,) = check(CncfExtractor(), index(f"| [{title}](2031/alder.md) | 2031 | Source Code | |"))
    for found in (incident(title=title), row):
        assert (str(found.certainty), [party.name for party in found.parties]) == (sure, ["Alder"])
        proof = [one for fact in (*found.parties, *found.types) for one in fact.evidence]
        assert {str(one.certainty) for one in proof} == {sure}


def test_customers_of_a_product_with_an_old_part_use_the_product():
    found = incident(
        title="Outdated `birch` dependency in Alder Desk",
        description="Attackers used it against Alder Desk customers, including Cedar Bank.",
        kinds="Outdated Dependencies",
    )
    assert [(tie.customer, tie.supplier) for tie in found.uses_vendor] == [("Cedar Bank", "Alder Desk")]


def test_whom_it_may_have_reached_is_suspected():
    found = incident(suffered="It is not known whether firms such as Birch were affected.")
    assert [(one.name, str(one.evidence[0].certainty)) for one in found.parties] == [
        ("Alder", "confirmed"),
        ("Birch", "suspected"),
    ]


def test_that_nobody_was_harmed_is_a_note_and_no_impact():
    found = incident(suffered="- Tokens were stolen.\n- No users were affected.")
    assert [one.text for one in found.impacts] == ["Tokens were stolen."]
    assert [note.value for note in found.notes if note.key == "impact"] == ["No users were affected."]


def test_somebody_described_is_unnamed():
    assert [
        (one.name, one.unnamed)
        for title in ("WordPress theme publisher compromised", "Unnamed Maker")
        for one in titled(title)
    ] == [
        ("WordPress theme publisher", True),
        ("Unnamed Maker", True),
    ]


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ({}, [("Alder Mint", "other")]),
        ({"prose": "In May, Alder Mint was hacked."}, [("Alder Mint", "breached")]),
        ({"prose": "Alder Mint, a chat program, was compromised."}, [("Alder Mint", "breached")]),
        ({"urls": ["https://news.example.com/alder-mint-website-hacked-again"]}, [("Alder Mint", "breached")]),
        ({"urls": ["https://aldermint.org/security"]}, [("Alder Mint", "breached")]),
        ({"urls": ["https://github.com/alder-mint/core/issues/1"]}, [("Alder Mint", "breached")]),
        ({"prose": "Alder Mint used typosquatting to fool people."}, []),
        ({"prose": "Alder Mint is a new trojan."}, []),
        ({"urls": ["https://news.example.com/alder-mint-malware-spreads"]}, []),
        ({"urls": ["https://news.example.com/operation-alder-mint"]}, []),
    ],
)
def test_a_bare_name_is_a_victim_or_a_culprit_by_what_is_said_of_it(told, found):
    assert names("Alder Mint", **told) == found


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Impact", "impact"), ("Imapct", "impact"), ("IMPACTS:", "impact"), ("Type of compromise", "types"), ("Type of Compromise", "types"),
        ("Types of compromises", "types"), ("Compromise type", "types"), ("Type of compromize", "types"), ("References.", "references"),
        ("Reference", "references"), ("Refrences", "references"), ("Additional references", "references"), ("Sources", "references"),
        ("Description", "description"), ("What happened", "description"), ("Source Code", ""), ("License", ""), ("", ""),
    ],
)  # fmt: skip
def test_headings_in_many_spellings(heading, kind):
    assert heading_kind(heading) == kind


def test_sections_comments_fences_and_underlined_headings():
    text = without_comments(
        "<!-- ## Impact -->\nAlder\n=====\n\nTold.\n\n```\n## Impact\n```\n\nImpact\n------\n\nBad <!-- not --> things.\n\n### More\n\nand more\n\n## Other\n"
    )
    assert [(one.title, one.kind) for one in sections(text)] == [
        ("", ""),
        ("Alder", ""),
        ("Impact", "impact"),
        ("Other", ""),
    ]
    impact = sections(text)[2]
    assert [block.text for block in blocks(text, impact.start, impact.end)][-1] == "and more"


def test_a_page():
    found = incident(
        title="Compromise of Alder tool",
        description="On May 3, 2031, intruders replaced it. It was noticed on May 9, 2031.",
        impact="Imapct",
        suffered="Companies that ran it, including Birch Robotics, openHemlock and\nCedar Bank, had credentials stolen.\n\n- 40+ software firms\n- 3 national agencies",
        types="Type of Compromise",
        kinds="This fits the [Publishing Infrastructure](../d.md#x) definition, and **Malicious Maintainer**.",
        references="References.",
    )
    assert (found.id, found.feed, found.title) == ("2031/alder", "cncf", "Compromise of Alder tool")
    assert [(party.name, party.role) for party in found.parties] == [
        ("Alder", Role.BREACHED),
        ("Birch Robotics", Role.AFFECTED_DOWNSTREAM),
        ("openHemlock", Role.AFFECTED_DOWNSTREAM),
        ("Cedar Bank", Role.AFFECTED_DOWNSTREAM),
        ("40+ software firms", Role.AFFECTED_DOWNSTREAM),
        ("3 national agencies", Role.AFFECTED_DOWNSTREAM),
    ]
    assert [party.count for party in found.parties[4:]] == [(40, None), (3, 3)]
    assert {tie.supplier for tie in found.uses_vendor} == {"Alder"}
    assert [one.concept for one in found.types] == ["supply-chain-attack"]
    assert [note.value for note in found.notes if note.key == "type of compromise"] == [
        "Publishing Infrastructure",
        "Malicious Maintainer",
    ]
    assert [(one.date.edtf, str(one.what)) for one in found.dates] == [
        ("2031-05-03", "occurred"),
        ("2031-05-09", "discovered"),
    ]
    assert [one.url for one in found.sources] == ["https://news.example.com/alder", "https://alder.example.org/x"]
    assert [one.kind for one in found.impacts] == ["data-loss", "other", "other"]


@pytest.mark.parametrize(
    ("told", "types"),
    [
        ("The developer reported that their account was hijacked.", ["account-takeover"]),
        ("It was done by somebody posing as the maintainer.", ["account-takeover"]),
        ("An account with the right to publish was compromised.", ["account-takeover"]),
        ("Harmful code was injected by the maintainer's compromised account.", ["account-takeover"]),
        ("It was performed by an owner of `alder` deliberately.", ["insider"]),
        ("A rogue developer did it.", ["insider"]),
        ("He sabotaged his own packages.", ["insider"]),
        ("It was noticed by the maintainer.", []),
        ("It was changed.", []),
    ],
)
def test_a_malicious_maintainer_is_who_the_page_says_it_was(told, types):
    found = incident(description=told, kinds="Malicious Maintainer")
    assert [one.concept for one in found.types] == ["supply-chain-attack", *types]
    for one in found.types[1:]:
        assert all(proof.quote in told for proof in one.evidence)
    assert [one.concept for one in incident(description=told).types] == ["supply-chain-attack"]


def test_a_row_says_in_its_title_and_links_who_a_malicious_maintainer_was():
    rows = index(
        "| [alder](2031/alder.md) | 2031 | Malicious Maintainer | [1](https://news.example.com/npm-hijackers-again) |",
        "| [‘birch’ Sabotaged in Protest by their Maintainer](2031/birch.md) | 2031 | Malicious Maintainer | |",
        "| [cedar](2031/cedar.md) | 2031 | Malicious Maintainer | [1](https://news.example.com/cedar) |",
        "| [elm](2031/elm.md) | 2031 | Source Code | [1](https://news.example.com/clipboard-hijacker) |",
    )
    assert [[one.concept for one in found.types[1:]] for found in check(CncfExtractor(), rows)] == [
        ["account-takeover"],
        ["insider"],
        [],
        [],
    ]


def test_what_is_not_applicable_is_no_impact_and_a_type_without_a_word_for_it_is_one():
    found = incident(suffered="N/A", kinds="The platform was reached, and its key.")
    assert found.impacts == ()
    assert [one.concept for one in found.types] == ["supply-chain-attack"]


@pytest.mark.parametrize(
    ("told", "date"),
    [
        ("On January 4, 2031, Alder alerted its customers.", ("2031-01-04", "disclosed")),
        ("On January 4, 2031 Alder told its users that tokens were stolen.", ("2031-01-04", "disclosed")),
        ("Alder said that on January 4, 2031 tokens were stolen.", ("2031-01-04", "occurred")),
        ("The attack that took place on January 4, 2031 hit many users.", ("2031-01-04", "occurred")),
        ("In March 2031, a trojanized version was distributed.", ("2031-03", "occurred")),
    ],
)
def test_what_was_on_a_date(told, date):
    assert [(one.date.edtf, str(one.what)) for one in incident(description=told).dates] == [date]


@pytest.mark.parametrize(
    ("told", "first", "second"),
    [
        ("It was uploaded on May 2, 2031 and detected on May 4, 2031.", "occurred", "discovered"),
        ("The attack took place on May 2, 2031 and was disclosed on May 4, 2031.", "occurred", "disclosed"),
        ("On May 2, 2031 it was uploaded, and on May 4, 2031 somebody noticed.", "occurred", "discovered"),
        ("It was tampered with on May 2, 2031, as Birch reported on May 4, 2031.", "occurred", "disclosed"),
    ],
)
def test_of_two_dates_in_a_sentence_each_has_its_own_words(told, first, second):
    found = incident(description=told).dates
    assert [(one.date.edtf, str(one.what)) for one in found] == [("2031-05-02", first), ("2031-05-04", second)]


@pytest.mark.parametrize(
    ("told", "dates"),
    [
        ("The flaw was disclosed on May 2, 2030 and exploited on May 4, 2031.", [("2030-05-02", "disclosed"), ("2031-05-04", "occurred")]),
        ("It was detected on May 2, 2031, and a patched version was published on May 4, 2031.", [("2031-05-02", "discovered")]),
        ("Alder notified us on May 2, 2031 and confirmed the breach on May 4, 2031.", [("2031-05-02", "disclosed")]),
        ("Birch reported on May 4, 2031 that it had been tampered with on May 2, 2031.", [("2031-05-04", "disclosed"), ("2031-05-02", "occurred")]),
        ("It was detected on May 2, 2031 and published in May 2031.", [("2031-05-02", "discovered"), ("2031-05", "occurred")]),
    ],
)  # fmt: skip
def test_what_came_to_be_known_did_not_occur_later(told, dates):
    assert [(one.date.edtf, str(one.what)) for one in incident(description=told).dates] == dates


def test_a_date_beside_another_that_nothing_tells_of_is_none():
    (one,) = incident(description="It was uploaded on May 2, 2031, May 3, 2031 and so on.").dates
    assert (one.date.edtf, str(one.what)) == ("2031-05-02", "occurred")


def test_a_product_that_the_prose_calls_so_keeps_its_last_word():
    assert (
        incident(title="Alder Web Client Hack", description="The Alder Web Client was bad.").parties[0].name
        == "Alder Web Client"
    )
    assert incident(title="Alder Client Hack", description="Alder Client was bad.").parties[0].name == "Alder Client"
    assert incident(title="Alder Client Hack").parties[0].name == "Alder"


def test_a_name_may_begin_with_the_word_of_an_asset_where_the_prose_has_it_so():
    assert names("Code Alder Incident", prose="The host Code Alder was hit.") == [("Code Alder", "breached")]
    assert names("Code Alder Incident", prose="The code of Alder was changed.") == [("Alder", "breached")]


def test_what_a_page_calls_malware_is_no_victim():
    urls = ["https://a.example/research/alder-grazer-malware-in-projects"]
    assert names("The Alder Grazer Malware", urls=urls) == []


def test_negligence_is_no_break_in():
    assert [
        party.role
        for party in incident(title="NPM Package alder-min Contains Credential Stealer", kinds="Negligence").parties
    ] == [Role.OTHER]


def test_a_page_outside_a_year_has_no_feed_identifier():
    found = incident(name="alder.md")
    assert (found.id, found.feed) == ("alder-backdoor", "")


def test_the_index():
    document = index(
        "| [Alder installer backdoor](2031/alder.md) | 2031 | Publishing Infrastructure <br> Trust and Signing</br> | [1](https://a.example.com/x), [2](https://b.example.com/y) |",
        "| Birch Breach | n/a | Source Code | |",
        "| [Alder again](https://github.com/x/y/blob/main/2031/alder.md) | 2031 | | |",
        "| | 2031 | Source Code | |",
    )
    first, bare, again, nobody = check(CncfExtractor(), document)
    assert (first.id, first.feed, first.number) == ("2031/alder", "cncf", 1)
    assert [(one.date.edtf, str(one.what)) for one in first.dates] == [("2031", "occurred")]
    assert [(note.value, note.evidence[0].quote) for note in first.notes[:2]] == [
        ("Publishing Infrastructure", "Publishing Infrastructure"),
        ("Trust and Signing", "Trust and Signing"),
    ]
    assert [one.url for one in first.sources] == ["https://a.example.com/x", "https://b.example.com/y"]
    assert (bare.id, bare.feed, bare.dates) == ("birch-breach", "", ())
    assert (again.place, again.reason) == ("row 3", "repeats row 1")
    assert isinstance(nobody, Defect)


def test_a_page_and_its_row_are_one_incident(build):
    files = {path.relative_to(FOLDER).as_posix(): path.read_bytes() for path in sorted(FOLDER.rglob("*.md"))}
    graph = build(files)
    assert graph.report.incidents == 5
    told = graph.query(
        "SELECT ?i (GROUP_CONCAT(DISTINCT ?d) AS ?ds) { ?i a bkg:Incident ; dct:identifier '2031/tidepool-cli' ; bkg:occurred ?d } GROUP BY ?i"
    ).rows
    assert len(told) == 1
    assert sorted(str(told[0][1]).split()) == ["2031", "2031-05-03"]


@pytest.mark.parametrize(
    "text",
    [
        "# License\n\n## Source Code\n\nMIT\n\n## Documentation\n\nCC\n",
        "# Advisory\n\n## Impact\n\nBad.\n\n## References\n\n- https://a.example.com\n",
        "# Definitions\n\n## Dev Tooling\n\nTools.\n\n## Negligence\n\nNone.\n",
        "| Customer | Sub-processor |\n|---|---|\n| A | B |\n",
        "| Name | Year |\n|---|---|\n| A | 2020 |\n",
        "type of compromise, impact\n",
        "",
    ],
)
def test_other_documents_are_left_alone(text):
    assert not CncfExtractor().recognizes(Document("x.md", text, "0"))


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.md")), ids=lambda path: path.name)
def test_the_examples_are_taken_for_nothing_else(path):
    document = Document(path.relative_to(FOLDER).as_posix(), path.read_text("utf-8"), "0")
    assert choose(document).name == "cncf"
    check(CncfExtractor(), document)


@given(st.text("Aa b'`’s:#\n-|*[]()<>/.0", max_size=60))
def test_any_title_and_text_is_read(text):
    check(
        CncfExtractor(), page(title=text, description=text, suffered=text, kinds=text, references=text or "References")
    )
    check(
        CncfExtractor(),
        index(f"| {text} | {text} | {text} | {text} |", f"| [{text}](2031/a.md) | 2031 | {text}<br>{text} | |"),
    )


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.md")), ids=lambda path: path.name)
def test_a_hundred_mutants(path):
    check_mutants(CncfExtractor(), path.relative_to(FOLDER).as_posix(), path.read_bytes(), 100, seed=8)


def test_a_page_with_front_matter_and_a_smaller_title():
    text = "---\ntitle: Elm\n---\n## Alder hack\n\nIt was.\n\n## Impact\n\n- 2,000 downloads\n- 30 companies\n\n## Type of compromise\n\nNegligence\n"
    (one,) = CncfExtractor().extract(Document("alder.md", text, "0"))
    assert (one.title, [note.value for note in one.notes if note.key == "Alder hack"]) == ("Alder hack", ["It was."])
    assert [party.name for party in one.parties if party.unnamed_group] == ["30 companies"]
    assert "title: Elm" not in str(one.notes)


def test_an_index_that_is_no_markdown():
    text = "Name,Year,Type of compromise,Link\nAlder,2024,Dev Tooling,https://a.example/x\n"
    assert CncfExtractor().recognizes(Document("index.csv", text, "0"))
    (one,) = CncfExtractor().extract(Document("index.csv", text, "0"))
    assert (one.title, [date.date.edtf for date in one.dates]) == ("Alder", ["2024"])
    assert not CncfExtractor().recognizes(Document("t.csv", "Name,Year,Attack\nAlder,2024,x\n", "0"))
