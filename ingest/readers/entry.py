"""Entry files: Markdown with front matter, the format of docs/entry-format.md."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.document import Cut, ReadDocument
from knowledge.entries import parse_entry
from knowledge.passages import passages_of_entry
from knowledge.types import Instrument


def looks_like_entry(text: str) -> bool:
    """Front matter with an id and a question."""
    if not text.startswith("---\n"):
        return False
    front = text[4:].partition("\n---\n")[0].split("\n")
    return any(line.startswith("id:") for line in front) and any(
        line.startswith("question:") for line in front
    )


def read_entry(text: str, path: str, instruments: Mapping[str, Instrument]) -> ReadDocument:
    """Raises KnowledgeError naming the lines that cannot be understood. path: as shown to people."""
    entry = parse_entry(text, path, instruments)
    return ReadDocument(
        id=entry.id,
        kind=entry.kind,
        title=entry.question,
        content=text,
        cuts=tuple(
            Cut(passage.part, passage.heading, passage.text, passage.kind)
            for passage in passages_of_entry(entry, "")
        ),
        topic=entry.topic,
        region=entry.region,
        written_by=entry.author,
        reviewed_by=entry.reviewed_by,
        reviewed_on=entry.reviewed_on,
    )
