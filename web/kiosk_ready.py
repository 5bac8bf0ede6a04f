"""Every ready answer in one JSON text, so that a kiosk goes on answering when its network is gone."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from knowledge.types import Topic
from web.cards import entry_card, spell_day
from web.library import EntryLink, ShownEntry
from web.services import Services
from web.topics import find_questions
from web.views import BlockView, CardView, LineView

FRESH_FOR = timedelta(seconds=60)
"""What the desk publishes or withdraws reaches a kiosk that reloads within this time."""
Json = dict[str, Any]


class ReadyAnswers:
    """The text and its tag, made anew at most once a minute. Asked for by every kiosk that starts again."""

    def __init__(self, make: Callable[[Services, dict[Topic, list[EntryLink]]], str]) -> None:
        self._make = make
        self._held: tuple[datetime, date, str, str] | None = None

    async def text(self, services: Services) -> tuple[str, str]:
        """(JSON, ETag). Raises what the library raises."""
        now, day = services.now(), services.today()
        held = self._held
        if held is None or held[1] != day or now - held[0] >= FRESH_FOR:
            made = await asyncio.to_thread(self._make, services, await find_questions(services))
            held = (now, day, made, f'W/"{sha256(made.encode()).hexdigest()[:24]}"')
            self._held = held
        return held[2], held[3]


def ready_json(services: Services, found: dict[Topic, list[EntryLink]]) -> str:
    """{"day": as spelled, "topics": [{slug, name, questions: [id]}], "answers": {id: answer}, "sources": […]}.

    An answer is what its card shows, less what is empty; `sources` of an answer are [place in sources, numbers].
    """
    on = services.today()
    sources: dict[str, int] = {}
    answers: dict[str, Json] = {}
    topics = []
    for topic, links in found.items():
        shown = [entry for link in links if (entry := services.library.entry(link.id, on)) is not None]
        answers |= {entry.id: _answer(services, entry, sources, on) for entry in shown}
        topics.append({"slug": topic.slug, "name": topic.name, "questions": [entry.id for entry in shown]})
    content = {"day": spell_day(on), "topics": topics, "answers": answers, "sources": [json.loads(source) for source in sources]}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def shown_texts(pack: str) -> list[str]:
    """Every question and line of the pack: the texts that the keyboard's dictionary is made of."""
    answers = json.loads(pack)["answers"].values()
    texts = []
    for answer in answers:
        texts += [answer["question"], answer["heading"][0], *(line[0] for line in answer.get("more", ()))]
        texts += [line[0] for block in answer["blocks"] for line in block["lines"]]
    return texts


def _answer(services: Services, entry: ShownEntry, sources: dict[str, int], on: date) -> Json:
    card = entry_card(entry, services.wording, services.town, on)
    full = {
        "question": entry.question,
        "heading": [card.heading, list(card.heading_marks)],
        "more": [_line(line) for line in card.more],
        "blocks": [_block(block) for block in card.blocks],
        "sources": _sources(card, sources),
        "phones": [[contact.name, contact.phone, contact.hours] for contact in card.contacts],
        "reviewed": entry.reviewed,
    }
    return {name: value for name, value in full.items() if value != []} | {"blocks": full["blocks"]}


def _line(line: LineView) -> list[Any]:
    return [line.text, list(line.marks)]


def _block(block: BlockView) -> Json:
    return {"kind": block.kind, "heading": block.heading, "lines": [_line(line) for line in block.lines]}


def _sources(card: CardView, held: dict[str, int]) -> list[Any]:
    """Many answers rest on the same article: each is written once."""
    rows = []
    for source in card.sources:
        fields = {name: value for name, value in asdict(source).items() if name not in ("numbers", "url", "url_text")}
        key = json.dumps(fields, ensure_ascii=False)
        rows.append([held.setdefault(key, len(held)), list(source.numbers)])
    return rows
