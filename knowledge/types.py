"""The values every package speaks in: entries, parameters, documents, passages, hits.

Dates are calendar days in Asia/Shanghai; validity is half-open, [start, end).
Texts of entries are templates: ``{dibao-rural}`` stands for a dated figure, ``{tel:12345}`` for a hotline.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum


class Confidence(StrEnum):
    """How a claim was checked: 高 | 中 | 低 of the fact lists."""

    VERIFIED = "verified"
    SECONDHAND = "secondhand"
    UNKNOWN = "unknown"


class FigureState(StrEnum):
    """What a figure is worth on the day it is shown (decisions.md 4)."""

    IN_FORCE = "in_force"
    LAST_KNOWN = "last_known"
    SUPERSEDED = "superseded"
    NOT_YET = "not_yet"
    UNKNOWN = "unknown"


class DocumentKind(StrEnum):
    ENTRY = "entry"
    REPORT = "report"
    POLICY = "policy"
    STATUTE = "statute"
    STAFF_ANSWER = "staff_answer"


class DocumentOrigin(StrEnum):
    BUNDLED = "bundled"
    DESK = "desk"
    CLI = "cli"


class PartKind(StrEnum):
    """The typed parts of an entry, in the order a card shows them; TEXT is a passage of a free document."""

    CONCLUSION = "conclusion"
    COMPARISON = "comparison"
    CONDITIONS = "conditions"
    AMOUNT = "amount"
    WHERE = "where"
    MATERIALS = "materials"
    STEPS = "steps"
    DURATION = "duration"
    FEE = "fee"
    NOTE = "note"
    TEXT = "text"


PART_HEADINGS: Mapping[str, PartKind] = {
    "结论": PartKind.CONCLUSION,
    "分情况": PartKind.COMPARISON,
    "条件": PartKind.CONDITIONS,
    "金额": PartKind.AMOUNT,
    "去哪里": PartKind.WHERE,
    "带什么": PartKind.MATERIALS,
    "怎么办": PartKind.STEPS,
    "多久": PartKind.DURATION,
    "费用": PartKind.FEE,
    "注意": PartKind.NOTE,
}


@dataclass(frozen=True, slots=True)
class Period:
    """Days [start, end); None means open on that side."""

    start: date | None = None
    end: date | None = None

    def covers(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def overlaps(self, other: Period) -> bool:
        return (self.start is None or other.end is None or self.start < other.end) and (
            other.start is None or self.end is None or other.start < self.end
        )

    @classmethod
    def of_day(cls, day: date) -> Period:
        return cls(day, day + timedelta(days=1))

    @classmethod
    def of_year(cls, year: int) -> Period:
        return cls(date(year, 1, 1), date(year + 1, 1, 1))


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, notice or report that claims rest on. Titles and dates only; its text may or may not be held.

    text_file: name of the file with its text, the first where there are several; text_files: all of several.
    """

    id: str
    title: str
    issuer: str
    level: str
    document_number: str | None = None
    effective_from: date | None = None
    date_precision: str = "day"
    effective_to: date | None = None
    published_at: str = ""
    source_note: str = ""
    text_file: str | None = None
    text_files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Basis:
    """One place in an instrument, as one entry relies on it."""

    instrument: Instrument
    article: str | None
    confidence: Confidence
    checked_on: date


@dataclass(frozen=True, slots=True)
class Claim:
    """One bullet (or the conclusion): a template and the keys of the bases it rests on. line: 1-based in the file."""

    text: str
    marks: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class EntryPart:
    kind: PartKind
    claims: tuple[Claim, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One need, answered. Format: docs/entry-format.md."""

    id: str
    topic: str
    question: str
    parts: tuple[EntryPart, ...]
    bases: Mapping[str, Basis]
    kind: DocumentKind = DocumentKind.ENTRY
    yes_no: bool = False
    region: str = "00"
    examples: tuple[str, ...] = ()
    also_asked: tuple[str, ...] = ()
    offices: tuple[str, ...] = ()
    hotlines: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    author: str = ""
    written_on: date | None = None
    reviewed_by: str | None = None
    reviewed_on: date | None = None

    def part(self, kind: PartKind) -> EntryPart | None:
        return next((part for part in self.parts if part.kind is kind), None)


@dataclass(frozen=True, slots=True)
class ParameterValue:
    value: Decimal
    period: Period
    basis: Basis
    recheck_on: date | None = None
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Parameter:
    """A typed, dated figure: what, for whom, unit, period, and its values over time (never overlapping)."""

    id: str
    what: str
    audience: Mapping[str, str]
    unit: str
    per: str | None
    values: tuple[ParameterValue, ...]
    recheck_month: int | None = None
    ask: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of citation: a typed part of an entry, or a stretch of a free document.

    id: ``document@version:part``. heading: from the document's title down to this place.
    text: template text, claims joined by newlines. digest: sha256 over text, heading and dates (hex).
    """

    id: str
    document_id: str
    version: str
    part: str
    kind: PartKind
    heading: tuple[str, ...]
    text: str
    digest: str


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What a paper says of itself beside its title. '' and None: it does not say."""

    document_number: str = ""
    issuer: str = ""
    level: str = ""
    issued_on: date | None = None


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """One published version, as the port of truth hands it out.

    content: the normalised source text (an entry's Markdown, a free document's plain text).
    """

    document_id: str
    version: str
    kind: DocumentKind
    origin: DocumentOrigin
    topic: str
    title: str
    region: str
    content: str
    digest: str
    period: Period
    passages: tuple[Passage, ...]
    original_sha256: str
    original_name: str = ""
    written_by: str = ""
    reviewed_by: str | None = None
    reviewed_on: date | None = None
    letterhead: Letterhead | None = None
    also_asked: tuple[str, ...] = ()
    """Wordings given to it at the desk, besides those in its text."""


class How(StrEnum):
    """How something that was shown came to be shown no more."""

    REPLACED = "replaced"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Gone:
    """A document or entry that was published once and is not shown any more.

    since: the first day without it. title: '' of what was withdrawn. successor: (id, title) of what took over.
    """

    how: How
    since: date | None
    title: str = ""
    successor: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A document (entry) or passage (free document) found for a question.

    score: what it is ranked by, higher is better. confidence: 0..1, chance that it answers the question.
    lexical: BM25 points of its words and texts. similarity: cosine.
    """

    document_id: str
    passage_id: str | None
    score: float
    confidence: float
    lexical: float = 0.0
    similarity: float = 0.0
    matched: str = ""


@dataclass(frozen=True, slots=True)
class Reject:
    """A candidate that was not used, and why (a fixed English slug such as ``below-threshold``)."""

    document_id: str
    passage_id: str | None
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class SearchResult:
    hits: tuple[Hit, ...] = ()
    rejects: tuple[Reject, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hotline:
    number: str
    name: str
    what: str = ""
    hours: str = ""
    urgent: bool = False
    confirmed_on: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    id: str
    name: str
    level: str
    what: str = ""
    phone: str = ""
    address: str = ""
    hours: str = ""
    confirmed_on: str = ""
    without: tuple[str, ...] = ()
    """Fields of these that the office has said it does not have: phone, address, hours."""


@dataclass(frozen=True, slots=True)
class Topic:
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Level:
    """One rung of the chain nation > city > county > town. words: how people name it."""

    code: str
    name: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Town:
    """What `town.toml` says."""

    id: str
    name: str
    assistant_name: str
    short_name: str
    operator: str
    region: str
    levels: tuple[Level, ...]
    topics: tuple[Topic, ...]
    offices: Mapping[str, Office]
    hotlines: Mapping[str, Hotline]
    website: str = ""
    """The town's own page: where 快速离开 leads; '' for our start page."""
    filings: tuple[str, ...] = ()
    """Registration numbers that the foot of every page shows, as they are to be read."""
    silent: Mapping[str, str] = field(default_factory=dict)
    """Number -> what is said beside a phone that a clerk rang in vain; the desk marks it."""

    def told(self, record: Hotline | Office) -> str:
        """What stands beside its phone: the hours, or that nobody answers there and which number to ring."""
        number = record.number if isinstance(record, Hotline) else record.phone
        return self.silent.get(number) or record.hours
