"""One digest for all that a version says, so that old and new are told apart and a mixed one is seen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from knowledge.types import DocumentKind, Period, StoredVersion

Part = tuple[str, str, tuple[str, ...], str]
"""Part, kind, heading path, text of one passage."""


def content_digest(
    kind: DocumentKind,
    title: str,
    topic: str,
    region: str,
    content: str,
    period: Period,
    written_by: str,
    parts: Iterable[Part],
) -> str:
    """sha256 (hex) over text, heading paths, dates and what else is shown; not over who reviewed it."""
    dates = [str(period.start), str(period.end)]
    said = [kind.value, title, topic, region, content, dates, written_by, [list(part) for part in parts]]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def digest_of_version(version: StoredVersion) -> str:
    """The digest that the rows of a version add up to."""
    return content_digest(
        version.kind,
        version.title,
        version.topic,
        version.region,
        version.content,
        version.period,
        version.written_by,
        ((passage.part, passage.kind.value, passage.heading, passage.text) for passage in version.passages),
    )
