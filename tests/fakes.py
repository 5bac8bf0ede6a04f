"""Plain stand-ins for what the pages talk to: a scripted assistant, a small library, a store in memory."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from bot.ports import StoreUnavailable
from bot.types import (
    Answer,
    AnswerStatus,
    BasisRef,
    Block,
    BlockKind,
    BlockReady,
    Citation,
    Contact,
    Event,
    Finished,
    Handover,
    Origin,
    PassageRef,
    Question,
    Shared,
    StageReached,
    Started,
    Turn,
)
from knowledge.types import (
    Basis,
    Confidence,
    DocumentKind,
    DocumentOrigin,
    FigureState,
    Gone,
    Hit,
    Instrument,
    PartKind,
    Passage,
    Period,
    Reject,
    SearchResult,
    StoredVersion,
)

NOW = datetime(2026, 11, 22, 2, 21, tzinfo=UTC)
ON = date(2026, 11, 22)
STAGES = ("notice_danger", "check_input", "rewrite", "route", "retrieve", "compose", "verify")


def a_citation(
    number: int = 1,
    *,
    confidence: Confidence = Confidence.VERIFIED,
    state: FigureState = FigureState.IN_FORCE,
    quote: str | None = None,
    effective_to: date | None = None,
    title: str = "某项补助办法",
) -> Citation:
    """The facts in it are invented."""
    passage = PassageRef(
        "buzhu@1:conditions", "buzhu", "1", "哪些人可以领补助？", "/entries/buzhu#conditions", "说明"
    )
    basis = BasisRef(
        title=title,
        document_number="例〔2026〕7号",
        issuer="某部门",
        article="第5条",
        level="国家",
        effective_from=date(2026, 9, 1),
        effective_to=effective_to,
        held=quote is not None,
        quote=quote,
        published_at="某部门网站",
        url="/documents/banfa#passage-article-5" if quote else None,
    )
    return Citation(number, confidence, state, ON, passage, basis)


def a_block(
    kind: BlockKind = BlockKind.CONCLUSION,
    text: str = "可以领，年满80岁就能申请。",
    marks: tuple[tuple[int, ...], ...] = ((1,),),
    title: str = "",
) -> Block:
    numbers = tuple(dict.fromkeys(number for row in marks for number in row))
    return Block(kind, text, numbers, Origin.EXTRACT, marks, title)


def an_answer(
    status: AnswerStatus = AnswerStatus.ANSWERED,
    *,
    blocks: tuple[Block, ...] = (),
    citations: tuple[Citation, ...] = (),
    contacts: tuple[Contact, ...] = (Contact("政务服务热线", "12345"), Contact("公共法律服务热线", "12348")),
    suggestions: tuple[str, ...] = (),
    sentence: str = "",
    understood: str = "80岁老人有没有补助",
    reviewed: bool = True,
    origin: Origin = Origin.EXTRACT,
    masked: bool = False,
) -> Answer:
    lines = [block.text for block in blocks] or [sentence]
    return Answer(
        answer_id="",
        conversation_id="",
        status=status,
        origin=origin,
        understood=understood,
        text="\n".join(lines),
        blocks=blocks,
        citations=citations,
        contacts=contacts,
        suggestions=suggestions,
        as_of=ON,
        asked_at=NOW,
        reviewed=reviewed,
        sentence=sentence,
        masked=masked,
    )


def full_answer() -> Answer:
    """Every kind of block; a held, an unheld and a secondhand source."""
    return an_answer(
        blocks=(
            a_block(text="可以领，年满80岁就能申请。\n这是2026年7月起的规定。", marks=((1,), (3,))),
            a_block(BlockKind.CONDITIONS, "年满80岁。\n户口在本县。", ((1,), (1, 2))),
            a_block(BlockKind.COMPARISON, "自己交过养老保险的，另算。\n没交过的，按这条。", ((2,), (2,))),
            a_block(BlockKind.AMOUNT, "每月100元。这是2026年7月起的数，之后有没有调，要问12345。", ((3,),)),
            a_block(BlockKind.STEPS, "先到窗口填表。\n再等通知。", ((2,), (2,))),
            a_block(BlockKind.WHERE, "户口所在的镇。", ((2,),)),
            a_block(BlockKind.MATERIALS, "身份证、户口簿、银行卡。", ((2,),)),
            a_block(BlockKind.DURATION, "约20个工作日。", ((2,),)),
            a_block(BlockKind.FEE, "不收钱。", ((2,),)),
            a_block(BlockKind.NOTE, "拿不准的先打12345问。", ((),)),
        ),
        citations=(
            a_citation(1, quote="年满八十周岁的老人，可以申请。"),
            a_citation(2),
            a_citation(
                3, confidence=Confidence.SECONDHAND, state=FigureState.LAST_KNOWN, title="提高标准的通知"
            ),
        ),
        suggestions=("要带什么材料？",),
        reviewed=False,
    )


def danger_answer() -> Answer:
    return an_answer(
        AnswerStatus.NEEDS_PERSON,
        blocks=(a_block(BlockKind.DANGER, "如果现在有危险，先打 110。", ((),)),),
        contacts=(Contact("报警", "110"), Contact("急救", "120"), Contact("妇女维权热线", "12338")),
        understood="",
    )


SCRIPTS: Mapping[str, Answer] = {
    "补助": full_answer(),
    "一部分": an_answer(
        AnswerStatus.PARTIAL,
        blocks=(a_block(),),
        citations=(a_citation(1),),
        sentence="这一部分我没查到依据：补发。这个要问窗口，或者打12345。",
    ),
    "反问": an_answer(
        AnswerStatus.ASK_BACK, suggestions=("满了", "没满"), sentence="要看您的情况。老人今年满80岁了吗？"
    ),
    "没有依据": an_answer(AnswerStatus.NO_BASIS),
    "文书": an_answer(AnswerStatus.NEEDS_PERSON),
    "天气": an_answer(AnswerStatus.OUT_OF_SCOPE),
    "骗保": an_answer(AnswerStatus.DECLINED),
    "没通过": an_answer(AnswerStatus.WITHHELD),
    "你好": an_answer(AnswerStatus.GREETING, contacts=(), understood=""),
    "救命": danger_answer(),
    "号码": an_answer(AnswerStatus.NO_BASIS, masked=True),
}


class FakeAssistant:
    """Answers by the first script whose word stands in the question; `gate` holds it back, `error` breaks it."""

    def __init__(self, store: FakeStore | None = None, scripts: Mapping[str, Answer] = SCRIPTS) -> None:
        self.store = store
        self.scripts = dict(scripts)
        self.questions: list[Question] = []
        self.gate: threading.Event | None = None
        self.error: Exception | None = None
        self.error_after_blocks = False
        self.running = 0
        self.most_running = 0
        self._lock = threading.Lock()

    def ask(self, question: Question) -> Iterator[Event]:
        with self._lock:
            self.questions.append(question)
            number = len(self.questions)
            self.running += 1
            self.most_running = max(self.most_running, self.running)
        try:
            yield from self._ask(question, number)
        finally:
            with self._lock:
                self.running -= 1

    def _ask(self, question: Question, number: int) -> Iterator[Event]:
        answer = replace(
            self._scripted(question.text),
            answer_id=f"a{number:031d}",
            conversation_id=question.conversation_id or f"c{number:031d}",
        )
        yield Started(
            answer.answer_id,
            answer.conversation_id,
            answer.understood,
            answer.origin,
            answer.as_of,
            answer.contacts if any(block.kind is BlockKind.DANGER for block in answer.blocks) else (),
        )
        if self.error is not None and not self.error_after_blocks:
            raise self.error
        for name in STAGES:
            yield StageReached(name)
        if self.gate is not None:
            self.gate.wait(20)
        for block in answer.blocks:
            cited = tuple(citation for citation in answer.citations if citation.number in block.citations)
            yield BlockReady(block, cited)
        if self.error is not None:
            raise self.error
        if self.store is not None:
            self.store.keep(answer)
        yield Finished(answer)

    def answer(self, question: Question) -> Answer:
        return next(event.answer for event in self.ask(question) if isinstance(event, Finished))

    def _scripted(self, text: str) -> Answer:
        if not text.strip():
            return an_answer(AnswerStatus.EMPTY)
        if len(text.strip()) > 300:
            return an_answer(AnswerStatus.TOO_LONG)
        found = next((answer for word, answer in self.scripts.items() if word in text), None)
        if found is None:
            return an_answer(AnswerStatus.NO_BASIS, understood=text)
        return found if found.understood == "" else replace(found, understood=text)


class FakeStore:
    """Answers and feedback in dicts; `down` makes every call raise."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer] = {}
        self.feedbacks: dict[str, tuple[bool, str | None, str | None]] = {}
        self.ended: list[str] = []
        self.handed_over: dict[str, tuple[str, datetime]] = {}
        self.replies: dict[str, str] = {}
        self.tokens: dict[str, tuple[Answer, str, datetime]] = {}
        self.down = False

    def keep(self, answer: Answer) -> None:
        if not self.down:
            self.answers[answer.answer_id] = answer

    def history(self, conversation_id: str, now: datetime) -> tuple[Turn, ...]:
        self._check()
        return ()

    def save(self, question: Question, answer: Answer, turn: Turn | None, now: datetime) -> None:
        self._check()
        self.keep(answer)

    def answer(self, answer_id: str, now: datetime) -> Answer | None:
        self._check()
        held = self.answers.get(answer_id)
        return held if held is not None and now - held.asked_at < timedelta(minutes=30) else None

    def end(self, conversation_id: str) -> None:
        self._check()
        self.ended.append(conversation_id)
        self.answers = {
            name: answer for name, answer in self.answers.items() if answer.conversation_id != conversation_id
        }

    def feedback(
        self, answer_id: str, useful: bool, reason: str | None, words: str | None, now: datetime
    ) -> bool:
        self._check()
        if answer_id not in self.answers:
            return False
        self.feedbacks[answer_id] = (useful, reason, words)
        return True

    def counts(self, day: date) -> list[dict[str, object]]:
        self._check()
        return []

    def hand_over(self, question: str | None, answer_id: str | None, now: datetime) -> str | None:
        self._check()
        if answer_id is not None:
            held = self.answers.get(answer_id)
            question = held.understood if held else None
        if not question:
            return None
        number = str(100000 + len(self.handed_over))
        self.handed_over[number] = (question, now)
        return number

    def handover(self, number: str, now: datetime) -> Handover | None:
        self._check()
        if number not in self.handed_over:
            return None
        reply = self.replies.get(number)
        return Handover(self.handed_over[number][1], reply, now if reply else None)

    def share(self, answer: Answer, question: str, now: datetime) -> str:
        self._check()
        token = f"t{len(self.tokens):021d}"
        self.tokens[token] = (answer, question, now)
        return token

    def shared(self, token: str, now: datetime) -> Shared | None:
        self._check()
        if token not in self.tokens:
            return None
        answer, question, then = self.tokens[token]
        return Shared(question, answer if now - then < timedelta(days=30) else None)

    def _check(self) -> None:
        if self.down:
            raise StoreUnavailable


@dataclass(frozen=True, slots=True)
class FakeLine:
    text: str
    marks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class FakePart:
    kind: PartKind
    lines: tuple[FakeLine, ...]


@dataclass(frozen=True, slots=True)
class FakeSource:
    number: int
    basis: Basis
    state: FigureState = FigureState.IN_FORCE
    quote: str | None = None
    held_url: str | None = None


@dataclass(frozen=True, slots=True)
class FakeLink:
    id: str
    question: str


@dataclass(frozen=True, slots=True)
class FakeEntry:
    id: str
    question: str
    topic: str
    parts: tuple[FakePart, ...]
    sources: tuple[FakeSource, ...]
    offices: tuple[str, ...] = ("town-service",)
    hotlines: tuple[str, ...] = ("12345",)
    related: tuple[FakeLink, ...] = ()
    reviewed: bool = False


def an_entry(slug: str = "buzhu", question: str = "哪些人可以领补助？", topic: str = "dibao") -> FakeEntry:
    instrument = Instrument(
        "banfa",
        "某项补助办法",
        "某部门",
        "国家",
        "例〔2026〕7号",
        date(2026, 9, 1),
        published_at="某部门网站",
    )
    return FakeEntry(
        slug,
        question,
        topic,
        (
            FakePart(PartKind.CONCLUSION, (FakeLine("年满80岁、户口在本县的，可以领。", (1,)),)),
            FakePart(PartKind.CONDITIONS, (FakeLine("年满80岁。", (1,)), FakeLine("户口在本县。", (1,)))),
            FakePart(PartKind.STEPS, (FakeLine("先到窗口填表。", (1,)),)),
        ),
        (
            FakeSource(
                1,
                Basis(instrument, "第5条", Confidence.VERIFIED, ON),
                quote="年满八十周岁的老人，可以申请。",
                held_url="/documents/banfa#passage-article-5",
            ),
        ),
        related=(FakeLink("buzhu-how", "补助怎么申请？"),),
    )


def a_document() -> StoredVersion:
    passages = tuple(
        Passage(f"banfa@1:{part}", "banfa", "1", part, PartKind.TEXT, ("某项补助办法", heading), text, "d")
        for part, heading, text in (
            ("article-1", "第一条", "为了老人，定这个办法。"),
            ("article-5", "第五条", "年满八十周岁的老人，可以申请。\n另有规定的除外。"),
        )
    )
    return StoredVersion(
        document_id="banfa",
        version="1",
        kind=DocumentKind.STATUTE,
        origin=DocumentOrigin.BUNDLED,
        topic="dibao",
        title="某项补助办法",
        region="00",
        content="",
        digest="d",
        period=Period(date(2026, 9, 1)),
        passages=passages,
        original_sha256="0",
    )


@dataclass
class FakeLibrary:
    """Two topics; `down` makes every call raise."""

    entries: dict[str, FakeEntry] = field(
        default_factory=lambda: {
            "buzhu": an_entry(),
            "buzhu-how": an_entry("buzhu-how", "补助怎么申请？"),
            "yibao-pay": an_entry("yibao-pay", "医保怎么缴费？", "yibao"),
        }
    )
    documents: dict[str, StoredVersion] = field(
        default_factory=lambda: {
            "banfa": a_document(),
            "buzhu": replace(a_document(), document_id="buzhu", kind=DocumentKind.ENTRY),
        }
    )
    reason: str | None = None
    down: bool = False

    def not_ready(self) -> str | None:
        return self.reason

    def questions(self, on: date) -> Mapping[str, Sequence[FakeLink]]:
        self._check()
        found: dict[str, list[FakeLink]] = {}
        for entry in self.entries.values():
            found.setdefault(entry.topic, []).append(FakeLink(entry.id, entry.question))
        return found

    def entry(self, slug: str, on: date) -> FakeEntry | None:
        self._check()
        return self.entries.get(slug)

    def document(self, document_id: str, on: date) -> StoredVersion | None:
        self._check()
        return self.documents.get(document_id)

    def gone(self, document_id: str, on: date) -> Gone | None:
        self._check()
        return None

    def search(self, question: str, *, limit: int, on: date) -> SearchResult:
        self._check()
        hit = Hit("buzhu", None, 20.0, 0.9, 14.0, 0.6, "补助")
        return SearchResult((hit,)[:limit], (Reject("yibao-pay", None, 2.0, "below-threshold"),), {})

    def _check(self) -> None:
        if self.down:
            raise OSError("library down")
