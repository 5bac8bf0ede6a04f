"""`python -m knowledge.fit`: fit and train the bundled table anew, from the entries and their questions alone.

Nothing outside the repository goes in, so that anybody gets the same bytes. The table is a committed file;
changing content does not call for a new one.
"""

from __future__ import annotations

from pathlib import Path

from knowledge.adapters.table_embedder import TABLE, VOCABULARY
from knowledge.adapters.table_fitting import MAX_TOKENS, fit_to
from knowledge.content import load_content
from knowledge.rows import rows_of_entry
from knowledge.settings import TABLE_DIR, Settings, load_settings
from knowledge.town import load_town

READABLE = 0o644


def fitting_groups(settings: Settings) -> list[list[str]]:
    """Per entry, in order of ids, its text and its questions."""
    content = load_content(settings.knowledge_dir, load_town(settings.town_file))
    entries = sorted((entry for _, _, entry in content.context.entries.values()), key=lambda entry: entry.id)
    return [[row.text, *row.questions] for entry in entries for row in rows_of_entry(entry)]


def write_table(folder: Path, groups: list[list[str]], source: str, tokens: int = MAX_TOKENS) -> None:
    """Fit, train and write a table of at most so many tokens. source: what the groups are, in words."""
    folder.mkdir(exist_ok=True)
    fit_to(folder, groups, [source], tokens=tokens)
    for name in (TABLE, VOCABULARY, "manifest.json"):
        (folder / name).chmod(READABLE)
    print(f"{folder.name}: {source}")


def main() -> None:
    groups = fitting_groups(load_settings())
    write_table(TABLE_DIR, groups, f"{len(groups)} entries with their questions")


if __name__ == "__main__":
    main()
