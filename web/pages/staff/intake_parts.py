"""③ 看拆分: the original beside its parts; parts are joined, cut and left out; questions are chosen."""

from __future__ import annotations

from dataclasses import replace

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from ingest.draft import DraftBody, DraftExample, cut_lines, joined, keep, split
from ingest.findings import gives_orders
from knowledge.database.draft_values import Draft
from knowledge.database.staff_values import Role
from web.staff.desk import Desk, DeskDep
from web.staff.intake.parts_views import ExampleView, IntakePartsPage, PartView
from web.staff.intake.steps import DONE, HERE, number_of, open_draft, outdated, save, steps_of, url_of
from web.staff.roles import allow
from web.staff.routes import desk_router

router = desk_router()
PARTS_A_PAGE = 40
MAX_LINES = 600
MAX_EXAMPLE_CHARS = 60
EMPTY_LINES = 2
MAX_EXAMPLES = 12


@router.get("/intake/{draft_id}/parts")
@allow(Role.EDITOR)
async def parts(draft_id: str, desk: DeskDep, page: int = 1) -> Response:
    draft, body = await open_draft(desk, draft_id)
    if not body.confirmed:
        return desk.go(f"{url_of(draft)}/check")
    return desk.page(_page(desk, draft, body, page))


@router.post("/intake/{draft_id}/parts")
@allow(Role.EDITOR)
async def change(draft_id: str, request: Request, desk: DeskDep) -> Response:
    """`act`: join:3, split:3:2, out:3, in:3, counted from 0. Anything else changes nothing."""
    draft, body = await open_draft(desk, draft_id)
    form = await request.form()
    act, *numbers = str(form.get("act", "")).split(":")
    place, line = (number_of(text) for text in [*numbers, "", ""][:2])
    changed = _acted(body, act, place, line)
    if changed != body and not await save(desk, draft, changed, number_of(str(form.get("revision", "")))):
        return outdated(desk, draft)
    page = max(place, 0) // PARTS_A_PAGE + 1
    return RedirectResponse(f"{url_of(draft)}/parts?page={page}#part-{max(place, 0)}", 303)


def _acted(body: DraftBody, act: str, place: int, line: int) -> DraftBody:
    if act == "join":
        return joined(body, place)
    if act == "split":
        return split(body, place, line)
    return keep(body, place, act == "in") if act in ("in", "out") else body


@router.post("/intake/{draft_id}/examples")
@allow(Role.EDITOR)
async def examples(draft_id: str, request: Request, desk: DeskDep) -> Response:
    """The questions as they were ticked and reworded; an empty one goes."""
    draft, body = await open_draft(desk, draft_id)
    form = await request.form()
    found = []
    for number in range(MAX_EXAMPLES + EMPTY_LINES):
        text = str(form.get(f"example_{number}", "")).strip()[:MAX_EXAMPLE_CHARS]
        if text:
            found.append(DraftExample(text, form.get(f"tick_{number}") == "1"))
    kept = tuple({each.text: each for each in found}.values())[:MAX_EXAMPLES]
    if not await save(desk, draft, replace(body, examples=kept), number_of(str(form.get("revision", "")))):
        return outdated(desk, draft)
    to_try = form.get("go") == "try"
    return desk.go(f"{url_of(draft)}/{'try' if to_try else 'parts'}", done="saved")


def _page(desk: Desk, draft: Draft, body: DraftBody, page: int) -> IntakePartsPage:
    count = max(1, -(-len(body.parts) // PARTS_A_PAGE))
    page = min(max(1, page), count)
    first = (page - 1) * PARTS_A_PAGE
    shown = body.parts[first : first + PARTS_A_PAGE]
    url = url_of(draft)
    return IntakePartsPage(
        frame=desk.frame("看拆分、试问", HERE, done=DONE),
        steps=steps_of(draft, 2, confirmed=True),
        name=draft.name,
        url=url,
        revision=draft.revision,
        lines=body.lines[:MAX_LINES],
        more_lines=max(0, len(body.lines) - MAX_LINES),
        parts=tuple(_part(body, first + place) for place in range(len(shown))),
        total=len(body.parts),
        pages=tuple((f"第{n}页", f"{url}/parts?page={n}", n == page) for n in range(1, count + 1)) if count > 1 else (),
        page=page,
        examples=_examples(body),
        original=f"{url}/original",
    )


def _part(body: DraftBody, place: int) -> PartView:
    part = body.parts[place]
    return PartView(
        place,
        "　".join(part.heading[1:]),
        part.text,
        part.kept,
        tuple(piece.strip() for piece in cut_lines(part.text)),
        place == len(body.parts) - 1,
        gives_orders(part.text),
    )


def _examples(body: DraftBody) -> tuple[ExampleView, ...]:
    """Those there are, and empty lines for one's own."""
    held = [*body.examples, *(DraftExample("") for _ in range(EMPTY_LINES))]
    return tuple(ExampleView(number, each.text, each.ticked) for number, each in enumerate(held))
