from __future__ import annotations

import pytest

from kg.extract.investigations import investigation_status

ONGOING = (
    "Ongoing|open|Contained|active|In progress|in_progress|Under investigation|Ongoing investigation|being investigated"
    "|not yet resolved|Unresolved|offen|laufend|Laufende Ermittlung|in Bearbeitung|noch nicht abgeschlossen|Untersuchung läuft|en cours|En investigación|in corso|em andamento|lopend"
)
CLOSED = "closed|Completed.|resolved|Investigation concluded|Closed (no action)|Closed (lawsuit pending)|Closed (no longer ongoing)|abgeschlossen|Beendet|clôturé|Terminée|cerrada|chiuso|encerrado|afgesloten"
NEITHER = "|unknown|Birch Bank|no longer under investigation|nicht mehr offen|inactive|enclosed|Opendata"
NEITHER += "|Data open for download|Contained - investigation closed|Partially resolved|to be closed|Class action pending|Open source|Closed beta"


@pytest.mark.parametrize(("texts", "status"), [(ONGOING, "ongoing"), (CLOSED, "closed"), (NEITHER, None)])
def test_words_for_the_state_of_an_incident(texts, status):
    assert {text: investigation_status(text) for text in texts.split("|")} == dict.fromkeys(texts.split("|"), status)
