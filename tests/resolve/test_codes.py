from __future__ import annotations

import pytest

from kg.resolve.codes import is_code


@pytest.mark.parametrize(
    "code",
    [
        "549300MLUDYVRQOOXS22", "DE123456789", "DE 123 456 789", "ATU12345678", "NL123456789B01", "01234567890",
        "CHE-123.456.789", "DEK1101R.HRB116737", "HRB 116737",
    ],
)  # fmt: skip
def test_codes(code):
    assert is_code(code)


@pytest.mark.parametrize(
    "name", ["Elm", "ELM", "3M", "360", "1&1", "S3", "SAP.IO", "9374-1234 Quebec Inc.", "Booking.com", ""]
)
def test_names(name):
    assert not is_code(name)
