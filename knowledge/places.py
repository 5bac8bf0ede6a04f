"""Whether a question is about another place than ours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.homophones import Spoken
from knowledge.types import Level, Town
from knowledge.yaml_files import read_yaml

_KINDS = ("local", "county", "other")
"""Lists of the file, from near to far: towns of our county, counties of our city, the rest of the world."""
_TOWNSHIP = re.compile(
    r"(?:^|[,，。 是在到去])([^\W年月我们全本各村乡个的这那哪有]{2})"
    r"镇(?!里|上|头|村|下|镇|干部|街|便民|卫生|派|司法|民政)"
)
_SUFFIX = re.compile(r"[省市县区镇乡]")
_NEAR = 5
"""Characters after a place within which a word of `away` (a single sign: at once) makes it where somebody is."""


@dataclass(frozen=True, slots=True)
class Places:
    """names: other places by kind, longest first. ours: words of our own places, by the same kinds.

    before: words that put somebody there (在, 去). away: what people do there. there, matters: `there` followed
    by a matter that each place rules for itself is about that place, whoever asks.
    """

    names: tuple[tuple[str, str], ...]
    ours: dict[str, tuple[str, ...]]
    before: tuple[str, ...]
    away: tuple[str, ...]
    there: tuple[str, ...]
    matters: tuple[str, ...]

    def outside(self, text: str) -> str | None:
        """The other place whose affairs are asked about, None when it is ours or none. text: normalised."""
        spoken = Spoken(text)
        for name, kind in self.names:
            if any(word in text for word in self.ours[kind]):
                continue
            starts = spoken.find(name) if name in text or kind != "local" else []
            if any(self._is_meant(text, start, start + len(name)) for start in starts):
                return name
        found = _TOWNSHIP.search(text)
        if found is None or any(word in text for word in self.ours["local"]):
            return None
        return found[1] + "镇" if self._is_meant(text, found.start(1), found.end()) else None

    def _is_meant(self, text: str, start: int, end: int) -> bool:
        """Whether the place between start and end is asked about, not only where somebody is or comes from."""
        if not self._is_spelt(text[start:end]) and not self._goes_on(text[end:]):
            return False
        if self._there_matters(text[end:]):
            return True
        if text[max(0, start - 2) : start].endswith(self.before):
            return False
        if _SUFFIX.match(text, end):
            return True
        after = text[end : end + _NEAR]
        return not any(word in after if len(word) > 1 else after.startswith(word) for word in self.away)

    def _is_spelt(self, piece: str) -> bool:
        return len(piece) > 2 or any(piece == name for name, _ in self.names)

    def _goes_on(self, after: str) -> bool:
        """A pair that only sounds like a place must go on as a place does: 上还认 is not 上海."""
        return after.startswith(("的", "那", *self.matters)) or _SUFFIX.match(after) is not None

    def _there_matters(self, after: str) -> bool:
        words = [word for word in self.there if word in after]
        rest = [after[after.index(word) + len(word) :].lstrip("的")[:4] for word in words]
        return any(piece.startswith(self.matters) for piece in rest)


def level_asked(text: str, levels: Sequence[Level]) -> str | None:
    """The code of the lowest of our own levels that the text names, None where it names none. text: normalised."""
    named = [level.code for level in levels if any(word in text for word in level.words if len(word) > 1)]
    return named[-1] if named else None


def load_places(path: Path, town: Town) -> Places:
    """Places of `lexicon/places.yaml` less the town's own names; no places when there is no such file."""
    data: dict[str, Sequence[str]] = {}
    if path.is_file():
        data = read_yaml(path.read_text(encoding="utf-8"), str(path)) or {}
    every = {word for level in town.levels for word in level.words}
    names = [(name, kind) for kind in _KINDS for name in data.get(kind, ()) if name not in every]
    names.sort(key=lambda item: -len(item[0]))
    ours = {kind: _words(town.levels[lowest:]) for kind, lowest in zip(_KINDS, (-1, -2, 1), strict=True)}
    lists = (tuple(data.get(key, ())) for key in ("before", "away", "there", "matters"))
    return Places(tuple(names), ours, *lists)


def _words(levels: Sequence[Level]) -> tuple[str, ...]:
    return tuple(word for level in levels for word in level.words if len(word) > 1)
