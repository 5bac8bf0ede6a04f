"""The list of what only the town can supply, to be filled in or printed; and the papers that values come from."""

from __future__ import annotations

import asyncio

from fastapi import HTTPException
from starlette.responses import FileResponse, Response

from knowledge.database.staff_values import Role
from knowledge.overlay_values import Paper
from web.staff.desk import Desk, DeskDep
from web.staff.holdings.papers import paper_views
from web.staff.holdings.present import holdings_of, missing_of, url_of
from web.staff.holdings.record_views import OwedView, ToConfirmPage
from web.staff.names import names_of
from web.staff.roles import allow
from web.staff.routes import desk_router
from web.staff.views import CountView

router = desk_router()
HERE = "/staff/to-confirm"


@router.get("/to-confirm")
@allow(Role.EDITOR)
async def to_confirm(desk: DeskDep) -> Response:
    return desk.page(await asyncio.to_thread(_view, desk))


@router.get("/papers/{paper_id}")
@allow(Role.EDITOR)
async def paper(paper_id: str, desk: DeskDep) -> Response:
    """The bytes as they came: saved, never shown by the browser."""
    held = await asyncio.to_thread(holdings_of(desk).records.paper, paper_id[:40])
    path = desk.services.settings.originals_dir / held.sha256 if held is not None else None
    if held is None or path is None or not path.is_file():
        raise HTTPException(404)
    return FileResponse(
        path, media_type="application/octet-stream", filename=held.name, headers={"Cache-Control": "no-store"}
    )


def counts(desk: Desk) -> tuple[CountView, ...]:
    """For the first page."""
    if desk.parts.holdings is None:
        return ()
    return (CountView("样要镇里补", sum(map(len, missing_of(desk).values())), HERE),)


def _view(desk: Desk) -> ToConfirmPage:
    papers: dict[tuple[str, str], list[Paper]] = {}
    for each in holdings_of(desk).records.papers():
        papers.setdefault((each.kind.value, each.subject), []).append(each)
    names = names_of(desk)
    groups = tuple(
        (
            owner,
            tuple(
                OwedView(item.words, url_of(item), paper_views(papers.get((item.kind.value, item.subject), []), names))
                for item in items
            ),
        )
        for owner, items in sorted(missing_of(desk).items())
    )
    return ToConfirmPage(desk.frame("要镇里补的", "/staff"), groups, sum(len(items) for _, items in groups))
