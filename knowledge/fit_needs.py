"""`python -m knowledge.fit_needs`: fit and train the table by which questions are told to ask for one thing, and the needs in it.

The same kind of table as the one that finds entries (`knowledge.fit`), of what people ask that is not held: each need in
many mouths. Nothing outside the repository goes in. Two minutes.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from knowledge.adapters.table_embedder import TableEmbedder
from knowledge.calibrate import COVERED, read_covered
from knowledge.fit import READABLE, write_table
from knowledge.known_needs import NEEDS, write_centres
from knowledge.needs import FILE, read_needs
from knowledge.settings import NEEDS_TABLE_DIR, load_settings

LEAST = 4
"""Questions of an entry from which they say something of how one thing is asked for."""
TOKENS = 40_000
"""What is asked here is wider than what is held. Source: docs/retrieval.md, grouping."""


def groups_of(calibration: Path) -> dict[str, list[str]]:
    """Need or entry -> its wordings, or what others asked of it, in order of names."""
    entries: defaultdict[str, list[str]] = defaultdict(list)
    for question, names in read_covered(calibration / COVERED):
        entries[names[0]].append(question)
    needs = read_needs(calibration / FILE)
    of_needs = {name: needs[name]["same"] for name in sorted(needs)}
    return of_needs | {name: entries[name] for name in sorted(entries) if len(entries[name]) >= LEAST}


def fit_needs(folder: Path, groups: list[list[str]]) -> None:
    """Write table, vocabulary, manifest and the middle of each group."""
    write_table(folder, groups, f"{len(groups)} needs and entries in the words of those who ask", TOKENS)
    write_centres(folder, TableEmbedder(folder), groups)
    (folder / NEEDS).chmod(READABLE)


def main() -> None:
    fit_needs(NEEDS_TABLE_DIR, list(groups_of(load_settings().calibration_dir).values()))


if __name__ == "__main__":
    main()
