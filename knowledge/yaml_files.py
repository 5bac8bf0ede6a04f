"""Reading YAML with a named error instead of a parser's."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

import yaml

from knowledge.problems import KnowledgeError, Problem

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(text: str, path: str, first_line: int = 1) -> Any:
    """The parsed value (None when empty). Raises KnowledgeError with the line of the fault."""
    try:
        return yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + (mark.line if mark else 0)
        raise KnowledgeError([Problem(path, line, "YAML 写法不对", "看这一行的冒号、引号、缩进")]) from error


def read_yaml_folder(folder: Path, skip: Collection[str] = ()) -> list[tuple[str, list[dict[str, Any]]]]:
    """(file name, its list of mappings) for every *.yaml of a folder, in name order; [] where there is none.

    skip: stems of files that are not such lists.
    """
    found = []
    for path in sorted(folder.glob("*.yaml")):
        if path.stem in skip:
            continue
        value = read_yaml(path.read_text(encoding="utf-8"), str(path)) or []
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise KnowledgeError([Problem(str(path), 1, "应当是一串“- id: …”", "每一条以“- ”开头")])
        found.append((str(path), value))
    return found


def line_of(text: str, needle: str) -> int:
    """1-based line where needle first stands; 1 when it does not."""
    position = text.find(needle)
    return 1 if position < 0 else text.count("\n", 0, position) + 1
