"""Topics and ready questions for the pages; empty when the library cannot be read now."""

from __future__ import annotations

from itertools import chain, zip_longest

from knowledge.types import Topic
from web.incidents import record
from web.library import EntryLink
from web.services import Services
from web.views import LinkView, TopicView

SHOWN_TOPICS = 8
READY_QUESTIONS = 8
Found = dict[Topic, list[EntryLink]]


async def find_questions(services: Services) -> Found:
    """Topic -> ready questions. A library that fails leaves the page without them, not without phones."""
    try:
        return await services.questions()
    except Exception as error:
        record(error, "topics")
        return {}


def as_topics(found: Found) -> tuple[TopicView, ...]:
    return tuple(TopicView(topic.slug, topic.name) for topic in found)


def as_links(entries: list[EntryLink]) -> tuple[LinkView, ...]:
    return tuple(LinkView(f"/entries/{entry.id}", entry.question) for entry in entries)


def ready_links(found: Found) -> tuple[LinkView, ...]:
    """The first question of each topic, then the second of each, up to eight."""
    rounds = zip_longest(*found.values())
    mixed = [entry for entry in chain.from_iterable(rounds) if entry is not None]
    return as_links(mixed[:READY_QUESTIONS])


async def topic_views(services: Services) -> tuple[TopicView, ...]:
    return as_topics(await find_questions(services))[:SHOWN_TOPICS]
