"""The calculators as small forms. What is filled in becomes a plain question, answered as on the chat page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from web.forms import FORMS, Field, Form, Typed, WrongField, checked
from web.pages import chat
from web.services import Services, ServicesDep
from web.views import LinkView, SiteView

router = APIRouter(include_in_schema=False)
LONGEST_VALUE = 40


@dataclass(frozen=True, slots=True)
class InputView:
    """One field as shown. typed: what stands in it; wrong: whether the alert is about it."""

    name: str
    label: str
    kind: str
    required: bool
    choices: tuple[str, ...]
    unit: str
    typed: str = ""
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class CalculatorPage:
    """One form. alert: what to look at again, '' where nothing was sent."""

    site: SiteView
    title: str
    css_url: str
    lead: str
    action: str
    inputs: tuple[InputView, ...]
    others: tuple[LinkView, ...]
    alert: str = ""


@dataclass(frozen=True, slots=True)
class CalculatorListPage:
    site: SiteView
    title: str
    links: tuple[LinkView, ...]


@router.get("/calculate")
async def calculators(request: Request, services: ServicesDep) -> Response:
    title = services.wording.words("calculator", "title")
    return services.pages.public(request, CalculatorListPage(services.pages.site, title, _links("")))


@router.get("/calculate/{slug}")
async def form_page(slug: str, request: Request, services: ServicesDep) -> Response:
    return services.pages.public(request, _page(request, services, _form(slug), {}))


@router.post("/calculate/{slug}")
async def work_out(slug: str, request: Request, services: ServicesDep) -> Response:
    """The answer's own page, as after a question; the form again, with the values kept, where one is wrong."""
    form = _form(slug)
    sent = await request.form()
    typed = {field.name: str(sent.get(field.name, ""))[:LONGEST_VALUE] for field in form.fields}
    try:
        values = checked(form, typed, services.today())
    except WrongField as fault:
        return services.pages.render(_page(request, services, form, typed, fault), 422)
    return await chat.ask(request, services, form.question(values), "")


def _form(slug: str) -> Form:
    if slug not in FORMS:
        raise HTTPException(404)
    return FORMS[slug]


def _page(
    request: Request, services: Services, form: Form, typed: Typed, fault: WrongField | None = None
) -> CalculatorPage:
    alert = services.wording.words("calculator", fault.rule, missing=fault.label) if fault else ""
    return CalculatorPage(
        site=services.pages.site,
        title=form.title,
        css_url=request.app.state.assets.card_css.url,
        lead=form.lead,
        action=f"/calculate/{form.slug}",
        inputs=tuple(_input(field, typed, fault) for field in form.fields),
        others=_links(form.slug),
        alert=alert,
    )


def _input(field: Field, typed: Mapping[str, str], fault: WrongField | None) -> InputView:
    return InputView(
        name=field.name,
        label=field.label,
        kind=field.kind,
        required=field.required,
        choices=field.choices,
        unit=field.unit,
        typed=typed.get(field.name, ""),
        wrong=fault is not None and fault.label == field.label,
    )


def _links(without: str) -> tuple[LinkView, ...]:
    return tuple(LinkView(f"/calculate/{slug}", form.title) for slug, form in FORMS.items() if slug != without)
