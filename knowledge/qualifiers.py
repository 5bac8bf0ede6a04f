"""Which qualifier words hold for a place in a text: found by scope, the nearest first."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.qualifier_words import Token, Vocabulary, named

_BOUNDARY = re.compile(r"[；;。！？!?\n]")
_PAUSE = re.compile(r"[，,、：:（）()；;。！？!?\n]")
_LEAD = re.compile(r"^[^；;。！？!?\n]{1,24}?[：:]", re.M)
_HEADING = re.compile(r"^(?:#+ *(?P<title>[^\n]+)|(?P<lead>[^\n]{1,30}[：:]))[ \t]*$", re.M)


_JOINT = re.compile(r"[、/和或及与以至到 ]*|[^，,；;：:、]{0,3}[或和及][^，,；;：:、]{0,6}")


@dataclass(frozen=True, slots=True)
class Scope:
    """One text with its qualifier words, ready to be asked about places in it."""

    text: str
    tokens: tuple[Token, ...]
    context: Mapping[str, frozenset[str]]
    stops: tuple[int, ...]
    """Starts of the figures, which end the reach of a word that follows a figure."""

    @classmethod
    def of(cls, text: str, vocabulary: Vocabulary, context: Sequence[str], stops: Iterable[int]) -> Scope:
        around = named("\n".join(context), vocabulary)
        return cls(text, vocabulary.tokens(text), around, tuple(stops))

    def at(self, start: int, end: int) -> dict[str, str]:
        """Category -> words that hold for the figure at [start, end), the strongest first: left in its clause,
        right after it, left in its sentence, the words that open its line, the heading above, the context
        where that names one word only."""
        result: dict[str, frozenset[str]] = {c: words for c, words in self.context.items() if len(words) == 1}
        sentence, clause = self._last(_BOUNDARY, start), self._last(_PAUSE, start)
        for area in (
            self._heading(start),
            self._lead(start),
            (sentence, start),
            self._right(start, end),
            (clause, start),
        ):
            result.update(self._nearest(area, start))
        result.update(self._respective(sentence, start))
        return {category: "|".join(sorted(words)) for category, words in result.items()}

    def _last(self, pattern: re.Pattern[str], start: int) -> int:
        boundary = 0
        for match in pattern.finditer(self.text, 0, start):
            boundary = match.end()
        return boundary

    def _respective(self, sentence: int, start: int) -> dict[str, frozenset[str]]:
        """城市、农村分别是770元、630元: the first word goes with the first figure."""
        mark = self.text.rfind("分别", sentence, start)
        if mark < 0:
            return {}
        number = bisect_left(self.stops, start) - bisect_left(self.stops, mark)
        result = {}
        for category in {token.category for token in self.tokens}:
            listed = [t.word for t in self.tokens if t.category == category and sentence <= t.start < mark]
            if len(listed) > 1 and number < len(listed):
                result[category] = frozenset({listed[number]})
        return result

    def _right(self, start: int, end: int) -> tuple[int, int]:
        at = end + 1 if self.text[end : end + 1] in ("（", "(") else end
        pause = _PAUSE.search(self.text, at)
        index = bisect_left(self.stops, end)
        following = self.stops[index] if index < len(self.stops) else len(self.text)
        return end, min(pause.start() if pause else len(self.text), following)

    def _lead(self, start: int) -> tuple[int, int]:
        line = self.text.rfind("\n", 0, start) + 1
        match = _LEAD.match(self.text, line)
        return (line, match.end()) if match and match.end() <= start else (0, 0)

    def _heading(self, start: int) -> tuple[int, int]:
        line = self.text.rfind("\n", 0, start) + 1
        last = (0, 0)
        for match in _HEADING.finditer(self.text, 0, line):
            last = match.span()
        return last

    def _nearest(self, area: tuple[int, int], start: int) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        inside = [token for token in self.tokens if area[0] <= token.start and token.end <= area[1]]
        before = [token for token in self.tokens if token.end <= start]
        ordered = sorted(
            inside, key=lambda token: (min(abs(start - token.end), abs(token.start - start)), -token.end)
        )
        for token in ordered:
            if token.category not in found:
                found[token.category] = frozenset({token.word} | self._beside(token, before))
        return found

    def _beside(self, token: Token, before: list[Token]) -> set[str]:
        """Words of the same category joined to this one: 一档、二档都是, 城市或农村."""
        words: set[str] = set()
        first = token.start
        for other in sorted(before, key=lambda each: -each.end):
            if other.category == token.category and other.end <= first:
                gap = self.text[other.end : first]
                if not _JOINT.fullmatch(gap):
                    break
                words.add(other.word)
                first = other.start
        return words
