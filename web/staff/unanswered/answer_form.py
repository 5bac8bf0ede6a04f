"""The form of 写答案: what was typed, as it is kept, and as an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ingest.staff_answer import StaffAnswer
from knowledge.types import PartKind, Town

FIELDS = (
    "question", "topic", "conclusion", "conditions", "where", "materials", "steps", "note", "basis", "passage",
    "basis_words", "basis_title", "basis_number", "basis_issuer", "basis_level", "basis_article", "basis_seen",
    "basis_quote",
)  # fmt: skip
LISTS = ("hotlines", "offices", "wordings")
PART_FIELDS = {kind.value: kind for kind in (
    PartKind.CONCLUSION, PartKind.CONDITIONS, PartKind.WHERE, PartKind.MATERIALS, PartKind.STEPS, PartKind.NOTE
)}  # fmt: skip


def read_draft(form: Mapping[str, str], lists: Mapping[str, Sequence[str]]) -> dict[str, object]:
    """What was typed, as it is kept between two looks."""
    held: dict[str, object] = {name: form.get(name, "")[:2000] for name in FIELDS}
    return held | {name: [item[:300] for item in lists.get(name, ())][:200] for name in LISTS}


def typed(draft: Mapping[str, object]) -> dict[str, str]:
    """The single fields of a draft."""
    return {name: str(draft.get(name, "")) for name in FIELDS}


def listed(draft: Mapping[str, object], name: str) -> tuple[str, ...]:
    found = draft.get(name, ())
    return tuple(str(item) for item in found) if isinstance(found, list | tuple) else ()


def answer_of(draft: Mapping[str, object], town: Town) -> StaffAnswer:
    """The answer as it was typed; only phones and offices that the town's records have."""
    fields = typed(draft)
    return StaffAnswer(
        question=fields["question"].strip(),
        topic=fields["topic"],
        region=town.levels[-1].code,
        lines={kind: lines for name, kind in PART_FIELDS.items() if (lines := lines_in(fields[name]))},
        hotlines=tuple(number for number in listed(draft, "hotlines") if number in town.hotlines),
        offices=tuple(name for name in listed(draft, "offices") if name in town.offices),
        wordings=tuple(dict.fromkeys(text for item in listed(draft, "wordings") if (text := item.strip()))),
    )


def lines_in(text: str) -> tuple[str, ...]:
    """One line each, without a bullet."""
    lines = (line.strip().lstrip("-•·").strip() for line in text.splitlines())
    return tuple(line for line in lines if line)
