"""What no committed file holds: registry hosts, paths of one machine, bare ignores, words of one town."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from tests.project_files import PACKAGES, ROOT, committed_files, text_of

# Put together from halves, so that this file does not hold what it forbids.
REGISTRY_HOSTS = tuple(
    first + second
    for first, second in (
        ("pypi", ".org"),
        ("pypi", ".python.org"),
        ("files.python", "hosted.org"),
        ("pypi.tuna", ".tsinghua"),
        ("mirrors.", "aliyun.com"),
        ("registry.npm", "js.org"),
        ("registry.npm", "mirror.com"),
        ("deb.deb", "ian.org"),
        ("security.deb", "ian.org"),
        ("archive.ubu", "ntu.com"),
        ("proxy.gol", "ang.org"),
        ("conda.ana", "conda.org"),
    )
)
TORCH_INDEX = "download." + "pytorch.org"
MACHINE_PATHS = tuple(
    first + second
    for first, second in (
        ("/work", "/main"),
        ("/work", "/shared"),
        ("/work", "/.library"),
        ("/tmp", "/w/"),
        ("/opt", "/wheels"),
        ("/opt", "/pypi"),
        ("/root", "/."),
    )
)
BARE_IGNORE = re.compile("# type: " + r"ignore(?!\[[a-z-]+(?:, *[a-z-]+)*\])")
CODE_SUFFIXES = {".py", ".html", ".jinja", ".j2", ".css", ".js", ".svg", ".webmanifest"}
AREA_CODE = re.compile(r"(?<!\d)0\d{2,3}-\d{7,8}(?!\d)")


@cache
def texts() -> dict[Path, str]:
    held = {path: text_of(path) for path in committed_files()}
    return {path: text for path, text in held.items() if text is not None}


def places(text: str, needles: Iterator[str] | tuple[str, ...]) -> list[str]:
    return sorted({needle for needle in needles if needle in text})


def faults(needles: tuple[str, ...], files: dict[Path, str]) -> list[str]:
    return [f"{path}: {', '.join(found)}" for path, text in files.items() if (found := places(text, needles))]


def test_there_are_files_to_read() -> None:
    assert {Path("pyproject.toml"), Path("knowledge/types.py"), Path("tasks.py")} <= set(texts())


def test_no_file_names_a_package_registry() -> None:
    assert faults(REGISTRY_HOSTS, texts()) == []


def test_only_the_makefile_names_the_torch_index() -> None:
    counts = {str(path): text.count(TORCH_INDEX) for path, text in texts().items() if TORCH_INDEX in text}
    assert counts == {"Makefile": 1}


def test_no_file_names_a_path_of_this_machine() -> None:
    here = str(ROOT) + "/"
    needles = (*MACHINE_PATHS, here) if len(ROOT.parts) > 2 else MACHINE_PATHS
    assert faults(needles, texts()) == []


def test_every_ignored_type_error_is_named() -> None:
    python = {path: text for path, text in texts().items() if path.suffix == ".py"}
    assert [str(path) for path, text in python.items() if BARE_IGNORE.search(text)] == []


@pytest.mark.parametrize(
    ("line", "bare"),
    [("x  # type: " + "ignore", True), ("x  # type: " + "ignore[arg-type]", False)],
)
def test_a_bare_ignore_is_seen(line: str, bare: bool) -> None:
    assert bool(BARE_IGNORE.search(line)) is bare


# --- one town's words stay in its files -------------------------------------------------------------------


def local_words() -> tuple[str, ...]:
    """Names of the town, its levels below the nation, its offices and its region code, from town.toml."""
    town = tomllib.loads((ROOT / "knowledge" / "town.toml").read_text(encoding="utf-8"))
    names = {town["name"], town["assistant_name"], town["operator"], town["region"]}
    names |= {level["name"] for level in town["levels"] if level["code"] != "00"}
    names |= {office["name"] for office in town["offices"]}
    return tuple(sorted(names))


# Spoken in every province: the dialect list holds them only because they stand for another word.
SPOKEN_EVERYWHERE = {"可不可以", "行不行", "会不会", "乡下", "外面", "妈妈", "老婆", "老公", "男人", "过世", "赖账"}


def dialect_words() -> tuple[str, ...]:
    """Words that only the dialect list knows: what our own plain sentences also use is ordinary Chinese."""
    rows = yaml.safe_load((ROOT / "knowledge" / "lexicon" / "dialect.yaml").read_text(encoding="utf-8"))
    said = {word for row in rows for word in row["say"] if len(word) > 1}
    plain = "\n".join(
        text.rpartition("\n---\n")[2] if path.suffix == ".md" else text
        for path, text in texts().items()
        if path.parts[:2] in (("knowledge", "policies"), ("knowledge", "report"), ("knowledge", "parameters"))
        or path == Path("knowledge/lexicon/terms.txt")
    )
    meant = {word for row in rows for word in row["mean"]}
    return tuple(sorted(word for word in said - meant - SPOKEN_EVERYWHERE if word not in plain))


@cache
def code_and_pages() -> dict[Path, str]:
    """Code, templates, static files and the fixed wording: what is the same in every town."""
    inside = {path: text for path, text in texts().items() if path.parts[0] in PACKAGES}
    return {
        path: text
        for path, text in inside.items()
        if path.suffix in CODE_SUFFIXES or (path.parts[0] != "knowledge" and path.suffix in (".yaml", ".txt"))
    }


def test_code_and_pages_name_no_town_and_no_office() -> None:
    assert len(local_words()) > 10
    assert faults(local_words(), code_and_pages()) == []


def test_code_and_pages_hold_no_dialect_word() -> None:
    assert len(dialect_words()) > 30
    assert faults(dialect_words(), code_and_pages()) == []


def test_code_and_pages_hold_no_local_number() -> None:
    assert [str(path) for path, text in code_and_pages().items() if AREA_CODE.search(text)] == []
