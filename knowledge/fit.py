"""`python -m knowledge.fit`: fit and train the bundled table anew, from the entries and their questions alone.

Nothing outside the repository goes in, so that anybody gets the same bytes. The table is a committed file;
changing content does not call for a new one.
"""

from __future__ import annotations

from knowledge.adapters.table_embedder import TABLE, VOCABULARY
from knowledge.adapters.table_fitting import fit_to
from knowledge.content import load_content
from knowledge.rows import rows_of_entry
from knowledge.settings import PACKAGE, Settings, load_settings
from knowledge.town import load_town

TABLE_DIR = PACKAGE / "embedder"
READABLE = 0o644


def fitting_groups(settings: Settings) -> list[list[str]]:
    """Per entry, in order of ids, its text and its questions."""
    content = load_content(settings.knowledge_dir, load_town(settings.town_file))
    entries = sorted((entry for _, _, entry in content.context.entries.values()), key=lambda entry: entry.id)
    return [[row.text, *row.questions] for entry in entries for row in rows_of_entry(entry)]


def main() -> None:
    groups = fitting_groups(load_settings())
    TABLE_DIR.mkdir(exist_ok=True)
    fit_to(TABLE_DIR, groups, [f"{len(groups)} entries with their questions"])
    for name in (TABLE, VOCABULARY, "manifest.json"):
        (TABLE_DIR / name).chmod(READABLE)
    print(f"{TABLE_DIR.name}: {len(groups)} entries")


if __name__ == "__main__":
    main()
