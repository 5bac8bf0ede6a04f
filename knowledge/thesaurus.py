"""Everyday things by what they are called: `thesaurus/*.txt`, one concept a line.

`#` begins a comment, `[名]` a field of life, each other line holds the words of one thing, the usual one first:
``狗 狗子 土狗 养狗``. A file is a kind of concept (land, people, deeds, …). No search looks at it; only what
people asked in vain is brought together by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from knowledge.homophones import may_be, sound
from knowledge.lexicon import Lexicon
from knowledge.normalise import normalise
from knowledge.problems import KnowledgeError, Problem
from knowledge.settings import PACKAGE

FOLDER = PACKAGE / "thesaurus"


@dataclass(frozen=True, slots=True)
class Concept:
    """name: its usual word. field: of its file, '' before the first one. kind: stem of its file."""

    name: str
    field: str
    kind: str


@dataclass(frozen=True, slots=True)
class Found:
    """A concept in a text. start, end: the stretch that says it, 0 and 0 when a local word stands for it.

    sure: spelt as it is; False where it only sounds so or is said in another way.
    """

    concept: Concept
    start: int
    end: int
    sure: bool


@dataclass(frozen=True)
class Thesaurus:
    """words: normalised word -> what it is called for."""

    words: Mapping[str, Concept]

    @cached_property
    def _lengths(self) -> tuple[int, ...]:
        return tuple(sorted({len(word) for word in self.words}, reverse=True))

    @cached_property
    def _sounds(self) -> Mapping[str, tuple[str, ...]]:
        heard: dict[str, list[str]] = {}
        for word in self.words:
            if len(word) > 1:
                heard.setdefault(sound(word), []).append(word)
        return {key: tuple(words) for key, words in heard.items()}

    def find(self, text: str) -> list[Found]:
        """Concepts in the normalised text, the longest words first; what is left over is looked for by sound."""
        free = [True] * len(text)
        return self._spelt(text, free) + self._heard(text, free)

    def find_said(self, text: str, lexicon: Lexicon) -> list[Found]:
        """`find`, and what the lexicon's local words stand for."""
        found = self.find(text)
        held = {each.concept for each in found}
        said = [word for row in lexicon.fired(text) for word in row.mean]
        meant = [each.concept for word in said for each in self._spelt(word, [True] * len(word))]
        return found + [Found(concept, 0, 0, False) for concept in dict.fromkeys(meant) if concept not in held]

    def _spelt(self, text: str, free: list[bool]) -> list[Found]:
        found = []
        for length in self._lengths:
            for start in range(len(text) - length + 1):
                concept = self.words.get(text[start : start + length])
                if concept and all(free[start : start + length]):
                    free[start : start + length] = [False] * length
                    found.append(Found(concept, start, start + length, True))
        return found

    def _heard(self, text: str, free: list[bool]) -> list[Found]:
        found = []
        for length in self._lengths:
            for start in range(len(text) - length + 1) if length > 1 else ():
                piece = text[start : start + length]
                if not all(free[start : start + length]):
                    continue
                word = next((each for each in self._sounds.get(sound(piece), ()) if may_be(piece, each)), None)
                if word:
                    free[start : start + length] = [False] * length
                    found.append(Found(self.words[word], start, start + length, False))
        return found


def load_thesaurus(folder: Path = FOLDER) -> Thesaurus:
    """All files of the folder, in name order. Raises KnowledgeError for a word that stands twice or a broken head."""
    words: dict[str, Concept] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.txt")):
        problems += _read(path, words)
    if problems:
        raise KnowledgeError(problems)
    return Thesaurus(words)


def _read(path: Path, words: dict[str, Concept]) -> list[Problem]:
    """Adds the file's words; what is wrong in it."""
    problems: list[Problem] = []
    field = ""
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        line = normalise(raw.partition("#")[0])
        if line.startswith("["):
            field = line[1:-1].strip() if line.endswith("]") else ""
            if not field:
                problems.append(Problem(str(path), number, "一个域的名字没有写全", "写成“[名字]”，单独一行"))
        elif line:
            problems += _add(line.split(), Concept(line.split()[0], field, path.stem), words, path, number)
    return problems


def _add(said: Iterable[str], concept: Concept, words: dict[str, Concept], path: Path, number: int) -> list[Problem]:
    problems = []
    for word in said:
        if word in words:
            where = words[word].name
            problems.append(Problem(str(path), number, f"“{word}”写了两回（还在“{where}”那一行）", "只留一处"))
        words.setdefault(word, concept)
    return problems
