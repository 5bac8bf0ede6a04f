"""Dialect and spoken forms as the texts write them, before tokens are read: `lexicon/plain.yaml`.

Both sides are read this way, question and row, so that one meaning is one token however it is said. What the
lexicon's rows mean is wider and only adds words; here a form is another way to say the very same.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.problems import KnowledgeError, Problem
from knowledge.settings import PACKAGE
from knowledge.yaml_files import read_yaml

FILE = "plain.yaml"
PAUSE = " "
"""What stands for a filler: the words around it were not said in one breath."""


@dataclass(frozen=True, slots=True)
class PlainWords:
    """forms: what is said -> what is read instead; a filler is read as a pause."""

    forms: Mapping[str, str]
    said: re.Pattern[str]

    @classmethod
    def of(cls, plain: Mapping[str, Sequence[str]], fillers: Iterable[str], whole: Iterable[str]) -> PlainWords:
        """plain: the plain form -> how else it is said. whole: words that stay, though a form stands in them.

        Of two forms at one place the longer one counts.
        """
        forms = {said: form for form, others in plain.items() for said in others}
        forms |= dict.fromkeys(fillers, PAUSE) | {word: word for word in whole}
        longest = sorted(forms, key=lambda said: (-len(said), said))
        return cls(forms, re.compile("|".join(map(re.escape, longest)) or r"(?!)"))

    @property
    def digest(self) -> str:
        """The first 12 hex digits of the sha256 of all forms, in their order."""
        lines = "\n".join(f"{said}\t{form}" for said, form in self.forms.items())
        return hashlib.sha256(lines.encode()).hexdigest()[:12]

    def read(self, text: str) -> str:
        """A normalised text in plain words."""
        return self.said.sub(lambda found: self.forms[found[0]], text)


def load_plain_words(folder: Path) -> PlainWords:
    """`plain.yaml` of a lexicon folder; nothing is read otherwise where there is no such file."""
    path = folder / FILE
    if not path.is_file():
        return PlainWords.of({}, (), ())
    data = read_yaml(path.read_text(encoding="utf-8"), str(path))
    if not isinstance(data, dict) or set(data) != {"plain", "fillers", "whole"}:
        raise KnowledgeError([Problem(str(path), 1, "应当有 plain、fillers、whole 三栏", "照着随程序带的那份写")])
    return PlainWords.of(data["plain"], data["fillers"], data["whole"])


@lru_cache(maxsize=1)
def bundled() -> PlainWords:
    """The forms that tokens are read with; they belong to the index as its tokens do."""
    return load_plain_words(PACKAGE / "lexicon")
