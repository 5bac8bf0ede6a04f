"""Readers: bytes to a document. Which one is chosen by what stands in the file, not by its name."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.document import ReadDocument
from ingest.encoding import decode
from ingest.listed import as_listed
from ingest.readers.entry import looks_like_entry, read_entry
from ingest.readers.plain import read_plain
from ingest.readers.statute import looks_like_statute, read_statute
from knowledge.types import Instrument

_SIGNATURES = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff")
"""What is no text but can be read: PDF, Office, pictures. Each is read in a child process."""
_OFFICE_NAMES = (".html", ".htm", ".wps", ".et", ".ofd", ".heic", ".ppt", ".pptx", ".docx", ".xlsx", ".pdf")


def read_document(
    data: bytes, path: str, instruments: Mapping[str, Instrument], regions: Mapping[str, str]
) -> ReadDocument:
    """path: as shown to people. regions: level name -> code, for listed laws and notices.

    Raises UnsupportedDocument, KnowledgeError (an entry with faults).
    """
    if data.startswith(_SIGNATURES) or path.lower().endswith(_OFFICE_NAMES):
        from ingest.office import read_office_document

        return as_listed(read_office_document(data, path), path, instruments, regions)
    text = decode(data, path)
    if looks_like_entry(text):
        return read_entry(text, path, instruments)
    document = read_statute(text, path) if looks_like_statute(text) else read_plain(text, path)
    return as_listed(document, path, instruments, regions)
