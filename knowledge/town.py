"""`town.toml`: the one file that names the town."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from knowledge.problems import KnowledgeError, Problem
from knowledge.types import Hotline, Level, Office, Topic, Town


def load_town(path: Path) -> Town:
    """Raises KnowledgeError when the file cannot be read as a town."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise KnowledgeError([Problem(str(path), 1, "没有这个文件", "PUFA_TOWN_FILE 要指向 town.toml")]) from error
    return read_town(text, str(path))


def read_town(text: str, path: str) -> Town:
    """The town of a file's text. Raises KnowledgeError."""
    try:
        return _town(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise KnowledgeError([Problem(path, 1, f"镇的文件读不出来：{error}", "照原来的样子改")]) from error


def _town(data: dict[str, Any]) -> Town:
    return Town(
        id=data["town"],
        name=data["name"],
        assistant_name=data["assistant_name"],
        short_name=data["short_name"],
        operator=data["operator"],
        region=data["region"],
        levels=tuple(Level(row["code"], row["name"], tuple(row["words"])) for row in data["levels"]),
        topics=tuple(Topic(row["slug"], row["name"]) for row in data["topics"]),
        offices={row["id"]: Office(**row | {"without": tuple(row.get("without", ()))}) for row in data["offices"]},
        hotlines={row["number"]: Hotline(**row) for row in data["hotlines"]},
        website=data.get("website", ""),
        filings=tuple(data.get("filings", ())),
    )
