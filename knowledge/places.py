"""Whether a question is about another place than ours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.types import Town
from knowledge.yaml_files import read_yaml

_WINDOW = 10
_TOWNSHIP = re.compile(r"(?:^|[,，。 是在到去])([一-鿿](?![年月天全我们本各哪这那乡城该])[一-鿿])镇(?!政|里|上|头|村|下|镇|干部|街|便民|卫生|派|司法|民政)")


@dataclass(frozen=True, slots=True)
class Places:
    """names: other places, longest first. away: words of somebody who is there but asks for herself."""

    names: tuple[str, ...]
    away: tuple[str, ...]
    about_there: tuple[str, ...]
    toward: tuple[str, ...]
    ours: tuple[str, ...]

    def outside(self, text: str) -> str | None:
        """The other place whose affairs are asked about, None when it is ours or none. text: normalised."""
        for name in self.names:
            start = text.find(name)
            if start >= 0 and not self._is_away(text, start + len(name)) and not self._is_target(text, start):
                return name
        found = _TOWNSHIP.search(text)
        if found is None or found[1] + "镇" in self.ours or found[1] in self.ours:
            return None
        return None if self._is_away(text, found.end()) else found[1] + "镇"

    def _is_target(self, text: str, start: int) -> bool:
        """Whether the place is where somebody of ours moves to, or stands beside our own place."""
        before = text[max(0, start - 4) : start]
        return any(word in before for word in self.toward) or any(word in text for word in self.ours if len(word) > 1)

    def _is_away(self, text: str, end: int) -> bool:
        after = text[end : end + _WINDOW]
        if any(after.startswith(words) or words in after[:4] for words in self.about_there):
            return False
        return any(word in after for word in self.away)


def load_places(path: Path, town: Town) -> Places:
    """Places of `lexicon/places.yaml` less the town's own names; an empty list when there is no such file."""
    data: dict[str, Sequence[str]] = {}
    if path.is_file():
        data = read_yaml(path.read_text(encoding="utf-8"), str(path)) or {}
    ours = tuple(word for level in town.levels for word in level.words)
    names = [name for key in ("local", "county", "other") for name in data.get(key, ()) if name not in ours]
    names.sort(key=len, reverse=True)
    return Places(tuple(names), tuple(data.get("away", ())), tuple(data.get("about_there", ())), tuple(data.get("toward", ())), ours)
