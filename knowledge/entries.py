"""The entry format (docs/entry-format.md): Markdown with typed front matter -> Entry."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from knowledge.instruments import day_of
from knowledge.problems import KnowledgeError, Problem
from knowledge.types import (
    PART_HEADINGS,
    Basis,
    Claim,
    Confidence,
    DocumentKind,
    Entry,
    EntryPart,
    Instrument,
    PartKind,
)
from knowledge.yaml_files import line_of, read_yaml

MARK = re.compile(r"〔([a-z][a-z0-9]*)〕")
PLACEHOLDER = re.compile(r"\{([a-z0-9:.\-]+(?:@\d{4}-(?:0[1-9]|1[0-2]))?)\}")
"""``{dibao-rural}``, the figure for the time asked about; ``{dibao-rural@2025-06}``, that of one month; ``{tel:12345}``."""
_FRONT = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.S)
_REQUIRED = ("id", "topic", "question", "region", "examples", "facts", "author", "written_on", "basis")


def parse_entry(text: str, path: str, instruments: Mapping[str, Instrument]) -> Entry:
    """Read one entry. path: for messages. The topic makes it a report, `kind: staff_answer` an answer of the desk.

    Raises KnowledgeError naming each line that cannot be understood.
    """
    match = _FRONT.match(text.replace("\r\n", "\n"))
    if not match:
        raise KnowledgeError([Problem(path, 1, "没有以 --- 开头和结尾的信息栏", "照 docs/entry-format.md 的样子写")])
    front = read_yaml(match[1], path, first_line=2) or {}
    missing = [key for key in _REQUIRED if front.get(key) in (None, "")]
    if missing:
        raise KnowledgeError([Problem(path, 1, f"信息栏缺 {'、'.join(missing)}", "补上这几项")])
    body_line = match[1].count("\n") + 4
    parts, problems = _parts(match[2], path, body_line)
    bases, basis_problems = _bases(front["basis"], path, text, instruments)
    if problems or basis_problems:
        raise KnowledgeError(problems + basis_problems)
    return _entry(front, parts, bases, path)


def front_of(text: str) -> Mapping[str, Any]:
    """The front matter of a text, {} where it has none."""
    match = _FRONT.match(text.replace("\r\n", "\n"))
    return (read_yaml(match[1], "", first_line=2) or {}) if match else {}


def questions_of(text: str) -> tuple[str, ...]:
    """The wordings in an entry's front matter: question, examples, also_asked; () where there is none."""
    front = front_of(text)
    if "question" not in front:
        return ()
    return (str(front["question"]), *_strings(front, "examples"), *_strings(front, "also_asked"))


def _entry(front: Mapping[str, Any], parts: list[EntryPart], bases: Mapping[str, Basis], path: str) -> Entry:
    return Entry(
        id=str(front["id"]),
        topic=str(front["topic"]),
        question=str(front["question"]),
        parts=tuple(parts),
        bases=bases,
        kind=_kind(front),
        yes_no=bool(front.get("yes_no", False)),
        region=str(front["region"]),
        examples=_strings(front, "examples"),
        also_asked=_strings(front, "also_asked"),
        offices=_strings(front, "offices"),
        hotlines=_strings(front, "hotlines"),
        related=_strings(front, "related"),
        facts=_strings(front, "facts"),
        author=str(front["author"]),
        written_on=day_of(front["written_on"]),
        reviewed_by=front.get("reviewed_by"),
        reviewed_on=day_of(front.get("reviewed_on")),
    )


def _kind(front: Mapping[str, Any]) -> DocumentKind:
    if front.get("kind") == DocumentKind.STAFF_ANSWER:
        return DocumentKind.STAFF_ANSWER
    return DocumentKind.REPORT if front["topic"] == "report" else DocumentKind.ENTRY


def _strings(front: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(str(item) for item in front.get(key) or ())


def _bases(
    rows: Any, path: str, text: str, instruments: Mapping[str, Instrument]
) -> tuple[dict[str, Basis], list[Problem]]:
    found: dict[str, Basis] = {}
    problems: list[Problem] = []
    if not isinstance(rows, dict):
        return found, [Problem(path, line_of(text, "basis:"), "basis 应当是 a: {…}", "照 docs/entry-format.md 改")]
    for key, row in rows.items():
        line = line_of(text, f"\n  {key}:") + 1
        try:
            checked_on = day_of(row["checked_on"])
            basis = Basis(
                instruments[row["instrument"]], row.get("article"), Confidence(row["confidence"]), checked_on  # type: ignore[arg-type]
            )
        except (KeyError, TypeError, ValueError) as error:
            problems.append(Problem(path, line, f"依据 {key} 读不出来：{error}", "文件编号要在 instruments/ 里，日期要写全"))
            continue
        found[str(key)] = basis
    return found, problems


def _parts(body: str, path: str, first_line: int) -> tuple[list[EntryPart], list[Problem]]:
    parts: list[EntryPart] = []
    problems: list[Problem] = []
    kind: PartKind | None = None
    claims: list[Claim] = []
    start = first_line

    def close() -> None:
        if kind is not None:
            parts.append(EntryPart(kind, tuple(claims), start))

    for number, raw in enumerate(body.split("\n"), first_line):
        line = raw.strip()
        if line.startswith("## "):
            close()
            claims, start = [], number
            kind = PART_HEADINGS.get(line[3:].strip())
            if kind is None:
                problems.append(Problem(path, number, f"不认识的段落“{line[3:]}”", f"只能用：{'、'.join(PART_HEADINGS)}"))
        elif not line:
            continue
        elif kind is None:
            if not problems:
                problems.append(Problem(path, number, "段落标题前面有文字", "先写 ## 结论"))
        elif kind is PartKind.CONCLUSION or line.startswith("- "):
            claims.append(claim_of(line.removeprefix("- "), number))
        else:
            problems.append(Problem(path, number, "这一行不是“- ”开头", "结论以外每条都以“- ”开头，一条写在一行里"))
    close()
    return parts, problems


def claim_of(text: str, line: int = 0) -> Claim:
    """A bullet with its 〔marks〕 taken out."""
    return Claim(MARK.sub("", text).strip(), tuple(dict.fromkeys(MARK.findall(text))), line)
