"""Titles of leak-site posts: what is no victim, what is nobody's name, names with domains in them, lists of domains."""

from __future__ import annotations

import pytest

from kg.extract.leak_site.title import read_title


def victims(title, group="mudlark"):
    return [(one.name, one.domain) for one in read_title(title, group).victims]


@pytest.mark.parametrize(
    ("title", "group"),
    [
        ("Press Releases", "mudlock3"),
        ("ML Backend Leaks", "mudlock3"),
        ("Mudlock Decryption Keys", "mudlock3"),
        ("Mudlock Bug Bounty", "mudlock3"),
        ("Arrest in Poland", "mudlock3"),
        ("US Indictments", "mudlock3"),
        ("Account Closures", "mudlock3"),
        ("Affiliate infrastructure down", "mudlock3"),
        ("THIS WEBSITE HAS BEEN SEIZED", "elk"),
        ("Announcement. ElkLives.", "elk"),
        ("Project closure and free decryption software for affected companies", "elk"),
        ("Project is closed", "elk"),
        ("We are looking for partners and access brokers", "elk"),
        ("How to buy data?", "elk"),
        ("To our dear friends from FBI", "elk"),
        ("Dear companies", "elk"),
        ("We are hiring", "elk"),
        ("News and Links page", "elk"),
        ("Elk ransomware seized", "elk"),
        ("Shutdown and goodbye", "elk"),
    ],
)
def test_talk_of_the_group_and_of_those_who_hunt_it_is_no_victim(title, group):
    told = read_title(title, group)
    assert told.victims == []
    assert "names no victim" in told.reason


@pytest.mark.parametrize(
    ("title", "group"),
    [
        ("Victim Support Scotland", "elk"),
        ("Press Ganey Partners", "elk"),
        ("Play Sports Group", "play"),
        ("Royal Dirkzwager", "royal"),
        ("Cactus Data", "cactus"),
        ("Akira Software", "akira"),
        ("Blackhawk Data Recovery", "blackbasta"),
        ("Data Recovery Software", "elk"),
        ("Closure Systems International", "elk"),
        ("Sanctions Lab", "elk"),
        ("Our Community Services", "elk"),
        ("Free Access Project", "elk"),
        ("Watership Down", "elk"),
    ],
)
def test_organizations_share_words_with_gangs_and_announcements(title, group):
    assert victims(title, group) == [(title, "")]


@pytest.mark.parametrize(
    "title",
    [
        "[REDACTED]",
        "[REDACTED] Hospital",
        "Company name redacted",
        "Name of company hidden",
        "Company Name Withheld",
        "Hidden",
        "TBA",
        "Anonymous victim",
        "Private company",
        "US Company #3",
        "Company 12",
        "An Insurance Company",
        "A British Financial Company",
        "A company in Germany",
        "italian company",
        "Se_______ Co",
        "Se----- Co",
        "M... Corporation",
    ],
)
def test_placeholders_masks_and_descriptions_are_nobodys_names(title):
    (one,) = read_title(title, "mudlark").victims
    assert (one.name, one.domain, one.hidden) == (title, "", True)


@pytest.mark.parametrize(
    "title",
    [
        "Hidden Valley Ranch",
        "Anonymous Content",
        "Private Bank of Alder",
        "Route Company 66",
        "Chemical Company",
        "American Business Company",
        "A Plus Roofing Company",
        "An Phat Company",
        "So... Good Foods",
        "AT&T",
    ],
)
def test_names_with_such_words_are_names(title):
    (one,) = read_title(title, "mudlark").victims
    assert (one.name, one.hidden) == (title, False)


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("gadget.io Inc.", ("gadget.io Inc.", "gadget.io")),
        ("Tires.com, Inc.", ("Tires.com, Inc.", "tires.com")),
        ("hotelbooker.com GmbH", ("hotelbooker.com GmbH", "hotelbooker.com")),
        ("Drinks.com Group", ("Drinks.com Group", "drinks.com")),
        ("Drinks.com Services LLC", ("Drinks.com Services LLC", "drinks.com")),
        ("DRINKS.COM - HACKED AND MORE THEN 2000 GB DATA LEAKED", ("DRINKS.COM", "drinks.com")),
        ("PAGES CREATION: DRINKS.COM", ("DRINKS.COM", "drinks.com")),
        ("brenner.de (Brenner AG)", ("Brenner AG", "brenner.de")),
        ("Barnes & Noble.com", ("Barnes & Noble.com", "")),
        ("Alder, Inc., alder.com", ("Alder, Inc.", "alder.com")),
        ("Alder Group (alder.com, alder.de)", ("Alder Group", "alder.com")),
    ],
)
def test_a_name_may_be_made_of_a_domain(title, found):
    assert victims(title) == [found]


@pytest.mark.parametrize(
    "title",
    [
        "alpha.com, beta.de",
        "alpha.com,beta.de",
        "alpha.com & beta.de",
        "alpha.com and beta.de",
        "alpha.com / beta.de",
        "alpha.com; beta.de",
    ],
)
def test_each_domain_of_a_list_is_a_victim(title):
    assert victims(title) == [("alpha.com", "alpha.com"), ("beta.de", "beta.de")]


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("alphatools.com / betatools.com / Gamma Tools", {("alphatools.com",) * 2, ("betatools.com",) * 2, ("Gamma Tools", "")}),
        ("alphatools.com & Beta Group", {("alphatools.com",) * 2, ("Beta Group", "")}),
        ("Beta Group - beta.com - beta.de", {("Beta Group", "beta.com")}),
        ("Beta Group / beta.com", {("Beta Group", "beta.com")}),
        ("Smith & Jones smithjones.com", {("Smith & Jones", "smithjones.com")}),
    ],
)  # fmt: skip
def test_a_name_in_a_list_has_none_of_the_other_domains(title, found):
    assert set(victims(title)) == found


@pytest.mark.parametrize(
    "title",
    [
        "Orion Care Group (formerly Virgo Care)",
        "Orion Care Group (f/k/a Virgo Care)",
        "Orion Care Group, formerly known as Virgo Care",
        "Orion Care Group formerly Virgo Care",
        "Orion Care Group (formerly Virgo Care) (USA)",
        "Orion Care Group formerly Virgo Care - 50GB",
    ],
)
def test_a_former_name_is_no_part_of_the_name(title):
    (one,) = read_title(title, "mudlark").victims
    assert (one.name, one.former) == ("Orion Care Group", "Virgo Care")


@pytest.mark.parametrize("part", ["PART1", "part 2", "2nd part", "vol3", "FILES PART 3"])
@pytest.mark.parametrize("between", [" - ", " | ", " "])
def test_which_part_of_the_files_it_is_names_nobody(part, between):
    if (part, between) != ("FILES PART 3", " "):
        assert victims(f"ALDER.COM{between}{part}") == [("ALDER.COM", "alder.com")]


@pytest.mark.parametrize("name", ["Data4", "Volume9", "Magnet", "Part2 Partners"])
def test_numbers_may_be_glued_to_a_name(name):
    assert victims(name) == [(name, "")]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Alder fails to file with the court.. so we do it for them + 24 hours to pay", "Alder"),
        ("Alder claimed as a victim - but we'll extort Birch, one of their clients", "Alder"),
        ("Bank of Alder has not paid us for the data", "Bank of Alder"),
        ("Alder Inc refused to pay, so here is the data", "Alder Inc"),
        ("Bank of the West and sons of pioneers", "Bank of the West and sons of pioneers"),
    ],
)
def test_a_sentence_is_about_its_subject(title, name):
    assert victims(title) == [(name, "")]


def test_a_sentence_about_the_group_names_nobody():
    assert victims("We have decided to publish everything for free") == []
    assert victims("They have decided not to pay us so we leak") == []
    assert victims("Mudlark is officially back and will continue to work") == []


@pytest.mark.parametrize("title", ["Orion Care (previously published)", "Orion (formerly a unit of Virgo)"])
def test_what_was_before_is_not_always_a_name(title):
    assert [one.former for one in read_title(title, "mudlark").victims] == [""]


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Brix Foods (linkedin.com/company/brix-foods)", ("Brix Foods", "")),
        ("Brix Foods - zoominfo.com", ("Brix Foods", "")),
        ("LinkedIn (linkedin.com)", ("LinkedIn", "linkedin.com")),
        ("linkedin.com", ("linkedin.com", "linkedin.com")),
        ("brix.wixsite.com", ("brix.wixsite.com", "")),
    ],
)
def test_an_address_that_many_share_is_nobodys_domain(title, found):
    assert victims(title) == [found]


def test_a_page_about_somebody_names_nobody():
    (one,) = read_title("https://www.zoominfo.com/c/lark-homes/123", "mudlark").victims
    assert (one.hidden, one.domain) == (True, "")


@pytest.mark.parametrize(
    "title",
    [
        "Big hospital in Texas",
        "A German clinic",
        "access to german bank",
        "FOR SALE: access to big US insurance company",
        "Large US manufacturer (200M revenue)",
    ],
)
def test_who_is_only_described_is_not_named(title):
    assert [one.hidden for one in read_title(title, "elk").victims] == [True]


@pytest.mark.parametrize(
    "title",
    [
        "Boston hospital",
        "US Bank",
        "Bank of Texas",
        "German Hospital",
        "Clinic 360",
        "Alder (3M)",
        "Boston medical center",
        "Medical university",
        "arab bank",
        "the american university",
    ],
)
def test_who_is_called_by_its_town_is_named(title):
    assert [(one.name, one.hidden) for one in read_title(title, "elk").victims] == [(title, False)]


@pytest.mark.parametrize(
    ("title", "group"),
    [
        ("We are hiring negotiators", "elk"),
        ("Why you should pay", "elk"),
        ("We're hiring negotiators", "elk"),
        ("Join our team", "elk"),
        ("Our position on the attack on the pipeline", "elk"),
        ("Website is under construction", "elk"),
        ("Hacktivists are not welcome", "elk"),
        ("M0dlark is not involved", "modlark"),
        ("Selling access to a Canadian bank", "elk"),
        ("The data will be published tomorrow", "elk"),
    ],
)
def test_what_is_written_as_a_sentence_is_no_victim(title, group):
    assert victims(title, group) == []
    assert victims(f"alder.com - {title}", group) == [("alder.com", "alder.com")]


@pytest.mark.parametrize(
    "name",
    [
        "We Are Social",
        "we are social ltd",
        "Our Next Energy",
        "Join the Movement Inc",
        "Why Not Productions",
        "Life is Good",
        "Under Armour",
        "Corporate Access Inc",
        "Test Equipment Inc",
        "1-800-Flowers",
        "adidas",
        "bank of alder",
        "companhia do brasil",
        "US dry cleaning services",
        "Will county clerk",
        "marel.is group ehf",
        "Homes for Sale",
        "Shop For Sale",
        "Test10",
        "us radiology specialists",
        "toys r us",
        "your parking space",
        "this old house",
    ],
)
def test_names_with_words_of_sentences_are_names(name):
    assert [one.name for one in read_title(name, "elk").victims] == [name]


@pytest.mark.parametrize(
    "title",
    [
        "Under maintenance",
        "Under construction",
        "Corporate access for sale",
        "Network access for sale",
        "Message to the FBI",
        "Message for Alder Post negotiators",
    ],
)
def test_states_of_a_site_offers_and_messages_to_others_name_no_victim(title):
    assert victims(title) == []


@pytest.mark.parametrize(
    "title",
    [
        "Apology to Alder",
        "Message to Alder",
        "Data of Alder for sale",
        "Alder access for sale",
        "ALDER FOR SALE",
        "Alder Access For Sale",
    ],
)
def test_whom_a_group_speaks_to_and_whose_data_it_offers_is_a_victim(title):
    assert [name.casefold() for name, _ in victims(title)] == ["alder"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Letter to Alder pipeline", "Alder pipeline"),
        ("Message to adidas", "adidas"),
        ("Message to Nova Alderska banka", "Nova Alderska banka"),
        ("Global Access hacked!", "Global Access"),
    ],
)
def test_a_name_may_end_in_any_word(title, name):
    assert [found for found, _ in victims(title)] == [name]


@pytest.mark.parametrize(
    "title",
    [
        "alder.com / full leak / passwords",
        "alder.com / Passwords",
        "alder.com | invoices",
        "EXCLUSIVE! alder.com",
        "alder.com-FILES-PART1",
        "alder.com-files",
    ],
)
def test_what_was_taken_and_how_it_is_told_is_no_name_beside_a_domain(title):
    assert victims(title) == [("alder.com", "alder.com")]


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Alder! alder.com", ("Alder!", "alder.com")),
        ("alder.com / Alder Shipping", ("Alder Shipping", "alder.com")),
        ("alder.com - tischlerei birke", ("tischlerei birke", "alder.com")),
        ("Alder Inc / alder.com / Passwords", ("Alder Inc", "alder.com")),
        ("Dr.Alder-Gruppe", ("Dr.Alder-Gruppe", "")),
    ],
)
def test_a_name_beside_a_domain_stays_one(title, found):
    assert victims(title) == [found]


@pytest.mark.parametrize("title", ["Alder; USA; 50GB", "Alder; Manufacturing", "Alder; Contracts; CEO John Birch"])
def test_what_is_told_behind_semicolons_is_no_victim(title):
    assert [name for name, _ in victims(title)] == ["Alder"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("BREAKING: Tern & Oakes LLP", "Tern & Oakes LLP"),
        ("Exclusive: Tern of Oakes Inc", "Tern of Oakes Inc"),
        ("Deadline extended: Tern Foods Inc", "Tern Foods Inc"),
        ("FINAL WARNING: Tern Foods GmbH", "Tern Foods GmbH"),
        ("Last Chance: Tern Inc", "Tern Inc"),
        ("BREAKING NEWS: TERN INC", "TERN INC"),
        ("Last 24 Hours: Tern Inc", "Tern Inc"),
        ("BANK OF TERN: Tern Bancorp Inc", "BANK OF TERN"),
        ("Tern: Oakes Dairy Ltd", "Tern"),
        ("Fox News: Oakes Dairy Ltd", "Fox News"),
        ("Tern Foods: Oakes Dairy Ltd", "Tern Foods"),
        ("Tern Foods Inc: Oakes Dairy Ltd", "Tern Foods Inc"),
        ("Ministry of Tern: contracts with Oakes Inc", "Ministry of Tern"),
        ("Tern: Oakes", "Tern"),
        ("Tern Foods Inc hacked. More than 300 GB data leaked!", "Tern Foods Inc"),
        ("Tern Foods Inc. Over 2 TB data leaked!", "Tern Foods Inc"),
    ],
)
def test_what_announces_a_company_or_tells_how_much_it_lost_is_no_name(title, name):
    assert victims(title) == [(name, "")]


@pytest.mark.parametrize(
    ("title", "group"),
    [("mudlock4.com", "mudlock3"), ("http://mudlock.example", "mudlock"), ("http://abcdef.onion/x", "elk")],
)
def test_a_site_of_the_group_itself_is_no_victim(title, group):
    told = read_title(title, group)
    assert (told.victims, "site of the group itself" in told.reason) == ([], True)


def test_a_site_that_begins_as_the_group_is_called_may_be_a_victim():
    assert victims("mudlocksmiths.com", "mudlock3") == [("mudlocksmiths.com", "mudlocksmiths.com")]
    assert victims("elk.com", "elk") == [("elk.com", "elk.com")]
    assert victims("mudlock4.com", "elk") == [("mudlock4.com", "mudlock4.com")]
