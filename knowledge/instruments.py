"""The list of laws, notices and reports that entries rest on: `instruments/*.yaml`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from knowledge.problems import KnowledgeError, Problem
from knowledge.types import Instrument
from knowledge.yaml_files import line_of, read_yaml_folder


def load_instruments(folder: Path) -> dict[str, Instrument]:
    """Every instrument by id. Raises KnowledgeError for a missing field or an id given twice."""
    found: dict[str, Instrument] = {}
    problems: list[Problem] = []
    for path, rows in read_yaml_folder(folder):
        source = Path(path).read_text(encoding="utf-8")
        for row in rows:
            line = line_of(source, f"id: {row.get('id')}")
            missing = [key for key in ("id", "title", "issuer", "level") if not row.get(key)]
            if missing:
                problems.append(Problem(path, line, f"文件缺少 {'、'.join(missing)}", "补上这几项"))
            elif row["id"] in found:
                problems.append(Problem(path, line, f"文件编号 {row['id']} 写了两次", "留一个"))
            elif not _texts_are_right(row):
                what = f"{row['id']} 的 text_file 和 text_files 没写对"
                problems.append(
                    Problem(path, line, what, "一份写 text_file，几份写 text_files 的单子，只写一样")
                )
            else:
                found[row["id"]] = instrument_of(row)
    if problems:
        raise KnowledgeError(problems)
    return found


def instrument_of(row: dict[str, Any]) -> Instrument:
    """One instrument from its mapping; dates may be dates or ISO strings."""
    texts = tuple(row.get("text_files") or ())
    return Instrument(
        id=str(row["id"]),
        title=str(row["title"]),
        issuer=str(row["issuer"]),
        level=str(row["level"]),
        document_number=row.get("document_number"),
        effective_from=day_of(row.get("effective_from")),
        date_precision=str(row.get("date_precision") or "day"),
        effective_to=day_of(row.get("effective_to")),
        published_at=str(row.get("published_at") or ""),
        source_note=str(row.get("source_note") or ""),
        text_file=texts[0] if texts else row.get("text_file"),
        text_files=texts,
    )


def document_ids(instrument: Instrument) -> dict[str | None, str]:
    """File name -> id of the document made from it: `law`, `law-2`, `law-3` … in the order of the list.

    An instrument without a file keeps its own id for a text that comes in under that id (key None).
    Posters carry these ids: a file that joins later goes to the end of the list.
    """
    names = instrument.text_files or (instrument.text_file,)
    return {
        name: instrument.id if number == 1 else f"{instrument.id}-{number}"
        for number, name in enumerate(names, start=1)
    }


def _texts_are_right(row: dict[str, Any]) -> bool:
    many = row.get("text_files")
    if many is None:
        return True
    named = isinstance(many, list) and bool(many) and all(isinstance(name, str) for name in many)
    return named and len(set(many)) == len(many) and not row.get("text_file")


def day_of(value: object) -> date | None:
    """A date from a date or `2024-09-01`; None from None. Raises ValueError."""
    if value is None or isinstance(value, date):
        return value
    return date.fromisoformat(str(value))
