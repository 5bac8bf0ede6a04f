"""A question, its way through the stages, and the answer a villager is shown.

`Answer` is the object of `/api/chat`; its field names are frozen by the public contract.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from knowledge.types import Confidence, FigureState, Hit, PartKind, Period, Reject


class AnswerStatus(StrEnum):
    ANSWERED = "answered"
    PARTIAL = "partial"
    ASK_BACK = "ask_back"
    NO_BASIS = "no_basis"
    NEEDS_PERSON = "needs_person"
    OUT_OF_SCOPE = "out_of_scope"
    DECLINED = "declined"
    WITHHELD = "withheld"
    GREETING = "greeting"
    EMPTY = "empty"
    TOO_LONG = "too_long"
    RATE_LIMITED = "rate_limited"
    BUSY = "busy"
    ERROR = "error"


class Origin(StrEnum):
    """Who made a block; the strongest used gives the chip (model > calculator > staff > extract)."""

    EXTRACT = "extract"
    STAFF = "staff"
    CALCULATOR = "calculator"
    MODEL = "model"


class BlockKind(StrEnum):
    DANGER = "danger"
    CONCLUSION = "conclusion"
    CONDITIONS = "conditions"
    COMPARISON = "comparison"
    CALCULATION = "calculation"
    STEPS = "steps"
    MATERIALS = "materials"
    WHERE = "where"
    DURATION = "duration"
    FEE = "fee"
    AMOUNT = "amount"
    CHOICES = "choices"
    NOTE = "note"
    BASIS = "basis"


CARD_ORDER: tuple[BlockKind, ...] = (
    BlockKind.DANGER,
    BlockKind.CONCLUSION,
    BlockKind.CHOICES,
    BlockKind.CONDITIONS,
    BlockKind.COMPARISON,
    BlockKind.CALCULATION,
    BlockKind.AMOUNT,
    BlockKind.STEPS,
    BlockKind.WHERE,
    BlockKind.MATERIALS,
    BlockKind.DURATION,
    BlockKind.FEE,
    BlockKind.NOTE,
    BlockKind.BASIS,
)
"""The order in which a card shows its blocks, streamed or whole (design guide, section 4)."""


class Channel(StrEnum):
    PHONE = "phone"
    WIDGET = "widget"
    KIOSK = "kiosk"
    API = "api"
    STAFF = "staff"
    CLI = "cli"


@dataclass(frozen=True, slots=True)
class Contact:
    name: str
    phone: str
    hours: str | None = None


@dataclass(frozen=True, slots=True)
class PassageRef:
    """What we hold. url: our own page, at the passage. quote: the passage as rendered for this answer."""

    id: str
    document_id: str
    version: str
    title: str
    url: str
    quote: str


@dataclass(frozen=True, slots=True)
class BasisRef:
    """What it rests on. held: the text of the instrument is loaded here, and quote shows it."""

    title: str
    document_number: str | None
    issuer: str
    article: str | None
    level: str
    effective_from: date | None
    effective_to: date | None
    held: bool = False
    quote: str | None = None
    date_precision: str = "day"
    published_at: str = ""
    source_note: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    number: int
    confidence: Confidence
    state: FigureState
    checked_on: date
    passage: PassageRef
    basis: BasisRef


@dataclass(frozen=True, slots=True)
class Block:
    """One finished piece of an answer. items: the bullets, each already inside text (joined by newlines)."""

    kind: BlockKind
    text: str
    citations: tuple[int, ...] = ()
    origin: Origin = Origin.EXTRACT
    marks: tuple[tuple[int, ...], ...] = ()
    """Citation numbers of each line of text, in order; () for a line without."""
    title: str = ""
    """The heading of the block on the card (带什么, 去哪里 …); empty for the conclusion."""
    leads: tuple[int, ...] | None = None
    """Its lines that speak of what was asked, counted from 0: what a small screen shows first (bot/leads.py).

    None where nobody chose.
    """


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposed block with the citations it claims, before verify."""

    block: Block
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One turn as it came in. on: the day it is asked (Asia/Shanghai)."""

    text: str
    on: date
    channel: Channel = Channel.API
    conversation_id: str | None = None
    event: str | None = None
    device: str | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """What an earlier turn leaves for the next one (decisions.md 13): typed state only, masked."""

    text: str
    standalone: str
    status: AnswerStatus
    topic: str | None = None
    document_id: str | None = None
    figures_about: Period | None = None
    pending: str | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StageNote:
    """Trace line: which stage ran, how long, and the name of the rule that fired, if any."""

    stage: str
    seconds: float
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the one or two questions in a message, on its way to its own blocks."""

    standalone: str
    understood: str = ""
    typed: str = ""
    """Its own words, normalised; standalone adds those of earlier turns it goes on from."""
    context: str = ""
    """Words of earlier turns, for use only where the part finds nothing by itself."""
    about: Period | None = None
    about_said: bool = False
    place: str | None = None
    topic: str | None = None
    carried: str | None = None
    """Document the conversation was about, for follow-ups; a hint to retrieve."""
    wanted: PartKind | None = None
    """The part asked for (带什么, 多久 …), when the wording says so."""
    hits: tuple[Hit, ...] = ()
    rejects: tuple[Reject, ...] = ()
    drafts: tuple[Draft, ...] = ()
    blocks: tuple[Block, ...] = ()
    status: AnswerStatus | None = None
    note: str = ""
    """Wording variables of an early ending, such as the place that is not ours."""
    rule: str = ""
    """What worked it out, for the trace (a calculator, a question back)."""
    ask: tuple[str, ...] = ()
    """Ids of hotlines and offices for what remains open, best first."""
    pending: str | None = None
    """The question that waits for a fact, when one is asked back."""
    choices: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    """Documents to show beside the first hit, where the fact that decides between them is not known."""

    def end(self, status: AnswerStatus, note: str = "") -> Part:
        return replace(self, status=status, note=note)


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One question on its way to one answer."""

    question: Question
    answer_id: str = ""
    history: tuple[Turn, ...] = ()
    contacts: tuple[Contact, ...] = ()
    danger: str | None = None
    """Name of the danger rule that fired; its card stands above whatever follows."""
    masked: bool = False
    parts: tuple[Part, ...] = ()
    suggestions: tuple[str, ...] = ()
    status: AnswerStatus | None = None
    trace: tuple[StageNote, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The finished object (api.md). asked_at: aware UTC time, for the chip."""

    answer_id: str
    conversation_id: str
    status: AnswerStatus
    origin: Origin
    understood: str
    text: str
    blocks: tuple[Block, ...]
    citations: tuple[Citation, ...]
    contacts: tuple[Contact, ...]
    suggestions: tuple[str, ...]
    as_of: date
    asked_at: datetime
    reviewed: bool = True
    """False while an entry used has not been approved by the town (「镇里还没有审核」)."""
    model: str | None = None
    masked: bool = False
    documents: tuple[str, ...] = ()
    topic: str | None = None
    trace: tuple[StageNote, ...] = ()
    sentence: str = ""
    """The fixed sentence of the status (wording.yaml), where it has one."""
    card: str = ""
    """The entry whose 办事卡 goes with the answer, '' where there is none."""


@dataclass(frozen=True, slots=True)
class Started:
    answer_id: str
    conversation_id: str
    understood: str
    origin: Origin
    as_of: date
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class StageReached:
    name: str


@dataclass(frozen=True, slots=True)
class BlockReady:
    block: Block
    citations: tuple[Citation, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Finished:
    answer: Answer


Event = Started | StageReached | BlockReady | Finished


@dataclass(frozen=True, slots=True)
class Handover:
    """What may be shown under a 取件号: when it was given, and the reply once there is one. Never the question."""

    given_at: datetime
    reply: str | None = None
    replied_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """An answer that was sent on. question: a ready question of ours or ''; answer: None once it is over."""

    question: str
    answer: Answer | None
