"""普法需求: what was asked, what rose, what was not answered; by month, channel, event and topic."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

from fastapi import HTTPException
from starlette.responses import Response

from knowledge.database.counts_values import Choice
from knowledge.database.staff_values import Role
from web.staff.desk import Desk, DeskDep
from web.staff.needs import report_docx, report_xlsx, tables
from web.staff.needs.advice import advice
from web.staff.needs.gathering import Needs, gather
from web.staff.needs.names import CHANNELS
from web.staff.needs.report import report_of, rise_tables, summary, totals
from web.staff.needs.spans import Span, month_of, span_of
from web.staff.needs.views import NeedsPage, Options
from web.staff.roles import allow
from web.staff.routes import desk_router
from web.staff.views import MenuItem

router = desk_router()
HERE = "/staff/needs"
MENU = (MenuItem("普法需求", HERE, Role.EDITOR, order=50),)
ANY = ("", "全部")
MONTHS, YEARS = 24, 3


@router.get("/needs")
@allow(Role.EDITOR)
async def needs_page(
    desk: DeskDep, when: str = "", channel: str = "", event: str = "", topic: str = ""
) -> Response:
    span = span_of(when or month_of(desk.today()).key, desk.today())
    if span is None:
        raise HTTPException(404)
    return desk.page(await asyncio.to_thread(_view, desk, span, channel, event, topic))


@router.get("/needs/{when}.docx")
@allow(Role.EDITOR)
async def needs_docx(when: str, desk: DeskDep) -> Response:
    return await _report(desk, when, "docx")


@router.get("/needs/{when}.xlsx")
@allow(Role.EDITOR)
async def needs_xlsx(when: str, desk: DeskDep) -> Response:
    return await _report(desk, when, "xlsx")


async def _report(desk: Desk, when: str, kind: str) -> Response:
    span = span_of(when, desk.today())
    if span is None:
        raise HTTPException(404)
    content = await asyncio.to_thread(_written, desk, span, kind)
    media_type = report_docx.MEDIA_TYPE if kind == "docx" else report_xlsx.MEDIA_TYPE
    headers = {
        "Content-Disposition": f'attachment; filename="report-{span.key}.{kind}"',
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=media_type, headers=headers)


def _written(desk: Desk, span: Span, kind: str) -> bytes:
    site = desk.services.pages.site
    chip = desk.services.wording.section("chips")["calculator"]
    report = report_of(gather(desk, span), site.assistant, site.operator, chip, desk.now())
    return report_docx.docx_of(report) if kind == "docx" else report_xlsx.xlsx_of(report)


def _view(desk: Desk, span: Span, channel: str, event: str, topic: str) -> NeedsPage:
    needs = gather(desk, span, Choice(channel or None, event or None, topic or None))
    names = needs.names
    comparable = bool(needs.earlier.questions)
    return NeedsPage(
        frame=desk.frame(f"普法需求：{span.words}", HERE),
        when=span.key,
        channel=channel,
        event=event,
        topic=topic,
        times=_times(desk.today(), span),
        channels=(ANY, *((slug, words) for slug, words in CHANNELS.items() if slug)),
        events=(ANY, *names.events.items()),
        topics=(ANY, *names.topics.items()),
        summary=summary(needs),
        totals=totals(needs),
        tables=_tables(needs),
        rising=f"和{needs.compared.words}比" if comparable else "",
        rises=rise_tables(needs),
        advice=advice(needs.seen) if not (channel or event or topic) else (),
        downloads=_downloads(span),
    )


def _tables(needs: Needs) -> tuple[tables.Table, ...]:
    now, names = needs.now, needs.names
    return (
        tables.topic_table(now, needs.earlier, needs.compared, names),
        tables.outcome_table(now),
        tables.missed_table(now, names),
        tables.helped_table(now, names),
        tables.channel_table(now, names),
        tables.place_table(now, names),
        tables.month_table(needs.days, needs.months),
    )


def _times(today: date, chosen: Span) -> Options:
    """Years first, then months, the newest first; what was chosen is always among them."""
    months = [month_of(today)]
    while len(months) < MONTHS:
        months.append(month_of(months[-1].first - timedelta(days=1)))
    found = [(str(year), f"{year}年全年") for year in range(today.year, today.year - YEARS, -1)]
    found += [(month.key, month.words) for month in months]
    return tuple(found) if chosen.key in dict(found) else ((chosen.key, chosen.words), *found)


def _downloads(span: Span) -> Options:
    kind = "年报" if span.is_year else "月报"
    return tuple(
        (f"下载{span.words}{kind}（{words}）", f"{HERE}/{span.key}.{suffix}")
        for suffix, words in (("docx", "Word"), ("xlsx", "表格"))
    )
