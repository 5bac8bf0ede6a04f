"""The one place where a failure becomes a status code and a page, or the JSON of api.md."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from bot.types import AnswerStatus
from web.answer_json import answer_json
from web.cards import contact_views, hotline_views
from web.closing import Closed, TypedOff
from web.incidents import record
from web.protection import ForeignOrigin, TooLarge
from web.rates import TooFast
from web.refusals import Refusal
from web.services import Services
from web.slots import Busy
from web.topics import topic_views
from web.views import ClosedPage, ComposerView, ErrorPage


def wants_json(request: Request) -> bool:
    """The API speaks JSON; everything else is read by people."""
    path = request.url.path
    return path.startswith(("/api/", "/healthz", "/readyz", "/openapi.json"))


def refusal_of(services: Services, error: Exception, where: str, typed: str = "") -> Refusal:
    """What is said of a failure while answering `typed`."""
    if isinstance(error, Busy):
        return services.refuse(AnswerStatus.BUSY, typed, position=error.position)
    if isinstance(error, TooFast):
        return services.refuse(AnswerStatus.RATE_LIMITED, typed, seconds=error.retry_after_s)
    if isinstance(error, TooLarge):
        return services.refuse(AnswerStatus.TOO_LONG, typed)
    page = services.wording.words
    if isinstance(error, ForeignOrigin):
        return services.refuse(AnswerStatus.ERROR, text=page("page", "forbidden"), http_status=403)
    if isinstance(error, (Closed, TypedOff)):
        said = page("page", "all_off" if isinstance(error, Closed) else "typed_off")
        return services.refuse(AnswerStatus.ERROR, typed, text=said, http_status=503)
    if isinstance(error, RequestValidationError):
        return services.refuse(AnswerStatus.ERROR, text=page("page", "bad_request"), http_status=422)
    if isinstance(error, HTTPException):
        return services.refuse(
            AnswerStatus.ERROR, text=page("page", "page_gone"), http_status=error.status_code
        )
    return services.refuse(AnswerStatus.ERROR, typed, incident=record(error, where))


def refusal_json(services: Services, refused: Refusal) -> dict[str, object]:
    body = answer_json(refused.answer, services.wording, services.town)
    more = {
        "position": refused.position,
        "retry_after": refused.retry_after_s,
        "incident": refused.incident,
    }
    return body | {name: value for name, value in more.items() if value is not None}


def headers_of(refused: Refusal) -> dict[str, str]:
    headers = {"Cache-Control": "no-store"}
    if refused.retry_after_s is not None:
        headers["Retry-After"] = str(refused.retry_after_s)
    return headers


async def respond(request: Request, refused: Refusal) -> Response:
    """JSON for programs, a helping page for people."""
    services: Services = request.app.state.services
    headers = headers_of(refused)
    if wants_json(request):
        return JSONResponse(refusal_json(services, refused), refused.http, headers)
    response = services.pages.render(await _page(services, refused), refused.http)
    response.headers.update(headers)
    return response


async def _page(services: Services, refused: Refusal) -> ErrorPage:
    words = services.wording.words
    answer = refused.answer
    return ErrorPage(
        site=services.pages.site,
        title=words("page", "gone") if refused.http == 404 else services.wording.title(answer.status),
        sentence=answer.sentence,
        loss=words("page", "loss", incident=refused.incident) if refused.incident else "",
        topics=await topic_views(services),
        hotlines=contact_views(answer.contacts, services.town),
        composer=ComposerView(),
    )


def _closed(services: Services) -> Response:
    words = services.wording.words
    view = ClosedPage(
        services.pages.site,
        words("page", "all_off_title"),
        words("page", "all_off"),
        hotline_views(services.town),
    )
    return services.pages.render(view, 503)


async def handle(request: Request, error: Exception) -> Response:
    """The answer to a request that failed."""
    services: Services = request.app.state.services
    if isinstance(error, Closed) and not wants_json(request):
        return _closed(services)
    response = await respond(request, refusal_of(services, error, request.url.path))
    if isinstance(error, HTTPException) and error.headers:
        response.headers.update(error.headers)
    return response


def install(app: FastAPI) -> None:
    """Failures of the routes; those of the guard come here by themselves."""
    for kind in (RequestValidationError, HTTPException, Busy, TooFast):
        app.add_exception_handler(kind, handle)
