"""Documents whose file is named in the list of instruments take id, dates and region from there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath

from ingest.document import ReadDocument
from knowledge.instruments import document_ids
from knowledge.types import Instrument, Period


def as_listed(
    document: ReadDocument, path: str, instruments: Mapping[str, Instrument], regions: Mapping[str, str]
) -> ReadDocument:
    """The document as the list has it, or unchanged where no instrument names its file.

    regions: name of a level (as instruments give it) -> its code.
    """
    name = PurePath(path).name
    listed = next((item for item in instruments.values() if name in document_ids(item)), None)
    if listed is None:
        return document
    return replace(
        document,
        id=document_ids(listed)[name],
        title=document.title if listed.title in document.title else listed.title,
        region=regions.get(listed.level, "00"),
        period=_period(listed) or document.period,
    )


def _period(listed: Instrument) -> Period | None:
    if listed.date_precision != "day":
        return None
    return Period(listed.effective_from, listed.effective_to)
