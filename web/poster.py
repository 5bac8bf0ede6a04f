"""The poster for the village notice board: a large QR code, what can be asked, whom to call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from markupsafe import Markup

from knowledge.types import Town
from web.cards import hotline_views
from web.qr import qr_svg
from web.topics import Found, as_topics, ready_links
from web.views import ContactView, SiteView, TopicView

MOST_TOPICS = 12
MOST_EXAMPLES = 5
LONGEST_EXAMPLE = 20
"""Characters of an example: it has one line."""
HOTLINES = ("110", "120", "119", "12345", "12348", "96110")


@dataclass(frozen=True, slots=True)
class PosterPage:
    """One A4 page. warning: '' unless the address opens on this machine only."""

    site: SiteView
    title: str
    css_url: str
    words: Mapping[str, str]
    address: str
    qr: Markup
    topics: tuple[TopicView, ...]
    examples: tuple[str, ...]
    phones: tuple[ContactView, ...]
    warning: str


def poster(
    site: SiteView, town: Town, words: Mapping[str, str], found: Found, *, css_url: str, address: str
) -> PosterPage:
    """address: the whole address of the start page, as the code carries it."""
    examples = tuple(link.text for link in ready_links(found) if len(link.text) <= LONGEST_EXAMPLE)
    return PosterPage(
        site=site,
        title=words["title"],
        css_url=css_url,
        words=words,
        address=address,
        qr=qr_svg(address),
        topics=as_topics(found)[:MOST_TOPICS],
        examples=examples[:MOST_EXAMPLES],
        phones=tuple(view for view in hotline_views(town) if view.phone in HOTLINES),
        warning=words["local"].replace("{missing}", address) if only_here(address) else "",
    )


def only_here(address: str) -> bool:
    """True for a name or number under which no other machine finds this one."""
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
