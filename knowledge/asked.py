"""What kind of thing a question asks for (a sum, a count, a name), and whether a row has any of it to give.

A question for a sum is not answered by an entry without one, however near its words are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

from knowledge.entries import PLACEHOLDER
from knowledge.figures import figures_in
from knowledge.homophones import Spoken
from knowledge.mentions import FigureKind
from knowledge.normalise import normalise
from knowledge.parameters import parameters_named
from knowledge.types import Entry, Parameter
from knowledge.yaml_files import read_yaml

MONEY, QUANTITY, NAME = "money", "quantity", "name"
_SUMS = frozenset({FigureKind.MONEY.value, FigureKind.RATE.value})
_NUMBERS = _SUMS | {kind.value for kind in (FigureKind.DURATION, FigureKind.AGE, FigureKind.COUNT, FigureKind.GRADE)}
SAID = "said"
"""Kind of a row that speaks of sums without giving one: not found, free, set elsewhere."""
_SEVERAL = "几"


@dataclass(frozen=True, slots=True)
class Scheme:
    """One of the insurances that pay differently. asked: how a question names it; told: how a text speaks of it."""

    asked: tuple[str, ...]
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """Words by what they ask for; all normalised. said: words of a row that speak of sums without a figure.

    rise, before, now: words that speak of a rise, of what was before it, and of the present alone. schemes: by name.
    """

    words: Mapping[str, tuple[str, ...]]
    said: tuple[str, ...] = ()
    rise: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    now: tuple[str, ...] = ()
    schemes: Mapping[str, Scheme] = field(default_factory=dict)

    def kinds(self, text: str) -> frozenset[str]:
        """What the normalised question asks for: of MONEY, QUANTITY and NAME."""
        return frozenset(kind for kind, words in self.words.items() if any(word in text for word in words))

    def of_change(self, text: str) -> bool:
        """Whether the normalised question is about a figure's rise or what it was before, not what it is now."""
        if any(word in text for word in self.before):
            return True
        return any(word in text for word in self.rise) and not any(word in text for word in self.now)

    def scheme(self, text: str) -> str | None:
        """The one scheme that the normalised question names, by sign or by sound; None for none or several."""
        spoken = Spoken(text)
        named = [name for name, scheme in self.schemes.items() if any(spoken.find(word) for word in scheme.asked)]
        return named[0] if len(named) == 1 else None

    def of_another_scheme(self, scheme: str | None, question: str, text: str, held: frozenset[str]) -> bool:
        """Whether an entry is about another scheme only, and says nothing of the one that is asked for.

        scheme: of `scheme`. question, text: the entry's own question, and all that it says. held: of `kinds_held`;
        sums that a text gives for one scheme are no other one's, though its question names none.
        """
        if scheme is None or self._tells(text, {scheme}) or self._tells(question, {scheme}):
            return False
        return self._tells(question, self.schemes) or bool(held & _SUMS and self._tells(text, self.schemes))

    def _tells(self, text: str, schemes: Iterable[str]) -> bool:
        return any(word in text for name in schemes for word in self.schemes[name].told)

    def lacks(self, asks: frozenset[str], held: frozenset[str], text: str) -> tuple[float, float, float, float]:
        """1.0 where it holds: a sum is asked and none given; a number is asked and none given; number; name asked.

        asks: of `kinds`. held: of `kinds_held`. text: of the row.
        """
        sums = held & _SUMS or any(word in text for word in self.said)
        return (
            float(MONEY in asks and not sums),
            float(QUANTITY in asks and not held & _NUMBERS),
            float(QUANTITY in asks),
            float(NAME in asks),
        )


NOTHING = Asked({})


def kinds_held(entry: Entry, parameters: Mapping[str, Parameter]) -> frozenset[str]:
    """Kinds of all figures of an entry; a figure that is not known counts, as the entry says so."""
    claims = [claim.text for part in entry.parts for claim in part.claims]
    named = parameters_named((name for text in claims for name in PLACEHOLDER.findall(text)), parameters)
    return kinds_of_text("\n".join(claims)) | {_kind_of_unit(parameter.unit) for parameter in named}


def kinds_of_text(text: str) -> frozenset[str]:
    """Kinds of the figures that stand in a text."""
    return frozenset(mention.kind.value for mention in figures_in(PLACEHOLDER.sub("", text)))


_UNITS: Sequence[tuple[str, FigureKind]] = (
    (r"[%％]|百分", FigureKind.RATE),
    (r"元", FigureKind.MONEY),
    (r"岁", FigureKind.AGE),
    (r"[天日月年]", FigureKind.DURATION),
)


def _kind_of_unit(unit: str) -> str:
    return next((kind.value for pattern, kind in _UNITS if re.search(pattern, unit)), FigureKind.COUNT.value)


def load_asked(folder: Path) -> Asked:
    """`asked.yaml` of a lexicon folder; nothing is asked for where there is no such file."""
    path = folder / "asked.yaml"
    if not path.is_file():
        return NOTHING
    data: Mapping[str, Any] = read_yaml(path.read_text(encoding="utf-8"), str(path)) or {}
    several = [_SEVERAL + measure for measure in data["measures"]]
    pairs = [verb + much for verb, much in product(data["verbs"], data["how_much"])]
    money = _words([*data[MONEY], *pairs])
    words = {MONEY: money, QUANTITY: _words([*data[QUANTITY], *several]) + money, NAME: _words(data[NAME])}
    schemes = {row["name"]: Scheme(_words(row["asked"]), _words(row["told"])) for row in data["schemes"]}
    said, rise, before, now = (_words(data[key]) for key in (SAID, "rise", "before", "now"))
    return Asked(words, said, rise, before, now, schemes)


def _words(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(normalise(word) for word in words))
