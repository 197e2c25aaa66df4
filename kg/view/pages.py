"""The pages of a graph, as methods of `KnowledgeGraph`."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self, Unpack

from kg.dates import as_day
from kg.evidence import Evidence
from kg.exposure.measures import Measures
from kg.exposure.statements import name_of

if TYPE_CHECKING:
    from datetime import date

    from kg.exposure.portfolio import Portfolio
    from kg.exposure.statements import Node
    from kg.view import Page
    from kg.view.contents import Wanted
    from kg.view.marks import Marks


class Pages(Measures):
    """What `KnowledgeGraph` can show: its measures, and pages with the quotes behind them."""

    if TYPE_CHECKING:

        def at(self, *, as_of: date | None = None, valid_on: date | None = None) -> Self:
            """Return the graph of a day."""

    @cached_property
    def evidence(self) -> Evidence:
        """Look-up of claims."""
        return Evidence(self.store)

    def page(
        self,
        focus: str | Node | None = None,
        *,
        as_of: date | None = None,
        portfolio: str | Path | Portfolio | Marks | None = None,
        **wanted: Unpack[Wanted],
    ) -> Page:
        """Return the contents of an HTML page: the whole graph, or what is within some hops of a focus.

        Args:
            focus: name, alias, identifier, IRI or node of what stands in the middle.
            as_of: only what was known at the end of this day (UTC).
            portfolio: a list of the reader's own vendors, to mark them: a CSV file, or what `marks` takes.
            wanted: see `kg.view.contents.Wanted`.

        Raises:
            UnknownNameError: the focus stands for nothing, or for several things.
            KGError: something is asked for that no page can show, or the portfolio cannot be read.
        """
        from kg.view.contents import page_of  # noqa: PLC0415 - only pages need it
        from kg.view.responses import responses  # noqa: PLC0415 - the same

        if as_of is not None:
            then = self.at(as_of=as_of)
            # A graph that is of that day already has its nodes and edges at hand.
            made = (self if then.store is self.store else then).page(focus, portfolio=portfolio, **wanted)
            return replace(made, note=f"What was known on {as_day(as_of)}. {made.note}".strip())
        node = self._finder.one(name_of(focus)) if focus else None
        supply = self.snapshot(valid_on=wanted.get("valid_on"))
        marks = None if portfolio is None else self.marks(portfolio)
        done = responses(self.store, self.projection)
        return page_of(self.projection, self.evidence, supply, node, portfolio=marks, done=done, **wanted)

    def marks(self, vendors: str | Path | Portfolio | Marks) -> Marks:
        """Return a list of the reader's own vendors laid over this graph, and what of it stands for no organization.

        Args:
            vendors: a CSV file (see `portfolio`), or what `kg.exposure.portfolio.read_portfolio` or this returned.

        Raises:
            DocumentError: the file cannot be read, or no column of it names vendors.
        """
        from kg.exposure.portfolio import Portfolio, read_portfolio  # noqa: PLC0415 - only pages need it
        from kg.view.marks import Marks, marks  # noqa: PLC0415 - the same

        if isinstance(vendors, Marks):
            return vendors
        return marks(self._finder, vendors if isinstance(vendors, Portfolio) else read_portfolio(vendors))

    def view(
        self,
        path: str | Path,
        focus: str | Node | None = None,
        *,
        as_of: date | None = None,
        portfolio: str | Path | Portfolio | Marks | None = None,
        **wanted: Unpack[Wanted],
    ) -> Path:
        """Write a self-contained HTML page and return its path; what it shows is said as for `page`.

        Raises:
            UnknownNameError: the focus stands for nothing, or for several things.
            KGError: as for `page`, or the file cannot be written.
        """
        from kg.view import write  # noqa: PLC0415 - only pages need it

        write(self.page(focus, as_of=as_of, portfolio=portfolio, **wanted), Path(path))
        return Path(path)

    def site(self, folder: str | Path, *, title: str | None = None, as_of: date | None = None) -> Path:
        """Write a small offline site and return its index: a page for every vendor and incident, and one interactive page.

        A folder that is there must be empty or an earlier site, which is replaced as a whole. With `as_of` it shows only what
        was known at the end of that day (UTC), and says so on every page.

        Raises:
            KGError: the folder holds something else, or it cannot be written.
        """
        from kg.view.site import write_site  # noqa: PLC0415 - only pages need it

        then = self if as_of is None else self.at(as_of=as_of)
        page = self.page(title=title, as_of=as_of)
        return write_site(Path(folder), then.projection, page, then.store, then.evidence)

    def _repr_html_(self) -> str:
        from kg.view import notebook  # noqa: PLC0415 - only pages need it

        return notebook(self.page())
