"""`python -m knowledge.fit`: refit the bundled table from this knowledge and the law texts at hand.

The table is a committed file; changing content does not call for a new one.
"""

from __future__ import annotations

from pathlib import Path

from knowledge.adapters.table_fitting import fit_to
from knowledge.content import load_content
from knowledge.rows import rows_of_entry
from knowledge.settings import PACKAGE, Settings, load_settings
from knowledge.town import load_town

TABLE_DIR = PACKAGE / "embedder"


def fitting_texts(settings: Settings) -> tuple[list[str], list[str]]:
    """(texts, what they are): entries and their questions, and articles of `shared/statutes` where it is there."""
    content = load_content(settings.knowledge_dir, load_town(settings.town_file))
    entries = [entry for _, _, entry in content.context.entries.values()]
    texts = [text for entry in entries for row in rows_of_entry(entry) for text in (row.text, *row.questions)]
    sources = [f"{len(entries)} entries with their questions"]
    statutes = settings.shared_dir / "statutes"
    articles = [block for path in sorted(statutes.glob("*.md")) for block in _articles(path)]
    if articles:
        sources.append(f"{len(articles)} articles of shared/statutes")
    return texts + articles, sources


def _articles(path: Path) -> list[str]:
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    return [block for block in blocks if len(block) > 15 and not block.startswith("#")]


def main() -> None:
    texts, sources = fitting_texts(load_settings())
    TABLE_DIR.mkdir(exist_ok=True)
    fit_to(TABLE_DIR, texts, sources)
    print(f"{TABLE_DIR.name}: {len(texts)} texts")


if __name__ == "__main__":
    main()
