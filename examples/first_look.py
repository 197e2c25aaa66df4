"""Builds a graph of the example posts and asks it the third-party question.

Run it anywhere: python examples/first_look.py [FOLDER]; the store and the page go into FOLDER (default: a temporary one).
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import kg

HERE = Path(__file__).resolve().parent


def main(folder: Path) -> None:
    """Build, ask, show."""
    graph = kg.build([HERE / "posts", HERE / "suppliers.csv"], into=folder / "breaches.kg")

    for found in graph.exposure("Meta", depth=3):
        if found.events:
            print(f"tier {found.tier}: {found.node.label} ({found.exposure}), status {found.path[-1].status}")

    for statement, quotes in graph.why("Meta", "usesVendor", "Mercor"):
        print(statement[1])
        for quote in quotes:
            print(f"  {quote.words!r} ({quote.document}, characters {quote.span})")

    reach = graph.blast_radius("Okta")
    print("through Okta:", ", ".join(found.node.label for found in reach))

    network = graph.to_networkx()
    print(
        f"{network.number_of_nodes()} nodes, {network.number_of_edges()} edges; page: {graph.view(folder / 'page.html', 'Meta')}"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.mkdtemp()))
