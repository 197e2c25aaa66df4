from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.actions import classify, classify_all
from kg.vocabulary import concepts

POSTS = Path(__file__).parent.parent / "data" / "posts"
TOLD = sorted(
    {
        (done["text"], done["key"], done["action"] or "")
        for path in POSTS.glob("*.expected.json")
        for post in json.loads(path.read_text("utf-8"))["posts"]
        for done in post["response"]
    }
)


@pytest.mark.parametrize(("text", "key", "action"), TOLD, ids=[text[:40] for text, _, _ in TOLD])
def test_the_responses_of_posts(text, key, action):
    assert classify(text, key) == action


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Suspended collaboration with Mercor", "suspend-supplier"),
        ("Terminated its contract with the vendor", "end-supplier"),
        ("Acme cut its connections to Fir", "suspend-supplier"),
        ("Acme disconnected every Fir integration", "suspend-supplier"),
        ("Cut connections to the internet", ""),
        ("Rotated passwords for all PowerSource accounts", "reset-credentials"),
        ("Powered down the servers", "shut-down-systems"),
        ("Notified affected districts", "notify-victims"),
        ("Notification letters on behalf of clients", "notify-victims"),
        ("No official statement", ""),
        ("No ransom was paid", "refuse-ransom"),
        ("Stopped using the vendor", "end-supplier"),
        ("Informed several vendors", "notify-organizations"),
        ("Rotated all API keys", "revoke-tokens"),
        ("Forced a reset of all passwords", "reset-credentials"),
        ("Revoked the vendor's access to the ticketing system", "suspend-access"),
        ("Terminated use of Acme, expanded security reviews", "end-supplier"),
        ("Ensured all firewall devices are patched", "patch"),
        ("Added firewall rules", "block-traffic"),
        ("Denied any data was stolen", ""),
        ("Denied access to the network", "block-traffic"),
        ("Notified affected providers", "notify-organizations"),
        ("Locked down affected systems", "shut-down-systems"),
        ("Affected hosts isolated", "shut-down-systems"),
        ("Forced isolation of systems", "shut-down-systems"),
        ("Servers taken offline and backups secured", "shut-down-systems"),
        ("Systems offline until backups verified", "shut-down-systems"),
        ("Northwind Limited isolated its network", "shut-down-systems"),
        ("Accounts compromised isolated and reset", "shut-down-systems"),
        ("Isolated backup servers", "shut-down-systems"),
        ("Restored two plants from offline backups", "restore-systems"),
        ("Restored from offline encrypted backups", "restore-systems"),
        ("Restored servers from an isolated backup", "restore-systems"),
        ("Rebuilt systems in an isolated environment", "restore-systems"),
        ("Deployed isolated backups", ""),
        ("Implemented offline backups", ""),
        ("Took its servers offline", "shut-down-systems"),
        ("Declined to pay", "refuse-ransom"),
        ("Paid a ransom of 75 bitcoin", "pay-ransom"),
        ("Offered two years of credit monitoring", "offer-credit-monitoring"),
        ("Notified affected individuals by letter", "notify-victims"),
        ("Notified its business customers", "notify-organizations"),
        ("Informed the FBI", "notify-law-enforcement"),
        ("Filed with the attorney general", "notify-regulator"),
        ("Engaged Mandiant", "engage-forensics"),
        ("Restored from backups", "restore-systems"),
        ("Patched the flaw", "patch"),
        ("Went back to paper", "manual-workaround"),
        ("Took swift action", ""),
        ("No-cost credit monitoring", "offer-credit-monitoring"),
        ("Halted production while working with experts", "halt-operations"),
        ("Did not renew compromised certificates", "rotate-certificate"),
        ("Powered affected servers down", "shut-down-systems"),
        ("Notified residents of several districts", "notify-victims"),
        ("CISO parted ways", ""),
        ("Paused print jobs with Larkfield Mailing", ""),
        ("Sent mailings to members", "notify-victims"),
        ("Mailings to affected members", "notify-victims"),
        ("Withdrew the faulty update", "patch"),
        ("Rolled back the faulty update", "patch"),
        ("Withdrew its statement", "withdraw-report"),
        ("Withdrew funds from the accounts", ""),
        ("Customers advised to reset their passwords", "issue-guidance"),
        ("Recommended that users change their passwords", "issue-guidance"),
        ("Password resets recommended", "issue-guidance"),
        ("Followed recommendations to reset credentials", "reset-credentials"),
        ("Reset passwords and advised customers to enable MFA", "reset-credentials"),
        ("Required all users to reset their passwords", "reset-credentials"),
        ("Bucket secured", "patch"),
        ("Backups secured", ""),
        ("Data secured in a database", ""),
        ("Portal disconnected", "shut-down-systems"),
        ("App disconnected", "suspend-access"),
        ("Accounts disabled by the attackers", ""),
        ("Deactivated the compromised credential", "revoke-tokens"),
        ("Hello", ""),
    ],
)
def test_words_alone(text, action):
    assert classify(text) == action


@pytest.mark.parametrize(
    ("text", "actions"),
    [
        ("Notified affected individuals and regulators", ("notify-victims", "notify-regulator")),
        ("Informed customers, police and the ICO", ("notify-law-enforcement", "notify-regulator")),
        ("Notified local and federal law enforcement", ("notify-law-enforcement",)),
        ("Notified the Department of Health and Human Services (HHS)", ("notify-regulator",)),
        ("Restored ordering by telephone and e-mail first", ("restore-systems",)),
        ("Two years of credit monitoring and letters", ("offer-credit-monitoring",)),
        ("Hello", ("",)),
    ],
)
def test_several_who_were_told(text, actions):
    assert classify_all(text) == actions


def test_the_field_helps_where_the_words_say_only_yes():
    assert classify("Yes", "law_enforcement_notified") == "notify-law-enforcement"
    assert classify("True", "enhanced_monitoring") == "improve-security"
    assert classify("Yes", "containment_measures") == ""
    assert classify("No statement", "communication_strategy") == ""
    assert classify("Press release", "communication_strategy") == "notify-victims"
    assert classify("Hello", "recovery_measures") == "restore-systems"


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Public denial", ""),
        ("Declined to comment", ""),
        ("Statement denying that data was taken", ""),
        ("Did not respond to questions", ""),
        ("Disclosed the breach, declined to comment further", "notify-victims"),
        ("Notified users whose transactions were declined", "notify-victims"),
    ],
)
def test_who_denies_it_or_keeps_silent_tells_no_victim(text, action):
    assert classify(text, "communication_strategy") == action


@given(st.text(max_size=80), st.sampled_from(["", "recovery_measures", "third_party_assistance", "unheard_of"]))
def test_every_answer_is_a_concept(text, key):
    assert classify(text, key) in {"", *concepts("action-type")}


@pytest.mark.parametrize("text", ["suspend " * 20_000, "notif" * 20_000, "take the " * 20_000, "x" * 200_000])
def test_no_text_takes_long(text):
    begin = time.process_time()
    classify(text)
    assert time.process_time() - begin < 20
