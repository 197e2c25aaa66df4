"""How sure an entry is: denied, claimed, possible, or told outright."""

from __future__ import annotations

import pytest

from kg.extract.happening import certainty


@pytest.mark.parametrize(
    ("summary", "sure"),
    [
        ("The college denied claims of a data breach", "denied"),
        ("Claimed by a hacker, the college denies that it was breached", "denied"),
        ("Aldgate College has denied any breach of its systems", "denied"),
        ("Denies breach", "denied"),
        ("Aldgate College at first denied the breach, and later confirmed it", "confirmed"),
        ("Aldgate College was breached; it denied ransom was paid", "confirmed"),
        ("The hackers denied the breach", "confirmed"),
        ("The Kremlin denied the attack on the ministry", "confirmed"),
        ("Insurer denied the claims after a data breach", "confirmed"),
        ("Listed on the leak site of Akira, unconfirmed", "claimed"),
        ("Akira claimed an attack on the college; not confirmed", "claimed"),
        ("Group claims to have hacked the college", "claimed"),
        ("A group claimed to have broken into six portals and stolen files", "claimed"),
        ("The group claimed to have stolen data; the college confirmed the breach", "confirmed"),
        ("Akira claims breach of Aldgate College", "claimed"),
        ("Attack claimed by Mudlark", "claimed"),
        ("Akira claimed the attack, which the college confirmed", "confirmed"),
        ("The gang claimed 3,000 victims, whose servers were encrypted", "confirmed"),
        ("Insurance claims data breach exposed 3,000 people", "confirmed"),
        ("Claims processor breached by hackers", "confirmed"),
        ("Possible data breach at the college, under investigation", "suspected"),
        ("Possible cyber attack on the college", "suspected"),
        ("The college confirmed a possible breach of its mail server", "suspected"),
        ("Some residents who made claims may have had personal data stolen, officials said", "suspected"),
        ("Unconfirmed reports of a breach", "suspected"),
        ("It is not yet confirmed whether it was breached", "suspected"),
        ("Hackers breached the college; students may have had personal data stolen", "confirmed"),
        ("Hackers reached a server, gaining access. A database was possibly compromised", "confirmed"),
        ("A ransomware attack may have exposed the records of students", "confirmed"),
        ("The college suffered an attack; it is not confirmed that data was stolen", "confirmed"),
        ("The college was hacked; it has not confirmed how many records were taken", "confirmed"),
        ("Data breach under investigation", "confirmed"),
        ("University denies data breach", "denied"),
        ("College denies breach claims", "denied"),
        ("School district denies it was hacked", "denied"),
        ("Hacker group denies breach", "confirmed"),
        ("Ruritania denies attack on the ministry", "confirmed"),
        ("University denies ransom was paid after data breach", "confirmed"),
        ("Ransomware attack shut schools, data listed on leak site", "confirmed"),
        ("Hackers stole 3 TB of data and listed it on their leak site", "confirmed"),
        ("DDoS attack took down website, claimed by Mudlark", "confirmed"),
        ("City network shut down; Mudlark claimed the attack", "confirmed"),
        ("Ransomware encrypted servers; Mudlark claimed the attack", "confirmed"),
        ("Ransomware attack on county; Mudlark claims responsibility", "confirmed"),
        ("Attack encrypted servers; Mudlark allegedly behind it", "confirmed"),
        ("Hackers attacked the college; records may have been accessed", "confirmed"),
        ("Attack knocked systems offline; officials have not confirmed that data was stolen", "confirmed"),
        ("Officials have not confirmed whether ransom was paid after attack encrypted servers", "confirmed"),
        ("Mudlark claimed the attack and the college confirmed it", "confirmed"),
        ("Mudlark claims it hacked the college and stole 3 TB of data", "claimed"),
        ("Hacktivists claimed the attack on the college", "claimed"),
        ("Mudlark claimed the attack; the college has yet to confirm it", "claimed"),
        ("Data of the college listed on the leak site of Mudlark; nothing confirmed", "claimed"),
        ("Data breach at the college; not confirmed", "suspected"),
        ("Breach of the college has not been confirmed", "suspected"),
        ("A ransomware attack allegedly hit the college", "suspected"),
        ("Possible data breach; officials confirmed they are investigating", "suspected"),
    ],
)
def test_what_a_summary_leaves_open_is_not_confirmed(summary, sure):
    assert str(certainty(summary, ["Aldgate College"])) == sure


@pytest.mark.parametrize(
    "summary",
    [
        "Company confirmed it was not breached.",
        "College says it was not hacked",
        "School district says it has never suffered a ransomware attack",
        "Aldgate College wasn’t hacked.",
        "Aldgate College’s systems were not compromised, it said.",
        "Company confirmed that there was no breach of its systems.",
        "Officials found no breach after reports of stolen data",
        "No breach occurred.",
        "No breach, says the college",
        "The breach was a hoax.",
        "Reports of a data breach turned out to be false.",
        "Claims that Aldgate College was hacked are fake.",
        "Fake breach claims",
        "Hackers claim to have breached it; the company confirmed that its systems were not compromised.",
        "Hackers claim to have breached it and posted samples; the company said there was no breach.",
        "In a statement on Monday, the company said it was not hacked.",
        "After an investigation, the college said it was not hacked.",
        "CEO Jane Dill said there was no breach.",
        "The company said there was no breach and that customer data is safe.",
    ],
)
def test_a_denial_in_any_words_is_one(summary):
    assert certainty(summary, ["Aldgate College"]) == "denied"


@pytest.mark.parametrize(
    "summary",
    [
        "The college was not only hacked but its data sold",
        "The college says it was not hacked by Mudlark; the breach came from inside",
        "The college initially said it was not hacked.",
        "The college said it was not hacked, and later confirmed it.",
        "The college said it was not hacked; a laptop was lost",
        "The college said it was not hacked but that an employee leaked files",
        "The college said there was no breach of its systems: a vendor had sent the files",
        "Employee emailed records of 5,000 patients to the wrong person. The company was not hacked.",
        "Documents with records of patients were found in a dumpster, the hospital was not hacked.",
        "Attackers wiped 40 servers and demanded a ransom. The company said there was no data breach.",
        "A former employee sold records of 5,000 patients. The hospital said it was not hacked.",
        "The company said it was not hacked: a bug showed users the data of other users",
        "After a clerk viewed records, the company said it was not hacked.",
        "Laptop missing. The company was not hacked.",
        "Its own systems were not hacked; the files were held by Brine",
        "The college said that no exam papers were breached",
        "The college said there was no breach of exam papers",
        "Officials say no exam papers were breached during a ransomware attack",
        "Fake breach notices were mailed",
        "The vendor was not breached.",
    ],
)
def test_who_denies_a_part_or_another_way_denies_no_incident(summary):
    assert certainty(summary, ["Aldgate College"]) == "confirmed"


@pytest.mark.parametrize(
    "summary",
    [
        "Hackers claim to have breached the college; it found no evidence of a breach.",
        "Hackers claim to have breached the college; the college says its own systems were not hacked.",
    ],
)
def test_what_is_no_denial_outright_leaves_a_claim_a_claim(summary):
    assert certainty(summary, ["Aldgate College"]) == "claimed"


@pytest.mark.parametrize(
    ("summary", "sure"),
    [
        ("Attempted attack repelled, no data accessed", "denied"),
        ("An attempted ransomware attack was thwarted; no data was stolen", "denied"),
        ("The attack was blocked and data was never exposed", "denied"),
        ("Foiled hack of Aldgate College", "denied"),
        ("Attempted attack shut down the network", "confirmed"),
        ("Hackers stole files after an attempted attack", "confirmed"),
        ("The college failed to detect the breach", "confirmed"),
        ("Ransomware attack prevented exams", "confirmed"),
        ("Phishing attack, no data accessed", "confirmed"),
        ("Cyberattack blocked the hospital system on Friday", "confirmed"),
        ("Allegedly hacked; a database with no password exposed customers", "confirmed"),
        ("No data stolen", "confirmed"),
    ],
)
def test_an_attack_in_vain_did_not_happen_where_nothing_else_is_told(summary, sure):
    assert certainty(summary, ["Aldgate College"]) == sure
