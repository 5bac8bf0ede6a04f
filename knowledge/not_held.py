"""Things people often ask about that this town has no texts on: said so at once, with the phone to ring.

A row yields to an entry that is asked for in the row's own words, so that publishing a text opens its subject.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from knowledge.homophones import Spoken, ordinary_pairs
from knowledge.normalise import normalise
from knowledge.yaml_files import read_yaml


@dataclass(frozen=True, slots=True)
class NotHeld:
    """say: normalised words that name it; a word with ``+`` needs all its pieces in the question.

    but: words beside which the row does not count. what: how the answer calls it. ask: a hotline, or '' for none.
    """

    say: tuple[str, ...]
    what: str
    ask: str
    but: tuple[str, ...] = ()

    def names(self, spoken: Spoken) -> bool:
        """Whether the question is about it; a slip of the same sound counts as the word, if it is long."""
        return bool(self.fired(spoken))

    def fired(self, spoken: Spoken) -> tuple[str, ...]:
        """The words of `say` that the question holds; () when the row does not count."""
        if any(word in spoken.text for word in self.but):
            return ()
        return tuple(word for word in self.say if all(_said(piece, spoken) for piece in word.split("+")))


def _said(piece: str, spoken: Spoken) -> bool:
    """By sign, and from three signs on by sound too: pairs sound like too many other things."""
    if piece in spoken.text:
        return True
    return len(piece) > 2 and any(_slipped(piece, spoken.text, start) for start in spoken.find(piece))


def _slipped(word: str, text: str, start: int) -> bool:
    """Whether what sounds like the word at `start` can be a slip: no sign that differs is a word with its neighbour.

    退休到哪边 does not say 修到哪, 72岁在 does not say 谁在.
    """
    differing = (start + at for at, sign in enumerate(word) if text[start + at] != sign)
    return not any(_stands(text, at) for at in differing)


def _stands(text: str, at: int) -> bool:
    """Whether the sign is a word together with the one before or after it, or the unit of a number."""
    pairs = {text[max(0, at - 1) : at + 1], text[at : at + 2]}
    return text[max(0, at - 1)].isdigit() or not pairs.isdisjoint(ordinary_pairs())


def load_not_held(path: Path) -> tuple[NotHeld, ...]:
    """Rows of `lexicon/not_held.yaml`; none when there is no such file."""
    rows = read_yaml(path.read_text(encoding="utf-8"), str(path)) or [] if path.is_file() else []
    return tuple(
        NotHeld(_words(row["say"]), str(row["what"]), str(row["ask"]), _words(row.get("but", ()))) for row in rows
    )


def _words(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(normalise(word) for word in words)


def named(text: str, rows: Iterable[NotHeld], nearest: Callable[[], str] = str) -> NotHeld | None:
    """The first row that the normalised text is about, unless what is held speaks of it.

    nearest: all words of the entry that is nearest to the text, '' for none; asked only where a row fires.
    """
    spoken = Spoken(text)
    for row in rows:
        words = row.fired(spoken)
        if words and not any(_spoken_of(word, nearest()) for word in words):
            return row
    return None


def _spoken_of(word: str, held: str) -> bool:
    return all(piece in held for piece in word.split("+"))
