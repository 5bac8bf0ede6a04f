"""交给工作人员: a question goes to the staff without a name; a 6-digit number leads to the reply."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Path, Request
from starlette.responses import JSONResponse, Response

from bot.types import AnswerStatus
from web.asking import admit, admit_number
from web.clock import CHINA
from web.errors import headers_of, refusal_json
from web.examples import HANDED_OVER, HANDOVER
from web.handing_over import Found, hand_over, look_up
from web.pages.api import example, refused, told
from web.schemas import HandedOverOut, HandoverIn, HandoverOut
from web.services import Services, ServicesDep
from web.views import HandoverPage, OpinionPage

router = APIRouter()
MAX_OPINION_CHARS = 300
NO_STORE = {"Cache-Control": "no-store"}
Field = Annotated[str, Form()]
NOT_STORED = HANDED_OVER | {"stored": False, "number": None}
NOT_KNOWN = HANDOVER | {"known": False, "given_on": None, "reply": None, "replied_on": None}


@router.post(
    "/api/handover",
    response_model=HandedOverOut,
    summary="交给工作人员，得一个取件号",
    responses=example(HANDED_OVER, "交了")
    | refused(400, 403, 422, 429, 500)
    | {404: told(HandedOverOut, NOT_STORED, "没有这个回答，或者存不下来")},
)
async def give_api(given: HandoverIn, request: Request, services: ServicesDep) -> Response:
    """The question is masked and kept 90 days. Nobody's name is asked; a question in danger is not kept."""
    admit(services, request, None)
    if services.danger(given.question or ""):
        refusal = services.refuse(AnswerStatus.ERROR, given.question or "", http_status=422)
        return JSONResponse(refusal_json(services, refusal), refusal.http, headers_of(refusal))
    number = await hand_over(services, given.question, given.answer_id)
    text = services.wording.words("page", "handed_over" if number else "handover_failed")
    body = {"stored": number is not None, "number": number, "text": text}
    return JSONResponse(body, 200 if number else 404, NO_STORE)


@router.get(
    "/api/handover/{number}",
    response_model=HandoverOut,
    summary="凭取件号看答复",
    responses=example(HANDOVER, "答复")
    | refused(403, 422, 429, 500)
    | {404: told(HandoverOut, NOT_KNOWN, "没有这个号，或者过期了")},
)
async def read_api(
    number: Annotated[str, Path(pattern=r"^[0-9]{6}$", examples=["482913"])],
    request: Request,
    services: ServicesDep,
) -> Response:
    """The reply alone, never the question. Tries are limited."""
    admit_number(services, request)
    found = await look_up(services, number)
    return JSONResponse(_known(found), 200 if found.handover else 404, NO_STORE)


@router.get("/handover", include_in_schema=False)
async def page(request: Request, services: ServicesDep) -> Response:
    return services.pages.public(request, HandoverPage(services.pages.site, _title(services)))


@router.post("/handover", include_in_schema=False)
async def give(request: Request, services: ServicesDep, answer_id: Field = "") -> Response:
    """The number at once: no address leads to it a second time. The same answer keeps its number."""
    admit(services, request, None)
    number = await hand_over(services, None, answer_id[:64] or None)
    alert = "" if number else services.wording.words("page", "handover_failed")
    view = HandoverPage(services.pages.site, _title(services), number=number or "", alert=alert)
    return services.pages.render(view, 200 if number else 404)


@router.post("/handover/reply", include_in_schema=False)
async def read(request: Request, services: ServicesDep, number: Field = "") -> Response:
    """By POST, so that no number stands in an address, a history or a log."""
    admit_number(services, request)
    wanted = number.strip().translate(str.maketrans("０１２３４５６７８９", "0123456789"))[:12]
    found = await look_up(services, wanted)
    alert = "" if found.handover else found.said[0]
    said = found.said if found.handover else ()
    view = HandoverPage(services.pages.site, _title(services), said=said, reply=found.reply, alert=alert)
    return services.pages.render(view, 200 if found.handover else 404)


@router.get("/feedback", include_in_schema=False)
async def opinion_page(request: Request, services: ServicesDep) -> Response:
    title = services.wording.words("labels", "opinion")
    return services.pages.public(request, OpinionPage(services.pages.site, title))


@router.post("/opinion", include_in_schema=False)
async def opinion(request: Request, services: ServicesDep, words: Field = "") -> Response:
    """What somebody thinks of the service goes the same way as a question: masked, by number, without a name."""
    admit(services, request, None)
    title = services.wording.words("labels", "opinion")
    danger = services.danger(words)
    given = words.strip()[:MAX_OPINION_CHARS]
    number = await hand_over(services, f"{title}：{given}", None) if given and not danger else None
    if number:
        return services.pages.render(HandoverPage(services.pages.site, _title(services), number=number))
    alert = services.wording.danger() if danger else services.wording.words("page", "handover_failed")
    return services.pages.render(OpinionPage(services.pages.site, title, given, alert), 422)


def _title(services: Services) -> str:
    return services.wording.words("labels", "handover_title")


def _known(found: Found) -> dict[str, object]:
    handover = found.handover
    replied = handover.replied_at if handover else None
    return {
        "known": handover is not None,
        "given_on": handover.given_at.astimezone(CHINA).date().isoformat() if handover else None,
        "reply": handover.reply if handover else None,
        "replied_on": replied.astimezone(CHINA).date().isoformat() if replied else None,
        "text": "".join(found.said),
    }
