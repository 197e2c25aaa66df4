"""Mapping files: what the columns or members of a document of one's own say, in TOML; and the extractor that reads by one.

::

    records = "incident"            # or "listing": a row of a supplier list
    files = ["register-*.csv"]      # names of documents; all that fit where left out, and without columns too all that list suppliers
    feed = "register"               # who gives the ids of incidents

    [columns]                       # field -> column, or JSON pointer ("/victims/*/name": every element)
    breached = "Firm"
    occurred = "When"
    data_types = "Taken"

    [constants]                     # field -> value of every record that has none in the column that is named above;
                                    # no header is guessed for it, but that of the EU's register, whose columns are known
    certainty = "claimed"

    [separators]                    # field -> what parts several values of one cell; without it the lines of a cell do for an
                                    # incident, and for a listing where they look like names; an array of JSON and the
                                    # list items of a page are several values in any case
    data_types = ";"

    [dates]                         # field -> format, as `strptime` takes it; others are read as dates are printed,
                                    # the day before the month where one of the document's can only be read so
    occurred = "%d/%m/%Y"

    [file_name]                     # field -> pattern of the document's name, whose group is the value
    customer = "(.+)-subprocessors"
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from datetime import datetime
from fnmatch import fnmatchcase
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from kg.counts import parse_count
from kg.dates import parse_edtf, parse_field
from kg.errors import DocumentError
from kg.extract.fields import is_placeholder
from kg.extract.mapped.certainty import certainty_of
from kg.extract.suppliers.states import says_no_day
from kg.model import Certainty

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kg.dates import PartialDate

ReadDate: TypeAlias = "Callable[[str, str], PartialDate | None]"
"""What returns the date that the text of a field stands for, None where it is none."""
RECORDS = ("incident", "listing")
_ONE_OF = {"incident": "an incident", "listing": "a listing"}
DATES = ("occurred", "discovered", "disclosed", "reported", "since", "until", "observed")
"""Fields that are dates."""
_LISTING = "customer supplier service since until status observed"
_INCIDENT = (
    "id title description certainty status types breached affected vendors attackers reporters industry count unit data_types"
    " techniques sources publisher occurred discovered disclosed reported"
)
FIELDS = {"listing": frozenset(_LISTING.split()), "incident": frozenset(_INCIDENT.split())}
"""What the records of a document may have."""
_IDENTIFIED = {"listing": "customer|supplier", "incident": "breached"}
"""Parties that may have identifiers: a field such as "supplier_lei"."""
_TABLES = ("columns", "constants", "separators", "dates", "file_name")
_KEYS = frozenset({"records", "files", "feed", *_TABLES})
_LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class MappingFile:
    """A mapping file as read.

    Attributes:
        name: its file name, for messages.
        digest: SHA-256 of its bytes, hexadecimal.
        records: "incident" or "listing".
        files: patterns of the names of documents, empty for any.
        feed: who gives the ids, or "".
        columns: field -> column or JSON pointer.
        constants: field -> value.
        separators: field -> what parts several values.
        dates: field -> format.
        file_name: field -> pattern with a group.
    """

    name: str
    digest: str
    records: str
    files: tuple[str, ...] = ()
    feed: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    separators: Mapping[str, str] = field(default_factory=dict)
    dates: Mapping[str, str] = field(default_factory=dict)
    file_name: Mapping[str, str] = field(default_factory=dict)

    def named(self, document: str) -> bool:
        """Return whether a document's name is one of those it is for."""
        return not self.files or any(
            fnmatchcase(name, pattern) for pattern in self.files for name in (document, Path(document).name)
        )

    @property
    def names_nothing(self) -> bool:
        """Return whether it names neither documents nor columns: it says something of lists, and not which documents are lists."""
        return not self.files and not self.columns

    def stated(self, document: str) -> dict[str, str]:
        """Return field -> value of what holds for every record of a document: the constants, and what its name tells."""
        return {**self.constants, **self.told(document)}

    def told(self, document: str) -> dict[str, str]:
        """Return field -> value of what a document's name tells."""
        found = ((name, re.search(pattern, Path(document).name)) for name, pattern in self.file_name.items())
        return {name: (match[1] or "").replace("_", " ").strip() for name, match in found if match}

    def date(self, name: str, text: str, **printed: bool) -> PartialDate | None:
        """Return the date that a field's text stands for, as precise as the format is that is given for the field; None where it is none.

        Args:
            name: the field.
            text: what it says.
            printed: for fields without a format, what `kg.dates.parse_field` takes.
        """
        form = self.dates.get(name)
        if form is None:
            return parse_field(text, **printed)
        try:
            found = datetime.strptime(text.strip(), form)  # noqa: DTZ007 - a date has no zone
            return parse_edtf(found.strftime(_precision(form)))
        except ValueError:
            return None


def load(path: str | Path) -> MappingFile:
    """Return the mapping in a TOML file.

    Raises:
        DocumentError: it cannot be read, is no TOML, or a key of it means nothing; the message names file and key.
    """
    try:
        with Path(path).open("rb") as file:
            data = file.read(_LARGEST + 1)
        told = tomllib.loads(data.decode("utf-8"))
    except OSError as error:
        raise DocumentError(str(path), f"the mapping cannot be read: {error.strerror or error}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise DocumentError(str(path), f"the mapping is no TOML: {' '.join(str(error).split())}") from error
    if len(data) > _LARGEST:
        raise DocumentError(str(path), f"the mapping is larger than {_LARGEST:,} bytes")
    return _Checked(Path(path).name, told).mapping(sha256(data).hexdigest())


class _Checked:
    """The contents of a mapping file, checked key by key."""

    def __init__(self, name: str, told: dict[str, Any]) -> None:
        self.name, self.told = name, told

    def mapping(self, digest: str) -> MappingFile:
        for key in self.told:
            if key not in _KEYS:
                raise self._fault(key, f"is no key of a mapping; there are {', '.join(sorted(_KEYS))}")
        records = self.told.get("records", "listing")
        if records not in RECORDS:
            raise self._fault("records", f"is {' or '.join(RECORDS)}, not {records!r}")
        columns, constants, separators, dates, file_name = (self._table(key, records) for key in _TABLES)
        self._formats(dates)
        self._patterns(file_name)
        if constants.get("certainty", "").strip() and certainty_of(constants["certainty"]) is None:
            known = ", ".join(Certainty)
            raise self._fault("constants.certainty", f"is one of {known}, not {constants['certainty']!r}")
        for key, value in separators.items():
            if not value:
                raise self._fault(f"separators.{key}", "is empty")
        files = self.told.get("files", [])
        if not isinstance(files, list) or not all(isinstance(pattern, str) for pattern in files):
            raise self._fault("files", "is a list of file name patterns")
        feed = self.told.get("feed", "")
        if not isinstance(feed, str) or not re.fullmatch(r"[a-z0-9-]*", feed):
            raise self._fault("feed", "is a word of lower-case letters, digits and hyphens")
        if records == "incident" and not columns:
            raise self._fault("columns", "is missing: which column holds which field of an incident")
        found = MappingFile(
            self.name, digest, records, tuple(files), feed, columns, constants, separators, dates, file_name
        )  # fmt: skip
        self._constants(found)
        return found

    def _constants(self, mapping: MappingFile) -> None:
        """Refuse dates and counts that are none; "unknown" and "until further notice" say nothing, as in a cell."""
        told = {name: value for name, value in mapping.constants.items() if value.strip() and not is_placeholder(value)}
        for name, value in told.items():
            if name in DATES and not says_no_day(value) and not _may_be_date(mapping, name, value):
                form = f" as {mapping.dates[name]!r}" if name in mapping.dates else ""
                raise self._fault(f"constants.{name}", f"is no date that can be read{form}: {value!r}")
            if name == "count" and parse_count(value) is None:
                raise self._fault("constants.count", f"is no number that can be read: {value!r}")

    def _table(self, key: str, records: str) -> dict[str, str]:
        """One table of the file, whose keys are fields."""
        table = self.told.get(key, {})
        if not isinstance(table, dict):
            raise self._fault(key, "is a table of fields")
        known = DATES if key == "dates" else FIELDS[records]
        for name, value in table.items():
            identified = key != "dates" and re.fullmatch(rf"(?:{_IDENTIFIED[records]})_[a-z]+", name)
            if name not in known and not identified:
                raise self._fault(
                    f"{key}.{name}", f"is no field of {_ONE_OF[records]}; there are {', '.join(sorted(known))}"
                )
            if not isinstance(value, str) or (key == "columns" and not value.strip()):
                raise self._fault(f"{key}.{name}", "is a text")
        return dict(table)

    def _formats(self, dates: Mapping[str, str]) -> None:
        for name, form in dates.items():
            try:
                sample = datetime(2000, 2, 1).strftime(form)  # noqa: DTZ001 - a date has no zone
                datetime.strptime(sample, form)  # noqa: DTZ007 - the same
            except ValueError as error:
                raise self._fault(f"dates.{name}", f"is no format of dates: {error}") from error
            if "%Y" not in form and "%y" not in form:
                raise self._fault(f"dates.{name}", f"has no year: {form!r}")

    def _patterns(self, file_name: Mapping[str, str]) -> None:
        for name, pattern in file_name.items():
            try:
                groups = re.compile(pattern).groups
            except re.error as error:
                raise self._fault(f"file_name.{name}", f"is no pattern: {error}") from error
            if groups != 1:
                raise self._fault(f"file_name.{name}", "has not exactly one group, which is to be the value")

    def _fault(self, key: str, reason: str) -> DocumentError:
        return DocumentError(self.name, f"{key} {reason}")


def _may_be_date(mapping: MappingFile, name: str, value: str) -> bool:
    """Whether a value is a date, or may be one of two ("03/04/25")."""
    return any(mapping.date(name, value, short_years=True, ordered=ordered) for ordered in (False, True))


def _precision(form: str) -> str:
    """The format of an EDTF date that is as precise as another format."""
    if re.search(r"%[djx]|%c", form):
        return "%Y-%m-%d"
    return "%Y-%m" if re.search(r"%[mbB]", form) else "%Y"
