"""The kiosk's pages out of the library, the wording and the settings."""

from __future__ import annotations

import json
import re
from ipaddress import ip_address
from itertools import chain, zip_longest
from urllib.parse import urlsplit

from fastapi import HTTPException, Request
from markupsafe import Markup

from bot.types import BlockKind
from knowledge.types import Topic
from web.cards import hotline_views
from web.kiosk_assets import kiosk_assets
from web.kiosk_views import Frame, KioskPage, TeaserView
from web.library import EntryLink
from web.qr import qr_svg
from web.refusals import FIRST_HELP
from web.services import Services
from web.sharing import absolute
from web.topics import as_topics
from web.views import ContactView

SHOWN_TOPICS = 8
TEASERS = 6
URGENT_PHONES = 2
ENTRIES = "/entries/"
SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,120}")
LOCAL_NAMES = ("localhost", "localhost.localdomain")
PAGE_WORDS = (
    "ai_line", "masked", "understood", "slow", "very_slow", "failed", "counter", "over", "answered",
    "handover_number", "handover_keep",
)  # fmt: skip
Found = dict[Topic, list[EntryLink]]


def frame(services: Services) -> Frame:
    assets = kiosk_assets()
    return Frame(
        site=services.pages.site,
        words=services.wording.section("kiosk"),
        css_url=assets.css.url,
        js_url=assets.js.url,
        help_line=services.settings.kiosk_help,
    )


def start_page(services: Services, request: Request, found: Found) -> KioskPage:
    topics = as_topics(found)
    more = len(topics) > SHOWN_TOPICS
    hotlines = hotline_views(services.town)
    url = absolute(services, request, "/")
    return KioskPage(
        frame=frame(services),
        title=services.wording.words("kiosk", "ask_here"),
        topics=topics[: SHOWN_TOPICS - 1] if more else topics,
        more_topics=more,
        teasers=teasers(found, services.settings.kiosk_cards),
        first_phones=_first(services),
        hotlines=hotlines,
        scan_qr=qr_for(url),
        scan_url=short(url),
        client=client(services, short(url) if reachable(url) else ""),
    )


def client(services: Services, base: str) -> str:
    """What the script says and needs, as JSON for a data attribute. base: of short links, '' where phones reach none."""
    words = services.wording
    page, town = words.section("page"), services.town
    return json.dumps(
        {
            "kiosk": words.section("kiosk"),
            "page": {name: page[name] for name in PAGE_WORDS},
            "stages": words.section("stages"),
            "sources": words.section("sources"),
            "hand_over": [words.words("page", "handover_ask"), words.words("buttons", "hand_over")],
            "chips": words.section("chips"),
            "base": base,
            "basis": words.heading(BlockKind.BASIS),
            "closing": words.sentences["closings"]["program"],
            "short": town.short_name,
            "limit": 300,
            "help": [[line.name, line.phone, line.hours] for line in _first(services)],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _first(services: Services) -> tuple[ContactView, ...]:
    """The numbers that stand on the first screen: in danger, and when one does not know whom to ask."""
    views = hotline_views(services.town)
    urgent = [view for view in views if view.urgent]
    asked = [view for view in views if view.phone in FIRST_HELP]
    return (*urgent[:URGENT_PHONES], *asked)


def teasers(found: Found, chosen: str) -> tuple[TeaserView, ...]:
    """The staff's choice of entries, then the first question of each topic, up to six."""
    held = {entry.id: TeaserView(topic.name, entry.question) for topic, entries in found.items() for entry in entries}
    wanted = [slug.strip() for slug in chosen.split(",") if slug.strip() in held]
    rounds = chain.from_iterable(zip_longest(*found.values()))
    first = [entry.id for entry in rounds if entry is not None]
    return tuple(held[slug] for slug in list(dict.fromkeys(wanted + first))[:TEASERS])


def qr_for(url: str) -> Markup | str:
    """'' for an address that only this machine itself can open."""
    return qr_svg(url) if reachable(url) else ""


def reachable(url: str) -> bool:
    """Can a phone open it? Not where the host is the machine itself."""
    host = urlsplit(url).hostname or ""
    try:
        return not ip_address(host).is_loopback
    except ValueError:  # a name
        return host not in LOCAL_NAMES


def short(url: str) -> str:
    """As a person reads it and types it: without the scheme and a closing stroke."""
    return url.partition("://")[2].rstrip("/")


def checked(slug: str) -> str:
    """The slug as it is. Raises HTTPException 404 for what cannot be one."""
    if not SLUG.fullmatch(slug):
        raise HTTPException(404)
    return slug
