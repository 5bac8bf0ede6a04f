"""The keyboard's dictionary for this installation: made of what it shows, once a day."""

from __future__ import annotations

import asyncio
import threading
from datetime import date
from hashlib import sha256
from pathlib import Path

from knowledge.lexicon import load_lexicon
from knowledge.settings import Settings
from knowledge.types import Town
from web.kiosk_ready import shown_texts
from web.pinyin.dictionary import dictionary


class KioskWords:
    """The text and its tag; making it takes about a second, so it is kept for the day."""

    def __init__(self) -> None:
        self._held: tuple[date, str, str] | None = None
        self._making = threading.Lock()

    async def text(self, day: date, pack: str, settings: Settings, town: Town) -> tuple[str, str]:
        """(JSON, ETag). pack: the ready answers of the day."""
        return await asyncio.to_thread(self._text, day, pack, settings, town)

    def _text(self, day: date, pack: str, settings: Settings, town: Town) -> tuple[str, str]:
        """Two kiosks that start together wait for one dictionary."""
        with self._making:
            if self._held is None or self._held[0] != day:
                made = words_json(pack, settings, town)
                self._held = (day, made, f'W/"{sha256(made.encode()).hexdigest()[:24]}"')
            return self._held[1], self._held[2]


def words_json(pack: str, settings: Settings, town: Town) -> str:
    """pack: the ready answers of the day, as JSON."""
    return words_text(shown_texts(pack), settings, town)


def words_text(texts: list[str], settings: Settings, town: Town) -> str:
    """texts: what we show. Words come from the lexicon and the town file too, speech from our own examples."""
    lexicon = load_lexicon(settings.lexicon_dir)
    given = [word for row in lexicon.rows for word in (*row.say, *row.mean)]
    given += _read(settings.lexicon_dir / "terms.txt").split()
    given += [office.name for office in town.offices.values()] + [topic.name for topic in town.topics]
    given += [word for level in town.levels for word in level.words]
    spoken = [settings.lexicon_dir / "danger_examples.txt", *sorted(settings.calibration_dir.glob("*.txt"))]
    return dictionary([*texts, *map(_read, spoken)], given)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""
