"""Entry -> the text of its file (docs/entry-format.md), and which field of the form a line of that text belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from knowledge.passages import HEADING_OF
from knowledge.types import PART_HEADINGS, Basis, Claim, Entry, EntryPart

_WIDE = 10**6
_KEY = re.compile(r"(\w+):")
_BASIS_ROW = re.compile(r"  (\w+): ?\{")


def write_entry(entry: Entry) -> str:
    """The file's text; `parse_entry` reads the same entry from it, but for line numbers."""
    front = {
        "id": entry.id,
        "topic": entry.topic,
        "question": entry.question,
        "yes_no": entry.yes_no,
        "region": entry.region,
        "examples": list(entry.examples),
        "also_asked": list(entry.also_asked),
        "offices": list(entry.offices),
        "hotlines": list(entry.hotlines),
        "related": list(entry.related),
        "facts": list(entry.facts),
        "author": entry.author,
        "written_on": entry.written_on,
        "reviewed_by": entry.reviewed_by,
        "reviewed_on": entry.reviewed_on,
    }
    lines = ["---"]
    for key, value in front.items():
        lines += _front_lines(key, value)
    lines += ["basis:" if entry.bases else "basis: {}"]
    lines += [f"  {key}: {_flow(basis_row(basis))}" for key, basis in entry.bases.items()]
    lines += ["---"]
    for part in entry.parts:
        lines += ["", f"## {HEADING_OF[part.kind]}", *_part_lines(part)]
    return "\n".join(lines) + "\n"


def basis_row(basis: Basis) -> dict[str, Any]:
    return {
        "instrument": basis.instrument.id,
        "article": basis.article,
        "confidence": basis.confidence.value,
        "checked_on": basis.checked_on,
    }


def spell_claim(claim: Claim) -> str:
    """The words with their 〔marks〕 behind them, on one line."""
    return " ".join(claim.text.split()) + "".join(f"〔{mark}〕" for mark in claim.marks)


def _front_lines(key: str, value: object) -> Iterable[str]:
    if isinstance(value, list) and key in ("examples", "also_asked") and value:
        return [f"{key}:", *(f"  - {_flow(item)}" for item in value)]
    return [f"{key}: {_flow(value)}"]


def _part_lines(part: EntryPart) -> Iterable[str]:
    bullet = "" if HEADING_OF[part.kind] == "结论" else "- "
    return [f"{bullet}{spell_claim(claim)}" for claim in part.claims]


def _flow(value: object) -> str:
    """One line of YAML that reads as the value."""
    said = yaml.safe_dump([value], default_flow_style=True, allow_unicode=True, sort_keys=False, width=_WIDE)
    return str(said).strip()[1:-1]


def field_of_line(text: str, line: int) -> str:
    """Field of the form that a 1-based line of a written entry belongs to; '' where none does.

    `question`, `examples`, …; `basis-a` for a row of the bases; the kind of a part (`conclusion`) for the body.
    """
    lines = text.split("\n")
    end = next((number for number, said in enumerate(lines[1:], 2) if said == "---"), 0)
    if line <= 1 or line > len(lines):
        return ""
    if line > end:
        headings = (said[3:].strip() for said in reversed(lines[end:line]) if said.startswith("## "))
        kind = PART_HEADINGS.get(next(headings, ""))
        return kind.value if kind else ""
    row = _BASIS_ROW.match(lines[line - 1])
    if row:
        return f"basis-{row[1]}"
    keys = (match[1] for said in reversed(lines[:line]) if (match := _KEY.match(said)))
    return next(keys, "")


def with_front(text: str, changes: Mapping[str, object]) -> str:
    """The text with single fields of its front matter changed, all else left as it is written."""
    head, _, body = text.partition("\n---\n")
    for key, value in changes.items():
        said = f"{key}: {_flow(value)}"
        lines = head.split("\n")
        at = next((number for number, line in enumerate(lines) if line.startswith(f"{key}:")), len(lines))
        end = next((number for number in range(at + 1, len(lines)) if not _goes_on(lines[number])), len(lines))
        lines[at:end] = [said]
        head = "\n".join(lines)
    return f"{head}\n---\n{body}"


def _goes_on(line: str) -> bool:
    """Whether a line of the front matter belongs to the field above it: an item of its list, or the rest of a long one."""
    return line.startswith((" ", "- ", "]"))
