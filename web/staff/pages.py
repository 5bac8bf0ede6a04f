"""View dataclass -> desk page: kept by no cache, found by no search engine, framed by nobody."""

from __future__ import annotations

import re
from datetime import datetime

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from web.assets import Assets, policy
from web.clock import CHINA
from web.rendering import TEMPLATES


class DeskPages:
    """Renders each view with the template of its name: SignInPage -> staff/sign_in_page.html."""

    def __init__(self, assets: Assets) -> None:
        self.css_url = assets.staff_css.url
        self.js_url = assets.staff_js.url
        self._environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters["moment"] = spell_moment
        self._headers = {
            "Cache-Control": "no-store",
            "X-Robots-Tag": "noindex, nofollow",
            "Content-Security-Policy": policy(assets, ""),
        }

    def render(self, view: object, status: int = 200) -> Response:
        name = re.sub(r"(?<!^)(?=[A-Z])", "_", type(view).__name__).lower()
        html = self._environment.get_template(f"staff/{name}.html").render(view=view)
        return HTMLResponse(html, status, headers=self._headers)


def spell_moment(at: datetime | None) -> str:
    """A moment as the clock on the wall said it; '' for none."""
    return "" if at is None else at.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
