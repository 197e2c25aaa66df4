"""The words by which texts tell of harm: what befell somebody, and what was only tried."""

from __future__ import annotations

from typing import Final

BEFELL: Final = "accessed|affected|copied|disrupted|exposed|harmed|hit|hurt|impacted|involved|leaked|obtained|stolen|taken|touched|viewed"
"""What is said of a company or its data that were harmed, whoever was broken into."""
DONE: Final = f"{BEFELL}|breached|compromised|hacked"
"""The same, and of a company that was broken into itself."""
HIT: Final = "affected|breached|compromised|hacked|hit|impacted"
"""Those of these words that no company says of what it did itself, as it does that it has taken, leaked or viewed something."""
VAIN = r"\b(?:attempted|averted|blocked|failed|foiled|near[- ]miss|prevented|repelled|repulsed|thwarted|unsuccessful)\b"
"""Of an attack by which nobody was broken into."""
