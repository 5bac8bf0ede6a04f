"""The desk over a small made-up knowledge folder, with the card that villagers would get."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from httpx import Response
from lxml import html

from ingest.service import sync_knowledge
from ingest.sync import SyncResult
from knowledge.content import load_content
from knowledge.database.confirmed import with_confirmed
from knowledge.overlay_town import with_records
from knowledge.render import Moment, Renderer
from knowledge.shown import ShownEntry, show_entry
from knowledge.snapshot import take_snapshot
from knowledge.to_confirm import to_confirm_form
from knowledge.town import load_town
from tests.builders import entry_text, write_knowledge
from tests.staff_site import ORIGIN, Browser, StaffSite, a_staff_site

HOW = entry_text("buzhu-how", question="高龄补助怎么申请？", body="""
## 结论
到便民窗口填表申请。〔a〕

## 怎么办
- 先填表，再等通知。〔b〕
""")
SLUG = "buzhu-who"


def quiet(step: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


@dataclass
class HoldingsSite:
    """folder: the knowledge folder; `sync` brings it in as an upgrade would."""

    site: StaffSite
    folder: Path

    @property
    def settings(self):  # type: ignore[no-untyped-def]
        return self.site.app.state.services.settings

    def sync(self) -> SyncResult:
        return sync_knowledge(self.settings, self.site.truth, quiet, self.site.clock())

    def upgrade(self, *texts: str, **more: str) -> SyncResult:
        """A new release: other bundled texts, brought in."""
        write_knowledge(self.folder, *texts, **more)
        return self.sync()

    def card(self, slug: str = SLUG) -> ShownEntry:
        """As villagers get it today."""
        snapshot = take_snapshot(self.site.truth)
        town = with_records(load_town(self.settings.town_file), self.site.truth.town_records())
        renderer = Renderer(snapshot.parameters, town.hotlines, town.offices)
        return show_entry(snapshot.entries[slug], snapshot, renderer, Moment.today(self.site.clock().date()))

    def printed(self) -> str:
        """What `pufa check --to-confirm` prints."""
        content = load_content(self.folder, load_town(self.settings.town_file))
        return to_confirm_form(with_confirmed(content.context, self.settings.database), self.site.clock().date())

    def browser(self, who: str) -> Browser:
        return self.site.browser(who)


def a_holdings_site(root: Path, *texts: str) -> HoldingsSite:
    folder = write_knowledge(root / "knowledge", *(texts or (entry_text(), HOW)))
    (root / "data").mkdir(exist_ok=True)
    made = HoldingsSite(a_staff_site(root / "data", knowledge_dir=folder, town_file=folder / "town.toml"), folder)
    made.sync()
    return made


def fields_of(page: Response, action: str) -> dict[str, str | list[str]]:
    """What a browser would send of the form with this address, if nothing is changed."""
    form = next(each for each in html.fromstring(page.text).iter("form") if each.get("action") == action)
    found: dict[str, str | list[str]] = {}
    for name, value in form.form_values():
        held = found.get(name)
        found[name] = value if held is None else [*(held if isinstance(held, list) else [held]), value]
    return found


def send(
    browser: Browser, page: Response, action: str, files: dict[str, tuple[str, bytes]] | None = None, **changes: str | list[str]
) -> Response:
    """The form of a page, with some fields changed."""
    data = fields_of(page, action) | changes
    if files is not None:
        answer = browser.client.post(action, data=data, files=files, headers={"origin": ORIGIN})
    else:
        answer = browser.client.post(action, data=data, headers={"origin": ORIGIN})
    browser._seen(answer)
    return answer


def errors_of(page: Response) -> list[tuple[str, str]]:
    """(field, sentence) of the summary on top."""
    links = html.fromstring(page.text).xpath("//*[@id='errors']//li")
    return [((item.find("a").get("href")[1:] if item.find("a") is not None else ""), item.text_content()) for item in links]
