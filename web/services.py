"""What every route may use, gathered once when the app is made."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from fastapi import Depends, Request

from bot.ports import Store
from bot.types import AnswerStatus
from bot.wording import Wording
from knowledge.settings import Settings
from knowledge.types import Topic, Town
from web.answering import Answering
from web.clock import CHINA
from web.library import EntryLink, LibraryView
from web.rates import Rates
from web.refusals import Refusal, refusal, with_danger
from web.rendering import Pages
from web.standing import Standing


@dataclass(frozen=True, slots=True)
class Services:
    """now: the clock, aware UTC. danger: does this text speak of danger (also when nothing else works)?"""

    answering: Answering
    library: LibraryView
    store: Store
    settings: Settings
    town: Town
    wording: Wording
    rates: Rates
    pages: Pages
    now: Callable[[], datetime]
    danger: Callable[[str], bool]
    mask: Callable[[str], str]
    standing: Standing

    def today(self) -> date:
        return self.now().astimezone(CHINA).date()

    def refuse(self, status: AnswerStatus, typed: str = "", **more: object) -> Refusal:
        """A refusal of what was typed; danger in it is answered even so."""
        refused = refusal(status, self.wording, self.town, self.now(), **more)  # type: ignore[arg-type]
        return with_danger(refused, self.wording, self.town) if self.danger(typed) else refused

    async def questions(self) -> dict[Topic, list[EntryLink]]:
        """Topics that have ready questions, in the order of the town file."""
        found = await asyncio.to_thread(self.library.questions, self.today())
        return {topic: list(found[topic.slug]) for topic in self.town.topics if found.get(topic.slug)}


def get_services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


ServicesDep = Annotated[Services, Depends(get_services)]
