"""What the API takes and gives, for validation and for /openapi.json, each with an example."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

# A question is judged after cleaning, by the assistant; these bounds only keep nonsense out.
QuestionText = Annotated[str, StringConstraints(max_length=16384)]
Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Words = Annotated[str, StringConstraints(max_length=200)]


class Model(BaseModel):
    model_config = ConfigDict(extra="ignore")


class ChatIn(Model):
    """One question. `channel` staff needs a login."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"question": "60岁能不能申请低保", "channel": "phone"}]}
    )
    question: QuestionText = ""
    conversation_id: Identifier | None = None
    channel: Literal["phone", "widget", "kiosk", "api", "staff"] = "api"
    event: Identifier | None = None
    device: Identifier | None = None


class SearchIn(Model):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"question": "低保要带什么", "limit": 5, "on": "2026-11-22"}]}
    )
    question: Annotated[str, StringConstraints(max_length=300, min_length=1)]
    limit: Annotated[int, Field(ge=1, le=50)] = 8
    on: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = None


class FeedbackIn(Model):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"answer_id": "0f3a9c", "useful": False, "reason": "unreadable", "words": None}]
        }
    )
    answer_id: Identifier
    useful: bool
    reason: Literal["unreadable", "not_mine", "differs"] | None = None
    words: Words | None = None


class HandoverIn(Model):
    """One of the two: `answer_id` of an answer that left something open, or the question itself."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"answer_id": "0f3a9c"}]})
    answer_id: Identifier | None = None
    question: Annotated[str, StringConstraints(max_length=300)] | None = None


class ShareIn(Model):
    model_config = ConfigDict(json_schema_extra={"examples": [{"answer_id": "0f3a9c"}]})
    answer_id: Identifier


class LineOut(Model):
    """folded: not of the first screen of a phone; the text counts all the same."""

    text: str
    marks: list[int]
    folded: bool = False


class BlockOut(Model):
    """lines: the text line by line, with the numbers of the citations each rests on."""

    kind: str
    text: str
    citations: list[int]
    origin: str
    heading: str
    lines: list[LineOut]


class PassageOut(Model):
    id: str
    document_id: str
    version: str
    title: str
    url: str
    quote: str


class BasisOut(Model):
    title: str
    document_number: str | None
    issuer: str
    article: str | None
    level: str
    effective_from: str | None
    effective_to: str | None
    held: bool
    quote: str | None


class CitationOut(Model):
    number: int
    confidence: Literal["verified", "secondhand", "unknown"]
    state: str
    checked_on: str
    passage: PassageOut
    basis: BasisOut
    shown: dict[str, Any]


class ContactOut(Model):
    name: str
    phone: str
    hours: str | None = None
    what: str = ""
    urgent: bool = False


class AnswerOut(Model):
    """An answer, or a refusal of the same shape (position, retry_after and incident only there)."""

    answer_id: str
    conversation_id: str
    status: str
    origin: str
    understood: str
    text: str
    blocks: list[BlockOut]
    citations: list[CitationOut]
    contacts: list[ContactOut]
    suggestions: list[str]
    as_of: str
    asked_at: str
    reviewed: bool
    masked: bool
    model: str | None = None
    label: dict[str, str]
    shown: dict[str, Any]
    position: int | None = None
    retry_after: int | None = None
    incident: str | None = None


class HitOut(Model):
    document_id: str
    passage_id: str | None
    score: float
    confidence: float
    lexical: float
    similarity: float
    matched: str


class RejectOut(Model):
    document_id: str
    passage_id: str | None
    score: float
    reason: str


class SearchOut(Model):
    on: str
    hits: list[HitOut]
    rejects: list[RejectOut]


class HotlineOut(Model):
    number: str
    name: str
    what: str
    hours: str
    urgent: bool
    confirmed_on: str


class OfficeOut(Model):
    name: str
    what: str
    phone: str
    address: str
    hours: str


class HotlinesOut(Model):
    hotlines: list[HotlineOut]
    offices: list[OfficeOut]


class QuestionOut(Model):
    id: str
    question: str
    url: str


class TopicOut(Model):
    slug: str
    name: str
    url: str
    questions: list[QuestionOut]


class TopicsOut(Model):
    topics: list[TopicOut]


class StoredOut(Model):
    """stored: whether the answer was known and the words were kept."""

    stored: bool


class HandedOverOut(Model):
    """number: the 取件号, None where nothing was stored. text: what to tell the person."""

    stored: bool
    text: str
    number: str | None = None


class HandoverOut(Model):
    """The reply under a 取件号, never the question."""

    known: bool
    text: str
    given_on: str | None = None
    reply: str | None = None
    replied_on: str | None = None


class SharedOut(Model):
    """url: None where the answer is gone or cannot be shared."""

    url: str | None = None


class EndedOut(Model):
    ended: bool


class HealthOut(Model):
    status: str
    reason: str = ""
