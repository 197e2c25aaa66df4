"""The words of organization names."""

from __future__ import annotations

import pytest

from kg.resolve.readings import read
from kg.resolve.scoring import score
from kg.resolve.words import words

COUNTRIES = """
Afghanistan|Albania|Algeria|Andorra|Angola|Antigua and Barbuda|Argentina|Armenia|Australia|Austria|Azerbaijan|Bahamas|Bahrain|Bangladesh|Barbados|Belarus
Belgium|Belize|Benin|Bhutan|Bolivia|Bosnia|Botswana|Brazil|Brunei|Bulgaria|Burkina Faso|Burundi|Cambodia|Cameroon|Canada|Cape Verde
Central African Republic|Chad|Chile|China|Colombia|Comoros|Congo|Costa Rica|Croatia|Cuba|Cyprus|Czech Republic|Denmark|Djibouti|Dominica
Dominican Republic|Ecuador|Egypt|El Salvador|Equatorial Guinea|Eritrea|Estonia|Eswatini|Ethiopia|Fiji|Finland|France|Gabon|Gambia|Georgia|Germany
Ghana|Greece|Grenada|Guatemala|Guinea|Guinea-Bissau|Guyana|Haiti|Honduras|Hong Kong|Hungary|Iceland|India|Indonesia|Iran|Iraq|Ireland|Israel|Italy
Ivory Coast|Jamaica|Japan|Jordan|Kazakhstan|Kenya|Kiribati|Kosovo|Kuwait|Kyrgyzstan|Laos|Latvia|Lebanon|Lesotho|Liberia|Libya|Liechtenstein
Lithuania|Luxembourg|Macau|Madagascar|Malawi|Malaysia|Maldives|Mali|Malta|Marshall Islands|Mauritania|Mauritius|Mexico|Micronesia|Moldova
Monaco|Mongolia|Montenegro|Morocco|Mozambique|Myanmar|Namibia|Nauru|Nepal|Netherlands|New Zealand|Nicaragua|Niger|Nigeria|North Korea
North Macedonia|Norway|Oman|Pakistan|Palau|Palestine|Panama|Papua New Guinea|Paraguay|Peru|Philippines|Poland|Portugal|Puerto Rico|Qatar|Romania
Russia|Rwanda|Samoa|San Marino|Saudi Arabia|Senegal|Serbia|Seychelles|Sierra Leone|Singapore|Slovakia|Slovenia|Solomon Islands
Somalia|South Africa|South Korea|South Sudan|Spain|Sri Lanka|Sudan|Suriname|Sweden|Switzerland|Syria|Taiwan|Tajikistan|Tanzania|Thailand
Timor-Leste|Togo|Tonga|Trinidad and Tobago|Tunisia|Turkey|Turkmenistan|Tuvalu|UAE|Uganda|Ukraine|United Arab Emirates|United Kingdom
United States|United States of America|Uruguay|Uzbekistan|Vanuatu|Venezuela|Vietnam|Yemen|Zambia|Zimbabwe
Deutschland|España|Česko|Suomi|Eesti|Latvija|Hrvatska|Magyarország|Hellas|Éire|Maroc|Côte d'Ivoire|República Dominicana
"""
COUNTRY = [name for line in COUNTRIES.split("\n") if line for name in line.split("|")]


@pytest.mark.parametrize("country", COUNTRY)
def test_a_country_is_a_place(country):
    found = score("Alder Works", f"Alder Works {country}")
    assert found.decision == "review"
    assert found.evidence[0].startswith("same name, one adds a place: ")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Alder United Arab Emirates LLC", "Alder UAE"),
        ("Alder Suomi Oy", "Alder Finland Oy"),
        ("Alder Česko s.r.o.", "Alder Czech Republic"),
        ("Alder United States of America", "Alder USA"),
        ("Alder Aotearoa", "Alder New Zealand Limited"),
    ],
)
def test_the_names_of_one_country_are_one(one, other):
    assert read(one).tokens == read(other).tokens
    assert score(one, other).decision == "review"


def test_the_longest_phrase_goes_first():
    assert words().canonically("papua new guinea works".split()) == ["papuanewguinea", "works"]
    assert words().canonically("united arab works".split()) == ["united", "arab", "works"]
    assert words().canonically(["united"]) == ["united"]
