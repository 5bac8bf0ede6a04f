"""The way through the intake: which step a draft is at, and what every page needs of it."""

from __future__ import annotations

import asyncio

from fastapi import HTTPException
from starlette.responses import Response

from ingest.draft import DraftBody, as_json, from_json
from knowledge.database.draft_values import Draft, DraftState
from web.staff.desk import Desk
from web.staff.intake.parts import Intake
from web.staff.intake.views import STEPS, StepLink

HERE = "/staff/intake"
DONE = {
    "saved": "存好了。",
    "added": "收到了，正在读。",
    "deleted": "这份文件删了。",
    "released": "记下了：可以继续。",
    "joined": "两段合成一段了。",
    "split": "分成两段了。",
}
CHANGED = "这份草稿刚被别人改过，没有覆盖。请重新打开，再改一次。"


def intake_of(desk: Desk) -> Intake:
    """Raises 404 where this installation has no intake."""
    if desk.parts.intake is None:
        raise HTTPException(404)
    return desk.parts.intake


async def draft_of(desk: Desk, draft_id: str, *states: DraftState) -> Draft:
    """The draft, in one of the states (in any, where none is named). Raises 404."""
    draft = await asyncio.to_thread(intake_of(desk).drafts.draft, draft_id[:40])
    if draft is None or (states and draft.state not in states):
        raise HTTPException(404)
    return draft


async def open_draft(desk: Desk, draft_id: str) -> tuple[Draft, DraftBody]:
    draft = await draft_of(desk, draft_id, DraftState.OPEN)
    return draft, from_json(draft.body)


def url_of(draft: Draft) -> str:
    return f"{HERE}/{draft.id}"


def steps_of(draft: Draft | None, here: int, *, confirmed: bool = False) -> tuple[StepLink, ...]:
    """here: 0..3. One may always go back; on only as far as the draft has come."""
    if draft is None or draft.state is not DraftState.OPEN:
        return tuple(StepLink(words, HERE if not place else "", place == here) for place, words in enumerate(STEPS))
    url = url_of(draft)
    ways = (HERE, f"{url}/check", f"{url}/parts" if confirmed else "", f"{url}/submit" if confirmed else "")
    return tuple(StepLink(words, ways[place], place == here) for place, words in enumerate(STEPS))


async def save(desk: Desk, draft: Draft, body: DraftBody, revision: int) -> bool:
    """Keep the body; False where the page was older than the draft."""
    if revision != draft.revision:
        return False
    return await asyncio.to_thread(intake_of(desk).drafts.save, draft, as_json(body), desk.now())


def outdated(desk: Desk, draft: Draft) -> Response:
    return desk.stop(CHANGED, 409, ("重新打开这份草稿", url_of(draft)), ("回到加文件", HERE))


def number_of(text: str, otherwise: int = -1) -> int:
    """A small whole number from a form."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else otherwise
