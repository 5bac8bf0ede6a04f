"""我们答得对不对: the figures of the last evaluation, in plain words."""

from __future__ import annotations

import asyncio
from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import Response

from web.cards import spell_day
from web.incidents import record
from web.score import Score, ScoreRow, ScoreUnreadable, SetScore, read_score
from web.services import Services, ServicesDep
from web.views import ScorePage, ScoreRowView, SetScoreView

router = APIRouter(include_in_schema=False)


@router.get("/score")
async def page(request: Request, services: ServicesDep) -> Response:
    score = await asyncio.to_thread(_read)
    title = services.wording.words("labels", "score")
    view = ScorePage(
        site=services.pages.site,
        title=title,
        made_on=spell_day(date.fromisoformat(score.made_on)) if score else "",
        sets=tuple(_set(services, one) for one in score.sets) if score else (),
    )
    return services.pages.public(request, view)


def _read() -> Score | None:
    try:
        return read_score()
    except ScoreUnreadable as error:
        record(error, "score")
        return None


def _set(services: Services, score: SetScore) -> SetScoreView:
    names = services.wording.section("score_sets")
    return SetScoreView(
        name=names.get(score.name, score.name),
        asked=score.whole.asked,
        right=percent(score.whole.right),
        refused=percent(score.whole.refused),
        unanswerable=score.unanswerable,
        abstained=percent(score.abstained),
        wrong_figures=score.wrong_figures,
        styles=tuple(_row(services, row) for row in score.styles),
    )


def _row(services: Services, row: ScoreRow) -> ScoreRowView:
    names = services.wording.section("styles")
    return ScoreRowView(names.get(row.name, row.name), row.asked, percent(row.right), percent(row.refused))


def percent(share: float | None) -> str:
    """One digit after the point; never rounded up to 100%."""
    if share is None:
        return "—"
    return "100%" if share == 1 else f"{min(99.9, round(100 * share, 1)):.1f}%"
