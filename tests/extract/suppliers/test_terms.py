"""Which columns tell since and until when a relationship holds, and which are of something else."""

from __future__ import annotations

import pytest

from kg.extract.suppliers.columns import columns, spare_dates

FIELDS = ("since", "until", "ended")


def term(*names):
    """Field -> name of its column."""
    header = ("Customer", "Supplier", *names)
    return {field: header[at] for field, at in columns(header).items() if field in FIELDS}


@pytest.mark.parametrize(
    "other",
    [
        "PCI AoC expiry", "Cyber Essentials expiry", "Risk acceptance expiry", "Exception expires", "Pen test valid until", "Password expires", "Project end",
        "BAA expiration date", "PO end date", "Data stored until", "Reports to", "Notice to be given until", "Cancellable until", "TISAX gültig bis", "Freigabe bis",
        "Kündbar bis", "Mindestlaufzeit bis", "C5-Testat gültig bis", "Assurance valable jusqu'au", "Kbis valable jusqu'au", "Póliza vigente hasta", "Verzekering geldig tot",
    ],
)  # fmt: skip
def test_the_end_of_something_else_is_none_of_the_relationship(other):
    assert term("Vendor since", other) == {"since": "Vendor since"}
    assert term(other, "Start", "Termination date") == {"since": "Start", "until": "Termination date"}
    assert term(other, "Vertragsbeginn", "Vertragsende") == {"since": "Vertragsbeginn", "until": "Vertragsende"}


@pytest.mark.parametrize(
    "end",
    [
        "Contract end", "Valid until", "Agreement expiration date", "Actual end date", "Vendor until", "Subprocessor until", "Vertrag gültig bis", "Dienstleister bis",
        "Leistung bis", "Contrat valable jusqu'au", "Válido hasta", "Overeenkomst geldig tot", "Date of removal as subprocessor", "Expiry date (if any)",
    ],
)  # fmt: skip
def test_words_of_the_contract_the_service_and_the_supplier_say_nothing_else(end):
    assert term("SOC 2 expiry", end) == {"until": end}


def test_a_day_of_notice_stands_for_the_end_before_the_end_of_something_else():
    names = "Vertragsbeginn", "TISAX gültig bis", "Kündigungsdatum"
    assert term(*names) == {"since": "Vertragsbeginn", "until": "Kündigungsdatum"}


@pytest.mark.parametrize(
    ("begin", "end"),
    [("License start", "License end"), ("Supplied since", "Supplied until"), ("Lizenz seit", "Lizenz bis"), ("PO Start Date", "PO End Date")],
)  # fmt: skip
def test_a_begin_and_an_end_of_the_same_stand_in_where_there_are_none_of_the_relationship(begin, end):
    assert term(begin, end) == {"since": begin, "until": end}
    assert term(begin, end, "Terminated on") == {"since": begin, "until": end, "ended": "Terminated on"}
    assert term(begin, end, "Contract start", "Contract end") == {"since": "Contract start", "until": "Contract end"}
    assert term(begin, end, "Vendor since") == {"since": "Vendor since"}
    assert term(begin, end, "Contract end") == {"until": "Contract end"}


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("Start date", "Estimated contract end"), ("Contract start", "Contract runs until"), ("Start date", "IT contract end date"), ("Start", "Expiry Date DD/MM/YYYY"),
        ("Contract Start", "Expiration Date (EST)"), ("Beginn", "Voraussichtliches Ende"), ("Vertragsbeginn", "Vertrag läuft bis"), ("Beginn", "Befristet bis"),
        ("Date de début", "Date de fin prévisionnelle"), ("Fecha de inicio", "Fecha de fin prevista"), ("Ingangsdatum", "Looptijd tot"), ("Onboarded", "Lighthouse contract until"), ("Start", "Mietvertrag bis"),
        ("Start", "Renewal/Expiration Date"), ("Start", "Valid until (inclusive)"),
    ],
)  # fmt: skip
def test_an_end_in_other_words_or_of_a_contract_in_words_that_are_not_known_is_the_end(begin, end):
    assert term(begin, end) == {"since": begin, "until": end}
    assert term("Insurance from", "Insurance to", begin, end) == {"since": begin, "until": end}


@pytest.mark.parametrize("other", ["Lighthouse contract until", "Mietvertrag bis"])
def test_a_contract_in_words_that_are_not_known_gives_way_to_every_other_end(other):
    for end in ("Contract end", "Échéance", "Original end date"):
        assert term(other, "Start", end) == {"since": "Start", "until": end}
    assert term(other, "Start", "Terminated on") == {"since": "Start", "until": other, "ended": "Terminated on"}


@pytest.mark.parametrize(
    "other",
    [
        "Belongs to", "Extended to", "Front end", "Financial year end", "Wiedervorlage bis", "Discount until", "Data residency until", "Disponible hasta",
        "Insurance contract end", "Non-disclosure agreement until",
    ],
)  # fmt: skip
def test_what_says_nothing_of_the_contract_is_no_end(other):
    assert term("Start", other) == {"since": "Start"}


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("Contract period from", "Contract period to"), ("Leistungszeitraum von", "Leistungszeitraum bis"), ("Vertragszeitraum (von)", "Vertragszeitraum (bis)"),
        ("Période depuis", "Période jusqu'au"), ("Showcased since", "Showcased until"), ("Original start date", "Original end date"), ("Engaged since", "Engaged until"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("other", "its_end"), [("Certificate valid from", "Certificate valid to"), ("License start", "License end"), ("Zertifikat gültig ab", "Zertifikat gültig bis")]
)  # fmt: skip
def test_a_begin_and_an_end_of_something_else_come_last(begin, end, other, its_end):
    assert term(other, its_end, begin, end) == {"since": begin, "until": end}


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ("Original end date", "Current end date"), ("Original end date", "Revised end date"), ("Initial end date", "Extended end date"),
        ("Planned end date", "Actual end date"), ("Geplantes Ende", "Tatsächliches Ende"), ("Date de fin prévue", "Date de fin réelle"),
    ],
)  # fmt: skip
def test_an_end_that_was_meant_at_first_gives_way_to_another_and_holds_where_that_is_empty(first, later):
    for names in ((first, later), (later, first)):
        header = ("Customer", "Supplier", "Start", *names)
        assert term("Start", *names) == {"since": "Start", "until": later}
        # An end that is not there yet is none; one that took the place of another may never have done so.
        held = () if later.split()[0] in {"Actual", "Tatsächliches", "Date"} else (("until", header.index(first)),)
        assert spare_dates(header, columns(header)) == held
    assert term("Start", first, "Terminated on") == {"since": "Start", "until": "Terminated on"}
    assert term("Start", first) == {"since": "Start", "until": first}


@pytest.mark.parametrize(
    ("due", "end"),
    [("Échéance", "Date de fin"), ("Scadenza", "Data fine"), ("Vencimiento", "Fecha de fin"), ("Vervaldatum", "Einddatum"), ("Fin", "End date")],
)  # fmt: skip
def test_a_day_on_which_something_is_due_is_the_end_only_where_nothing_else_is(due, end):
    assert term("Start", due, end) == {"since": "Start", "until": end}
    assert term("Start", due) == {"since": "Start", "until": due}
    assert term(due) == {}
    assert term("Start", due, "Montant TTC") == {"since": "Start"}
    assert term("Start", due, "Terminated on") == {"since": "Start", "until": "Terminated on"}


def test_fine_is_a_penalty_and_beside_an_italian_begin_the_end():
    assert term("Start date", "Fine", "End date") == {"since": "Start date", "until": "End date"}
    assert term("Start date", "Fine") == {"since": "Start date"}
    assert term("Inizio", "Fine") == {"since": "Inizio", "until": "Fine"}


@pytest.mark.parametrize(
    "end",
    [
        "Target end date", "Fixed term end", "Subscribed until", "Expiry (year)", "Abonnement bis", "Abo-Ende", "Feste Laufzeit bis", "Fecha de fin de suscripción",
        "Data fine abbonamento", "Managed service end", "Hosting contract end", "Wartungsvertrag bis", "Contract 1 end date",
    ],
)  # fmt: skip
def test_the_only_end_counts_in_ordinary_words(end):
    assert term("Start", "Certificate expiry", end) == {"since": "Start", "until": end}


def test_the_end_of_the_service_does_not_take_the_place_of_that_of_the_contract():
    assert term("Vertragsbeginn", "Ende der Verarbeitung", "Vertragsende") == {
        "since": "Vertragsbeginn",
        "until": "Vertragsende",
    }
    assert term("Start date", "End of service", "Contract end date") == {
        "since": "Start date",
        "until": "Contract end date",
    }
    assert term("Start date", "Maximum end date", "End date") == {"since": "Start date", "until": "End date"}


@pytest.mark.parametrize("ended", ["Beendet am", "Beendet zum", "Gekündigt zum"])
def test_a_termination_has_a_column_beside_that_of_the_agreed_end(ended):
    assert term("Vertragsbeginn", ended, "Vertragsende") == {
        "since": "Vertragsbeginn",
        "until": "Vertragsende",
        "ended": ended,
    }


def test_nothing_has_a_term_from_when_until_when_notice_can_be_given():
    assert term("Kündbar ab", "Kündbar bis") == {}


def test_a_begin_of_something_that_has_no_end_stands_in():
    assert term("Hosted since", "Contract end") == {"since": "Hosted since", "until": "Contract end"}
    assert term("Hosted since", "Original start date") == {"since": "Original start date"}


def test_a_begin_or_an_end_of_something_else_is_no_purpose():
    header = ("Customer", "Supplier", "Contract start", "Service desk until", "Services")
    assert columns(header)["service"] == header.index("Services")


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        ("Début", "Fin"), ("Date début", "Date fin"), ("Inicio", "Fin"), ("Início", "Fim"), ("Inizio", "Fine"), ("Decorrenza", "Scadenza"),
        ("Data di decorrenza", "Data di scadenza"), ("Begin", "Einde"), ("Depuis", "Date d'échéance"), ("Seit", "Beendet am"), ("Inicio", "Vencimiento"),
    ],
)  # fmt: skip
def test_brief_headings_are_known_in_the_languages_that_are_read(begin, end):
    assert term(begin, end) == {"since": begin, "until": end}
    assert term(begin, f"{end} certif.") == {"since": begin}


@pytest.mark.parametrize(
    "begin",
    [
        "Aufgenommen am", "Date d'entrée en vigueur", "Fecha inicio", "Início da vigência", "Fecha de entrada en vigor", "Toegevoegd op",
        "Début de validité", "Beginn der Verarbeitung", "Aggiunto il",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "end",
    [
        "Data cessazione", "Data termine", "Retiré le", "Fim da vigência", "Data de cessação", "Afloopdatum", "Fecha de término", "Einde van het contract", "Eliminado el",
        "Vertragsenddatum", "Encerrado em", "Cessato il",
    ],
)  # fmt: skip
def test_a_begin_or_an_end_beside_a_word_for_a_day_is_that_of_the_relationship(begin, end):
    assert term(begin, end) == {"since": begin, "until": end}


@pytest.mark.parametrize(
    "other",
    ["Fin de période d'essai", "Fine del servizio", "Ende der Verarbeitung", "Data suppression", "Archivage le", "Abgelehnt am", "Aktualisiert am", "Firmado el",
     "Eingestellt am", "Archiviert am", "Gelöscht am", "Data conclusione contratto", "Fecha de conclusión"],
)  # fmt: skip
def test_what_else_ends_or_befalls_one_on_a_day_is_no_end(other):
    assert term("Start", other) == {"since": "Start"}


@pytest.mark.parametrize(
    ("day", "begin", "end"),
    [
        ("Effective Date", "Start Date", "End Date"),
        ("Effective from", "Valid from", "Valid to"),
        ("Date d'effet", "Date de début", "Date de fin"),
    ],
)
def test_the_begin_beside_the_end_goes_before_the_day_of_effect(day, begin, end):
    assert term(day, begin, end) == {"since": begin, "until": end}
    assert term(begin, day, end) == {"since": begin, "until": end}
    assert term(day, end) == {"since": day, "until": end}
    assert term(day, "Date Added", end) == {"since": day, "until": end}
    assert term(day, "Go-live date", end) == {"since": day, "until": end}


@pytest.mark.parametrize(
    "begin",
    [
        "Unterauftragnehmer hinzugefügt am", "Sous-traitant ajouté le", "Subverwerker toegevoegd op", "Tatsächlicher Beginn der Nutzung", "Vereinbarter Beginn der Verarbeitung",
        "Date de début du contrat", "Datum begin contract",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "end",
    [
        "Unterauftragnehmer entfernt am", "Sous-traitant supprimé le", "Subverwerker verwijderd op", "Fecha de finalizacion", "Date prévue de fin de contrat",
        "Date de fin du contrat", "Datum einde contract",
    ],
)  # fmt: skip
def test_more_may_stand_before_a_begin_or_an_end(begin, end):
    assert term(begin, end) == {"since": begin, "until": end}


@pytest.mark.parametrize(
    "end",
    [
        "Date d'effet de la résiliation", "Date d’effet de la résiliation", "Date d'entrée en vigueur de la résiliation", "Data decorrenza recesso", "Data di decorrenza della disdetta",
        "Decorrenza del recesso", "Fecha de entrada en vigor de la baja", "Date d'effet de la suppression", "Data de entrada em vigor da rescisão", "Date d'effet de la fin",
    ],
)  # fmt: skip
def test_the_begin_of_an_end_is_no_begin(end):
    assert term(end) == {}
    assert term("Date de fin", end) == {"until": "Date de fin"}


@pytest.mark.parametrize(
    "entry", ["Fecha de entrada", "Data inserimento", "Data di entrata", "Aufgenommen am", "Aggiunto il", "Neu am"]
)
@pytest.mark.parametrize("begin", ["Fecha de inicio", "Data inizio", "Beginn", "Seit", "Date de début"])
def test_an_entry_which_may_be_one_into_a_list_gives_way_to_a_begin(entry, begin):
    assert term(entry, begin) == term(begin, entry) == {"since": begin}


def test_an_end_on_a_day_stands_beside_the_agreed_one():
    assert term("Retiré le", "Date de fin") == {"until": "Date de fin", "ended": "Retiré le"}


@pytest.mark.parametrize(
    "other",
    [
        "Data de início do aviso prévio", "Data de início da atividade", "Início das atividades", "Début d'activité", "Data de entrada do processo", "Fecha de entrada de la solicitud",
        "Date d'ajout à la liste", "Inicio del proyecto",
    ],
)  # fmt: skip
def test_a_begin_of_something_else_is_none(other):
    assert term(other) == {}


@pytest.mark.parametrize(
    "begin",
    ["Date d'effet du contrat", "Date d'ajout du sous-traitant", "Date d'entrée en relation", "Beginn der Zusammenarbeit", "Inicio de la vigencia", "Data di decorrenza del contratto"],
)  # fmt: skip
def test_a_begin_of_the_term_or_of_a_supplier_is_one(begin):
    assert term(begin) == {"since": begin}


def test_what_a_processing_agreement_has_stands_in_as_a_term_also_where_its_end_is_a_termination():
    assert term("AVV seit", "AVV beendet am") == {"since": "AVV seit", "until": "AVV beendet am"}
    assert term("AVV seit", "AVV beendet am", "Start", "End") == {"since": "Start", "until": "End"}
    assert term("Start", "Churn date") == {"since": "Start", "until": "Churn date"}
