"""The picture of the page in the README: `python tests/picture.py` takes it anew.

Fonts differ between machines, so a picture is known by what it shows: the digest of the words on the screen, and of what is
drawn where, stands in the PNG itself, and a test compares it with that of a page made at once.
"""

from __future__ import annotations

import hashlib
import tempfile
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from tabs import chromium, watch

import kg
from kg.view import write

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / ".github" / "page.png"
"""Not among the examples: whoever builds those would have it set aside as a document that nobody can read."""
SIZE = {"width": 1280, "height": 800}
MOST_BYTES = 250_000
DIGEST = "breachkg shown"
DRAWN = """(({ nodes, edges }) => JSON.stringify([
    nodes.get().map(({ id, label, shape, x, y }) => [id, label, shape, x, y]),
    edges.get().map(({ from, to, dashes }) => [from, to, dashes]),
]))(window.breachkg.network.body.data)"""


def shown(folder: Path) -> str:
    """Write the page of the examples around Meta into a folder; return its address, with one edge's evidence open."""
    examples = ROOT / "examples"
    graph = kg.build([examples / "posts", examples / "suppliers.csv"], folder / "e.kg", known_on=date(2026, 4, 20))
    page = graph.page("Meta", hops=2)
    write(page, folder / "page.html")
    mercor = next(node.id for node in page.nodes if node.label == "Mercor")
    edge = next(one for one in page.edges if (one.source, one.kind, one.target) == (page.focus, "usesVendor", mercor))
    return f"{(folder / 'page.html').as_uri()}#{urlencode({'view': 'graph', 'edge': edge.id})}"


def taken(browser: Browser, address: str) -> tuple[bytes, str]:
    """Return the picture of a page as PNG, and the digest of what it shows."""
    page = watch(browser, address, viewport=SIZE, locale="en-GB").page
    page.wait_for_selector("#canvas canvas")
    page.wait_for_selector("#panel blockquote, #panel q", state="visible")
    page.wait_for_timeout(300)
    words = " ".join(page.inner_text("body").split())
    drawn = page.evaluate(DRAWN)
    picture = page.screenshot()
    page.context.close()
    return picture, hashlib.sha256(f"{words}\n{drawn}".encode()).hexdigest()


def packed(picture: bytes, digest: str) -> bytes:
    """Return a PNG of few colours that carries the digest."""
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    info, out = PngInfo(), BytesIO()
    info.add_text(DIGEST, digest)
    full = Image.open(BytesIO(picture)).convert("RGB")
    # This way to choose colours keeps those that little is painted in.
    few = full.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(out, "png", optimize=True, pnginfo=info)
    return out.getvalue()


def known(picture: bytes) -> dict[str, Any]:
    """Return the size of a PNG, and the digest that it carries."""
    from PIL import Image

    image = Image.open(BytesIO(picture))
    return {"size": image.size, "digest": image.info.get(DIGEST)}


def main() -> None:
    """Take the picture."""
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        PICTURE.write_bytes(packed(*taken(browser, shown(Path(folder)))))


if __name__ == "__main__":
    main()
