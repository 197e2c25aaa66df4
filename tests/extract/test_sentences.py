"""Where sentences begin and end."""

from __future__ import annotations

from kg.extract.sentences import sentences


def test_sentences_end_where_they_end():
    text = 'Alder Inc. said so on Nov. 3. "It is U.S. law." Dr. Elm agreed! Was it? version 2.1 is out\nHeading\nEnd'
    assert [text[a:b] for a, b in sentences(text)] == [
        "Alder Inc. said so on Nov. 3.",
        '"It is U.S. law."',
        "Dr. Elm agreed!",
        "Was it?",
        "version 2.1 is out",
        "Heading",
        "End",
    ]
