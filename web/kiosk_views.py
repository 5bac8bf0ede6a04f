"""One dataclass per kiosk page: exactly what its template receives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from web.views import CardView, ContactView, LinkView, SiteView, TopicView


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds every kiosk page. words: the sentences of the kiosk; help_line: whom to look for on the spot."""

    site: SiteView
    words: Mapping[str, str]
    css_url: str
    js_url: str
    help_line: str


@dataclass(frozen=True, slots=True)
class TeaserView:
    """A card of the loop that calls people over."""

    topic: str
    question: str


@dataclass(frozen=True, slots=True)
class KioskPage:
    """client: what the script needs, as JSON. scan_qr: '' where phones cannot reach the public page."""

    frame: Frame
    title: str
    topics: tuple[TopicView, ...]
    more_topics: bool
    teasers: tuple[TeaserView, ...]
    first_phones: tuple[ContactView, ...]
    hotlines: tuple[ContactView, ...]
    scan_qr: Markup | str
    scan_url: str
    client: str


@dataclass(frozen=True, slots=True)
class KioskTopicPage:
    """Ready questions of one topic, or the topics themselves. Read by browsers without scripts."""

    frame: Frame
    title: str
    links: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True)
class KioskEntryPage:
    frame: Frame
    title: str
    card: CardView
    back: LinkView
    qr: Markup | str
    qr_url: str


@dataclass(frozen=True, slots=True)
class KioskPhonesPage:
    frame: Frame
    title: str
    hotlines: tuple[ContactView, ...]
