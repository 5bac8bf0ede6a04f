"""A draft's body: what was read from a file and what people made of it, as values and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import PurePath
from typing import Any

from ingest.cutting import CutPaper, cut_paper
from ingest.document import Cut
from ingest.examples import suggest
from ingest.findings import Finding, Personal, findings_in, gives_orders, personal_in
from ingest.metadata import read_metadata
from ingest.paper import Paper
from knowledge.types import Level

FIELDS = (
    "title", "document_number", "issuer", "issued_on", "effective_from", "effective_to", "level", "region",
)  # fmt: skip
"""The fields a person confirms one by one, in the order of the page."""


@dataclass(frozen=True, slots=True)
class DraftField:
    """value: as the form shows it. where: what it was read from. ticked: a person has confirmed it."""

    name: str
    value: str
    where: str = ""
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class DraftPart:
    """kept: False leaves it out of the document. name: as `ingest.document.Cut.part`."""

    name: str
    heading: tuple[str, ...]
    text: str
    kept: bool = True


@dataclass(frozen=True, slots=True)
class DraftExample:
    text: str
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class DraftBody:
    """seen_by: who let a file with personal data through, and why. settled: conflicts that a person has looked at."""

    lines: tuple[str, ...]
    fields: tuple[DraftField, ...]
    parts: tuple[DraftPart, ...]
    examples: tuple[DraftExample, ...]
    dropped: Mapping[str, int] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    personal: Personal = Personal(0, 0, ())
    seen_by: str = ""
    seen_why: str = ""
    topic: str = ""
    replaces: str = ""
    tried: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()

    def value(self, name: str) -> str:
        return next((each.value for each in self.fields if each.name == name), "")

    @property
    def confirmed(self) -> bool:
        return all(each.ticked for each in self.fields)

    @property
    def kept(self) -> tuple[DraftPart, ...]:
        return tuple(part for part in self.parts if part.kept)


def draft_of(paper: Paper, file_name: str, levels: Sequence[Level]) -> DraftBody:
    """Everything a program can do before a person looks. Parts that give orders to a machine start left out."""
    cut = cut_paper(paper, PurePath(file_name).stem)
    return DraftBody(
        lines=cut.lines,
        fields=_fields(cut, levels),
        parts=tuple(_part(each) for each in cut.cuts),
        examples=tuple(DraftExample(text) for text in suggest(cut.title, cut.cuts)),
        dropped=dict(paper.dropped),
        findings=findings_in(cut.lines),
        personal=personal_in(paper),
    )


def _fields(cut: CutPaper, levels: Sequence[Level]) -> tuple[DraftField, ...]:
    said = read_metadata(cut.title, cut.lines, levels)
    return tuple(DraftField(name, getattr(said, name).value, getattr(said, name).where) for name in FIELDS)


def _part(cut: Cut) -> DraftPart:
    return DraftPart(cut.part, cut.heading, cut.text, kept=not gives_orders(cut.text))


def joined(body: DraftBody, place: int) -> DraftBody:
    """Part `place` together with the one after it, under its own heading. Unchanged at the end."""
    if not 0 <= place < len(body.parts) - 1:
        return body
    first, second = body.parts[place], body.parts[place + 1]
    whole = replace(first, text=f"{first.text}\n{second.text}")
    return replace(body, parts=(*body.parts[:place], whole, *body.parts[place + 2 :]))


def split(body: DraftBody, place: int, line: int) -> DraftBody:
    """Part `place` cut before its line number `line` (from 0). Unchanged where there is no such place."""
    if not 0 <= place < len(body.parts):
        return body
    part = body.parts[place]
    lines = cut_lines(part.text)
    if not 0 < line < len(lines):
        return body
    names = {each.name for each in body.parts}
    name = next(f"{part.name}.{number}" for number in range(2, len(names) + 3) if f"{part.name}.{number}" not in names)
    halves = (
        replace(part, text="".join(lines[:line]).strip("\n")),
        replace(part, name=name, text="".join(lines[line:]).strip("\n")),
    )
    return replace(body, parts=(*body.parts[:place], *halves, *body.parts[place + 1 :]))


def cut_lines(text: str) -> list[str]:
    """The places where a part may be cut: its lines, and the sentences of long lines. They join to the text."""
    pieces: list[str] = []
    for line in text.splitlines(keepends=True):
        start = 0
        for end, sign in enumerate(line[:-1], 1):
            if sign in "。；！？" and line[end] != "\n" and end - start >= 2:
                pieces.append(line[start:end])
                start = end
        pieces.append(line[start:])
    return pieces


def keep(body: DraftBody, place: int, kept: bool) -> DraftBody:
    if not 0 <= place < len(body.parts):
        return body
    return replace(
        body,
        parts=(*body.parts[:place], replace(body.parts[place], kept=kept), *body.parts[place + 1 :]),
    )


def as_json(body: DraftBody) -> dict[str, Any]:
    return asdict(body)


def from_json(data: Mapping[str, Any]) -> DraftBody:
    """What `as_json` wrote; fields that an older program did not write take their defaults."""
    known = {each.name for each in fields(DraftBody)}
    held = {name: value for name, value in data.items() if name in known}
    return DraftBody(
        **held
        | {
            "lines": tuple(data["lines"]),
            "fields": tuple(DraftField(**each) for each in data["fields"]),
            "parts": tuple(DraftPart(**each | {"heading": tuple(each["heading"])}) for each in data["parts"]),
            "examples": tuple(DraftExample(**each) for each in data["examples"]),
            "findings": tuple(Finding(**each) for each in data.get("findings", ())),
            "personal": _personal(data.get("personal")),
            "tried": tuple(data.get("tried", ())),
            "settled": tuple(data.get("settled", ())),
        }
    )


def _personal(data: Mapping[str, Any] | None) -> Personal:
    return Personal(0, 0, ()) if data is None else Personal(data["numbers"], data["names"], tuple(data["shown"]))
