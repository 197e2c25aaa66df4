"""The words of a list of one's own vendors: titles of its columns, and what its cells say, in the languages of such lists."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.supplier_words import SOMEBODY, SUPPLIER
from kg.extract.tabular.row import plain
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

FIELDS: dict[str, tuple[str, ...]] = {
    "name": (
        "name", "vendor", "vendor name", "supplier", "supplier name", "provider", "provider name", "third party", "third party name", "company",
        "company name", "organization", "organisation", "legal name", "b 05.01.0050", "b 05.01.0060",
        "legal name of the ict third party service provider", "name of the ict third party service provider",
        "name of the ict third party service provider in latin alphabet",
    ),
    "domain": (
        "domain", "website", "web site", "url", "homepage", "domäne", "webseite", "internetseite", "site web", "domaine", "sitio web", "página web", "dominio", "sito web", "domein",
    ),
    "lei": (
        "lei", "lei code", "legal entity identifier", "b 05.01.0010", "identification code of ict third party service provider",
        "identification code of the ict third party service provider",
    ),
    "code": (
        "b 05.01.0020", "type of code to identify the ict third party service provider", "type of code of the third party service provider",
    ),
    "function": (
        "function", "business function", "function name", "function identifier", "service", "b 06.01.0030", "b 06.01.0010", "b 02.02.0050",
        "service provided", "services provided", "services", "funktion", "geschäftsfunktion", "leistung", "dienstleistung", "fonction", "prestation", "función", "servicio", "funzione", "servizio",
        "função", "serviço", "functie", "dienst",
    ),
    "criticality": (
        "criticality", "critical", "importance", "tier", "critical or important", "critical or important function", "b 06.01.0050",
        "criticality or importance assessment", "criticality rating", "criticality level", "kritikalität", "kritisch", "wesentlichkeit", "kritisch oder wichtig", "criticité",
        "critique", "criticidad", "crítico", "criticità", "critico", "criticidade", "kritikaliteit", "kritiek",
    ),
    "substitutability": (
        "substitutability", "substitutable", "ersetzbarkeit", "substituierbarkeit", "substituabilité", "sustituibilidad", "sostituibilità", "vervangbaarheid", "b 07.01.0050", "substitutability of the ict third party service provider",
    ),
    "spend": (
        "spend", "annual spend", "cost", "annual cost", "annual expense", "b 05.01.0100", "total annual expense or estimated cost",
        "total annual expense or estimated cost of the ict third party service provider", "annual contract value", "annual value", "yearly spend", "jahresausgaben", "jährliche ausgaben",
        "ausgaben", "jahreskosten", "jährliche kosten", "kosten", "dépense annuelle", "dépenses annuelles", "coût annuel", "coûts annuels", "gasto anual", "coste anual", "costo anual",
        "spesa annua", "costo annuo", "gasto", "custo anual", "jaarlijkse kosten", "jaarkosten", "jaarlijkse uitgaven",
    ),
    "currency": ("currency", "währung", "devise", "moneda", "divisa", "valuta", "moeda", "b 05.01.0090", "currency of the amount reported"),
}  # fmt: skip
"""Field -> titles of its column, as `kg.extract.tabular.row.plain` gives them; those of the register by code too."""
_NAME = regex(
    r"\b(?:name|nom|nombre|nome|naam|nazwa|namn|navn|bezeichnung|des|der|du|del?|dell[ao]|d[aio]|van|of|the|l[ae]|el|il|our|unsere?)\b"
)
_NAME_BEHIND = regex(r"(?<=\w{5})n(?:ame|aam|avn|amn)\Z")
_NOT_THEIRS = frozenset({"business", "entity", "entities", "entidad", "entité"})
"""What is rather one's own."""
CRITICAL = frozenset(
    "yes;y;true;critical;important;critical or important;high;very high;tier 1;tier1;1;eba_bt:x28;ja;oui;sí;si;sim;kritisch;wichtig;wesentlich"
    ";kritisch oder wichtig;hoch;sehr hoch;critique;importante;importantes;critique ou importante;élevé;élevée;crítico;crítica;crítico o importante;alto;alta;muy alta;critico"
    ";critica;essenziale;kritiek;belangrijk;kritiek of belangrijk;hoog;zeer hoog".split(";")
)
UNCRITICAL = frozenset(
    "no;n;false;non critical;not critical;uncritical;low;none;tier 3;tier3;tier 4;0;eba_bt:x29;nein;non;não;nee;unkritisch;nicht kritisch;nicht wesentlich;unwesentlich;niedrig"
    ";gering;non critique;pas critique;faible;no crítico;no crítica;bajo;baja;non critico;non critica;basso;bassa;não crítico;baixo;baixa;niet kritiek;laag".split(
        ";"
    )
)
TOTALS = frozenset(
    "total;totals;grand total;subtotal;sub total;sum;summe;gesamt;gesamtsumme;zwischensumme;somme;total général;sous total;suma;suma total;total general;totale;totale generale"
    ";totaal;eindtotaal".split(";")
)
"""What a row is called that sums up the others."""


def naming_column(header: Sequence[str]) -> int | None:
    """Return the column that names the vendors by a word for them ("Lieferant", "Nom du fournisseur"), None where none does."""
    titles = [plain(re.sub(r"\([^)]*\)", " ", name)) for name in header]
    bare = [" ".join(_NAME.sub(" ", _NAME_BEHIND.sub("", title)).split()) for title in titles]
    for pattern, among in ((SUPPLIER, bare), (SOMEBODY, titles)):
        for at, title in enumerate(among):
            if pattern.fullmatch(title) and title not in _NOT_THEIRS:
                return at
    return None
