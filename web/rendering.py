"""View dataclass -> page. Autoescape is always on; a public page carries an ETag and is asked for again."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from bot.types import BlockKind
from bot.wording import Wording
from knowledge.settings import Settings
from knowledge.types import Town
from web.assets import Assets
from web.refusals import FIRST_HELP
from web.standing import Stand
from web.views import SiteView

TEMPLATES = Path(__file__).with_name("templates")
SECTIONS = (
    "page",
    "buttons",
    "labels",
    "reasons",
    "sizes",
    "sources",
    "stages",
    "chips",
    "closings",
    "card",
    "calculator",
)
CLIENT_SECTIONS = ("page", "buttons", "labels", "reasons", "sources", "stages", "chips")


class Pages:
    """Renders each view with the template of its name: AnswerPage -> answer_page.html."""

    def __init__(
        self,
        settings: Settings,
        town: Town,
        wording: Wording,
        assets: Assets,
        stand: Callable[[], Stand] = Stand,
    ) -> None:
        """stand: what the desk switched off and announced, now."""
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._site = site_view(settings, town, wording, assets)
        self._without_model = wording.beside_composer(False)
        self._stand = stand

    @property
    def site(self) -> SiteView:
        """What every page shows, as the desk wants it now."""
        stand = self._stand()
        beside = self._site.beside_composer if stand.model else self._without_model
        return replace(self._site, beside_composer=beside, notices=stand.notices, typed=stand.typed)

    def render(self, view: Any, status: int = 200) -> Response:
        """A page that belongs to one person: kept by no cache."""
        return HTMLResponse(self._html(view), status, headers={"Cache-Control": "no-store"})

    def public(self, request: Request, view: Any) -> Response:
        """The same for everybody: asked for again each time, sent only when it changed."""
        html = self._html(view)
        tag = f'W/"{hashlib.sha256(html.encode()).hexdigest()[:24]}"'
        headers = {"Cache-Control": "no-cache", "ETag": tag}
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers=headers)
        return HTMLResponse(html, headers=headers)

    def _html(self, view: Any) -> str:
        name = re.sub(r"(?<!^)(?=[A-Z])", "_", type(view).__name__).lower()
        return self._environment.get_template(f"{name}.html").render(view=view)


def site_view(settings: Settings, town: Town, wording: Wording, assets: Assets) -> SiteView:
    words = {name: wording.section(name) for name in SECTIONS}
    return SiteView(
        assistant=town.assistant_name,
        short=town.short_name,
        operator=town.operator,
        words=words,
        css_url=assets.css.url,
        js_url=assets.js.url,
        early_script=Markup(assets.early_script),  # our own file, allowed by its hash
        beside_composer=wording.beside_composer(bool(settings.model_url)),
        client_words=client_words(town, wording, words),
        filings=town.filings,
    )


def client_words(town: Town, wording: Wording, words: dict[str, dict[str, str]]) -> str:
    """The sentences the script shows and whom it names when nothing comes back, as JSON for a data attribute."""
    wanted: dict[str, object] = {name: words[name] for name in CLIENT_SECTIONS}
    wanted["headings"] = {"basis": wording.heading(BlockKind.BASIS)}
    wanted["short"] = town.short_name
    wanted["away"] = town.website
    wanted["help"] = [
        {"name": town.hotlines[number].name, "phone": number}
        for number in FIRST_HELP
        if number in town.hotlines
    ]
    return json.dumps(wanted, ensure_ascii=False, separators=(",", ":"))
