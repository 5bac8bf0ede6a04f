"""An answer written at the desk, as an entry of kind `staff_answer`: values, its text, the version it becomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import yaml

from ingest.document import ReadDocument, Wanted, stored_version, version_name
from ingest.readers.entry import read_entry
from knowledge.types import (
    PART_HEADINGS,
    Confidence,
    DocumentKind,
    DocumentOrigin,
    Instrument,
    PartKind,
    StoredVersion,
)

MARK = "a"
PARTS = (PartKind.CONCLUSION, PartKind.CONDITIONS, PartKind.WHERE, PartKind.MATERIALS, PartKind.STEPS, PartKind.NOTE)
"""What a clerk can write, in the order of the card."""
EXPERIENCE = "staff-experience"
EXPERIENCE_TITLE = "经验答复，无文件依据"
EXPERIENCE_NOTE = "这是工作人员的经验答复，没有文件依据。"
MAX_EXAMPLES = 8


@dataclass(frozen=True, slots=True)
class AnswerBasis:
    """What the answer rests on. instrument: its record.

    quote: the passage where its text is held here, else its words as a clerk copied them, or ''. confidence: whether
    somebody has seen the paper itself.
    """

    instrument: Instrument
    article: str | None = None
    quote: str = ""
    passage_id: str = ""
    confidence: Confidence = Confidence.VERIFIED

    @property
    def is_experience(self) -> bool:
        return self.instrument.id == EXPERIENCE


@dataclass(frozen=True, slots=True)
class StaffAnswer:
    """lines: part -> its lines, one sentence or step each. wordings: every way of asking that it is to answer."""

    question: str
    topic: str
    region: str
    lines: Mapping[PartKind, tuple[str, ...]]
    hotlines: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    wordings: tuple[str, ...] = ()


def experience(operator: str, level: str) -> Instrument:
    """The record that an answer without a document rests on. operator, level: of the town."""
    return Instrument(EXPERIENCE, EXPERIENCE_TITLE, operator, level)


def version_of_answer(
    answer: StaffAnswer, basis: AnswerBasis, *, document_id: str, ordinal: int, written_by: str, on: date
) -> StoredVersion:
    """The version to be. The fields have no faults. Raises KnowledgeError where they have."""
    text = text_of(answer, basis, document_id, written_by, on)
    document = document_of(text, basis, document_id)
    wanted = Wanted(document, DocumentOrigin.DESK, text.encode(), f"{document_id}.md")
    return stored_version(wanted, version_name(ordinal, document.digest))


def document_of(text: str, basis: AnswerBasis, document_id: str) -> ReadDocument:
    read = read_entry(text, f"{document_id}.md", {basis.instrument.id: basis.instrument})
    return replace(read, kind=DocumentKind.STAFF_ANSWER)


def text_of(answer: StaffAnswer, basis: AnswerBasis, document_id: str, written_by: str, on: date) -> str:
    """The entry's Markdown (docs/entry-format.md)."""
    said = _front(answer, basis, document_id, written_by, on)
    front = yaml.dump(said, Dumper=_Plain, allow_unicode=True, sort_keys=False)
    return f"---\n{front}---\n\n" + "\n\n".join(_parts(answer, basis)) + "\n"


class _Plain(yaml.SafeDumper):
    """Says the same day twice instead of pointing from one place to the other: no import takes in pointers."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _front(
    answer: StaffAnswer, basis: AnswerBasis, document_id: str, written_by: str, on: date
) -> dict[str, Any]:
    others = [wording for wording in dict.fromkeys(answer.wordings) if wording != answer.question]
    examples = spread(others, MAX_EXAMPLES)
    confidence = Confidence.UNKNOWN if basis.is_experience else basis.confidence
    return {
        "id": document_id,
        "topic": answer.topic,
        "question": answer.question,
        "yes_no": False,
        "region": answer.region,
        "examples": examples,
        "also_asked": [wording for wording in others if wording not in examples],
        "offices": list(answer.offices),
        "hotlines": list(answer.hotlines),
        "related": [],
        "facts": [],
        "author": written_by,
        "written_on": on,
        "reviewed_by": None,
        "reviewed_on": None,
        "basis": {
            MARK: {
                "instrument": basis.instrument.id,
                "article": basis.article,
                "confidence": confidence.value,
                "checked_on": on,
            }
        },
    }


def _parts(answer: StaffAnswer, basis: AnswerBasis) -> list[str]:
    words = {kind: heading for heading, kind in PART_HEADINGS.items()}
    lines = dict(answer.lines)
    if basis.is_experience:
        lines[PartKind.NOTE] = (*lines.get(PartKind.NOTE, ()), EXPERIENCE_NOTE)
    found = []
    for kind in PARTS:
        if lines.get(kind):
            bullet = "" if kind is PartKind.CONCLUSION else "- "
            found.append("\n".join([f"## {words[kind]}", *(f"{bullet}{line}〔{MARK}〕" for line in lines[kind])]))
    return found


def spread(wordings: Sequence[str], number: int) -> list[str]:
    """So many wordings that say it as differently as can be: each next one shares least with those chosen."""
    left, chosen = list(wordings), list[str]()
    while left and len(chosen) < number:
        best = min(left, key=lambda wording: (_shared(wording, chosen), -len(set(wording)), left.index(wording)))
        left.remove(best)
        chosen.append(best)
    return chosen


def _shared(wording: str, chosen: Sequence[str]) -> float:
    """Share of its characters that the nearest chosen wording has too, 0..1."""
    signs = set(wording)
    return max((len(signs & set(each)) / max(1, len(signs)) for each in chosen), default=0.0)
