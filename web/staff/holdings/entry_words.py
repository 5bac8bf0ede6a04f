"""An entry in plain lines, so that two versions of it can be compared by somebody who reads no front matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from knowledge.entries import parse_entry
from knowledge.entry_writing import spell_claim
from knowledge.passages import HEADING_OF
from knowledge.problems import KnowledgeError
from knowledge.types import Basis, Confidence, Entry, Instrument, StoredVersion

SEEN: Mapping[Confidence, str] = {
    Confidence.VERIFIED: "见过原文",
    Confidence.SECONDHAND: "只见过转载",
    Confidence.UNKNOWN: "没有核实过",
}


def readable(version: StoredVersion, instruments: Mapping[str, Instrument]) -> str:
    """What the entry says, line by line; the raw text where it cannot be read any more."""
    try:
        entry = parse_entry(version.content, version.document_id, instruments)
    except KnowledgeError:
        return version.content
    return "\n".join(_lines(entry))


def _lines(entry: Entry) -> Iterator[str]:
    for part in entry.parts:
        yield from (f"{HEADING_OF[part.kind]}：{spell_claim(claim)}" for claim in part.claims)
    yield from (f"依据〔{key}〕：{_basis(basis)}" for key, basis in entry.bases.items())
    yield from (f"例问：{example}" for example in entry.examples)
    yield from (f"一模一样的问法：{asked}" for asked in entry.also_asked)
    for words, items in (("窗口", entry.offices), ("热线", entry.hotlines), ("相关条目", entry.related)):
        if items:
            yield f"{words}：{'、'.join(items)}"


def _basis(basis: Basis) -> str:
    return f"《{basis.instrument.title}》{basis.article or ''}（{SEEN[basis.confidence]}）"
