"""What we hold, to be read: topics, entries as cards, published documents."""

from __future__ import annotations

import asyncio
import re

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from knowledge.types import DocumentKind, Passage, Period, StoredVersion
from web.cards import entry_card, spell_day
from web.gone import gone_page
from web.services import Services, ServicesDep
from web.topics import as_links, as_topics, find_questions
from web.views import ComposerView, DocumentPage, EntryPage, PassageView, TopicPage, TopicView

router = APIRouter(include_in_schema=False)
SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,120}")


@router.get("/topics")
async def all_topics(request: Request, services: ServicesDep) -> Response:
    topics = as_topics(await find_questions(services))
    title = services.wording.words("buttons", "more_topics")
    return services.pages.public(request, TopicPage(services.pages.site, title, topics, (), ComposerView()))


@router.get("/topics/{slug}")
async def one_topic(slug: str, request: Request, services: ServicesDep) -> Response:
    found = await find_questions(services)
    topic = next((topic for topic in found if topic.slug == slug), None)
    if topic is None:
        raise HTTPException(404)
    others = tuple(view for view in as_topics(found) if view.slug != slug)
    view = TopicPage(services.pages.site, topic.name, others, as_links(found[topic]), ComposerView())
    return services.pages.public(request, view)


@router.get("/entries/{slug}")
async def entry(slug: str, request: Request, services: ServicesDep) -> Response:
    """The entry as a card; each part has its address, #conditions and so on."""
    on = services.today()
    held = await asyncio.to_thread(services.library.entry, _checked(slug), on)
    if held is None:
        return await gone_page(services, slug)
    names = {topic.slug: topic.name for topic in services.town.topics}
    view = EntryPage(
        site=services.pages.site,
        title=held.question,
        card=entry_card(held, services.wording, services.town, on),
        topic=TopicView(held.topic, names.get(held.topic, held.topic)),
        composer=ComposerView(),
    )
    return services.pages.public(request, view)


@router.get("/documents/{document_id}")
async def document(document_id: str, request: Request, services: ServicesDep) -> Response:
    """The published text; an address with #passage marks that passage."""
    held = await asyncio.to_thread(services.library.document, _checked(document_id), services.today())
    if held is None:
        return await gone_page(services, document_id)
    if held.kind is DocumentKind.ENTRY:
        return RedirectResponse(f"/entries/{held.document_id}", 303)
    return services.pages.public(request, _document(services, held))


def _document(services: Services, held: StoredVersion) -> DocumentPage:
    before = [None, *held.passages]
    return DocumentPage(
        site=services.pages.site,
        title=held.title,
        dates=_dates(held.period),
        passages=tuple(_passage(passage, last) for last, passage in zip(before, held.passages, strict=False)),
    )


def _passage(passage: Passage, last: Passage | None) -> PassageView:
    """The heading is the last step of the path, shown where it begins; the title stands above all of them."""
    new = last is None or last.heading != passage.heading
    heading = passage.heading[-1] if new and len(passage.heading) > 1 else ""
    paragraphs = tuple(line for line in passage.text.split("\n") if line)
    return PassageView(f"passage-{passage.part}", heading, paragraphs)


def _dates(period: Period) -> str:
    start = f"{spell_day(period.start)}起施行" if period.start else ""
    end = f"{spell_day(period.end)}起失效" if period.end else ""
    return "，".join(word for word in (start, end) if word)


def _checked(slug: str) -> str:
    if not SLUG.fullmatch(slug):
        raise HTTPException(404)
    return slug
