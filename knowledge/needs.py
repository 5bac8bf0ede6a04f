"""What township people ask that is not held, each need in many mouths: `calibration/needs.tsv`, all of our own writing.

Learnt from: which questions ask for one thing (`fit_needs.py`), and what ordinary trouble sounds like (the sieves).
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

FILE = "needs.tsv"


def read_needs(path: Path) -> dict[str, dict[str, list[str]]]:
    """Need -> `same`: its wordings, `other`: neighbours that ask for something else. A line: need, which, wording."""
    needs: defaultdict[str, dict[str, list[str]]] = defaultdict(lambda: {"same": [], "other": []})
    for line in path.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            need, which, wording = line.split("\t")
            needs[need][which].append(wording)
    return dict(needs)
