"""One dataclass per page: exactly what its template receives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

LONG_CARD = 900
"""Characters, with allowances for what each line and each source adds."""


@dataclass(frozen=True, slots=True)
class LineView:
    """One line of a block. marks: numbers of the sources it rests on. folded: not of the first screen."""

    text: str
    marks: tuple[int, ...] = ()
    folded: bool = False


@dataclass(frozen=True, slots=True)
class BlockView:
    """kind: a BlockKind value. anchor: the id of its heading on the page, '' where it has none."""

    kind: str
    heading: str
    lines: tuple[LineView, ...]
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class PartView:
    """What follows one conclusion. folded: the blocks behind the summary, () where all of it stands open."""

    open: tuple[BlockView, ...]
    folded: tuple[BlockView, ...] = ()
    summary: str = ""


@dataclass(frozen=True, slots=True)
class SourceView:
    """A line of 依据. numbers: the marks that lead here. tone: ok | warn | danger. quote: held text or ''."""

    numbers: tuple[int, ...]
    title: str
    details: tuple[str, ...]
    tag: str
    tone: str
    secondhand: str
    quote: str
    published_at: str
    url: str
    url_text: str


@dataclass(frozen=True, slots=True)
class ContactView:
    name: str
    phone: str
    hours: str = ""
    what: str = ""
    urgent: bool = False

    @property
    def tel(self) -> str:
        return "tel:" + "".join(sign for sign in self.phone if sign in "+0123456789")


@dataclass(frozen=True, slots=True)
class OfficeView:
    name: str
    what: str
    address: str = ""
    hours: str = ""


@dataclass(frozen=True, slots=True)
class LinkView:
    url: str
    text: str


@dataclass(frozen=True, slots=True)
class CardView:
    """An answer, or an entry, as the card.

    key: prefix of the ids inside. tone: plain | warn. more: what the conclusion says after its first line.
    """

    key: str
    status: str
    tone: str
    chip: str
    asked: str
    heading: str
    heading_marks: tuple[int, ...]
    more: tuple[LineView, ...]
    blocks: tuple[BlockView, ...]
    sources: tuple[SourceView, ...]
    contacts: tuple[ContactView, ...]
    closing: str
    parts: tuple[PartView, ...] = ()
    """The blocks once more, as they stand on a small screen (web/folding.py)."""
    folded_sources: tuple[SourceView, ...] = ()
    """Those of the sources on which only folded lines rest."""
    sources_summary: str = ""
    answer_id: str = ""
    conversation_id: str = ""
    understood: str = ""
    sentence: str = ""
    ways: tuple[str, ...] = ()
    danger: tuple[str, ...] = ()
    urgent: tuple[ContactView, ...] = ()
    choices: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    related: tuple[LinkView, ...] = ()
    not_reviewed: str = ""
    masked: str = ""
    can_hand_over: bool = False
    can_share: bool = False
    """Whether POST /share takes it; a card with page_url is shared as it is."""
    page_url: str = ""
    service_card: str = ""
    """Address of the 办事卡 that goes with it, '' where there is none."""
    aigc: str = ""
    """Metadata entry of what a model wrote (web/aigc.py), '' where none did."""

    @property
    def open_sources(self) -> tuple[SourceView, ...]:
        return tuple(source for source in self.sources if source not in self.folded_sources)

    @property
    def is_long(self) -> bool:
        """Printed in smaller letters, to stay on one page."""
        lines = sum(len(line.text) + 20 for block in self.blocks for line in block.lines)
        return lines + 80 * len(self.sources) > LONG_CARD

    @property
    def call(self) -> ContactView | None:
        """Whom 打电话问 calls; a danger card has its own buttons."""
        return self.contacts[0] if self.contacts else None


@dataclass(frozen=True, slots=True)
class SiteView:
    """What every page shows: names, words, the one stylesheet and the one script."""

    assistant: str
    short: str
    operator: str
    words: Mapping[str, Mapping[str, str]]
    css_url: str
    js_url: str
    early_script: Markup
    beside_composer: str
    client_words: str
    filings: tuple[str, ...] = ()
    """Registration numbers for the foot of the page."""
    notices: tuple[str, ...] = ()
    """Lines of the desk for every page, today's."""
    typed: bool = True
    """False while the desk has switched typed questions off."""


@dataclass(frozen=True, slots=True)
class ComposerView:
    """The input. typed: kept text after a refusal; alert: why it was refused."""

    conversation_id: str = ""
    typed: str = ""
    alert: str = ""


@dataclass(frozen=True, slots=True)
class TopicView:
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class HomePage:
    site: SiteView
    title: str
    topics: tuple[TopicView, ...]
    more_topics: bool
    ready: tuple[LinkView, ...]
    hotlines: tuple[ContactView, ...]
    composer: ComposerView
    notice: str = ""


@dataclass(frozen=True, slots=True)
class AnswerPage:
    site: SiteView
    title: str
    card: CardView
    composer: ComposerView
    topics: tuple[TopicView, ...] = ()
    thanks: bool = False
    ask_reason: bool = False


@dataclass(frozen=True, slots=True)
class SharedPage:
    """outdated: the banner, '' while every cited version is still the published one. link: its own address.

    qr: markup of our own making, the code of that address.
    """

    site: SiteView
    title: str
    card: CardView
    outdated: str
    link: str
    qr: Markup
    composer: ComposerView


@dataclass(frozen=True, slots=True)
class SharedOverPage:
    site: SiteView
    title: str
    composer: ComposerView


@dataclass(frozen=True, slots=True)
class HandoverPage:
    """number: just given, '' otherwise. said: what is known of a number, line by line; reply: '' until there is one."""

    site: SiteView
    title: str
    number: str = ""
    said: tuple[str, ...] = ()
    reply: str = ""
    alert: str = ""


@dataclass(frozen=True, slots=True)
class OpinionPage:
    """typed: kept words; alert: why they were not taken."""

    site: SiteView
    title: str
    typed: str = ""
    alert: str = ""


@dataclass(frozen=True, slots=True)
class EntryPage:
    site: SiteView
    title: str
    card: CardView
    topic: TopicView
    composer: ComposerView


@dataclass(frozen=True, slots=True)
class TopicPage:
    site: SiteView
    title: str
    topics: tuple[TopicView, ...]
    entries: tuple[LinkView, ...]
    composer: ComposerView


@dataclass(frozen=True, slots=True)
class PassageView:
    anchor: str
    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentPage:
    site: SiteView
    title: str
    dates: str
    passages: tuple[PassageView, ...]


@dataclass(frozen=True, slots=True)
class HotlinesPage:
    site: SiteView
    title: str
    hotlines: tuple[ContactView, ...]
    offices: tuple[OfficeView, ...]


@dataclass(frozen=True, slots=True)
class AboutPage:
    site: SiteView
    title: str
    model: str
    filing: str
    chips: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ScoreRowView:
    name: str
    asked: int
    right: str
    refused: str


@dataclass(frozen=True, slots=True)
class SetScoreView:
    """asked: questions that have an answer; unanswerable: questions that have none."""

    name: str
    asked: int
    right: str
    refused: str
    unanswerable: int
    abstained: str
    wrong_figures: int
    styles: tuple[ScoreRowView, ...]


@dataclass(frozen=True, slots=True)
class ScorePage:
    """sets: () where no results were shipped."""

    site: SiteView
    title: str
    made_on: str
    sets: tuple[SetScoreView, ...]


@dataclass(frozen=True, slots=True)
class PrivacyPage:
    site: SiteView
    title: str


@dataclass(frozen=True, slots=True)
class DictationPage:
    """words: the three steps and what stands round them."""

    site: SiteView
    title: str
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OfflinePage:
    """What the service worker shows for a page it does not hold."""

    site: SiteView
    title: str
    topics: tuple[TopicView, ...]
    hotlines: tuple[ContactView, ...]


@dataclass(frozen=True, slots=True)
class PlainPage:
    """One sentence and the way back (thanks for feedback on an answer that is gone)."""

    site: SiteView
    title: str


@dataclass(frozen=True, slots=True)
class ClosedPage:
    """Everything is switched off at the desk; the phones are left."""

    site: SiteView
    title: str
    sentence: str
    hotlines: tuple[ContactView, ...]


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """status: HTTP status. loss: the incident sentence, '' where there is none."""

    site: SiteView
    title: str
    sentence: str
    loss: str
    topics: tuple[TopicView, ...]
    hotlines: tuple[ContactView, ...]
    composer: ComposerView
