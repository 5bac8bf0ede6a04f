"""Walk a question through the stages, judge every block, and give the answer: one iterator for all deliveries."""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.finish import Finish, understood_of
from bot.incidents import trail
from bot.leads import with_leads
from bot.ports import Store, StoreUnavailable
from bot.types import (
    Answer,
    AnswerStatus,
    Block,
    BlockKind,
    BlockReady,
    Citation,
    Draft,
    Event,
    Finished,
    Inquiry,
    Part,
    Question,
    StageNote,
    StageReached,
    Started,
    Turn,
)

Stage = Callable[[Inquiry], Inquiry]
Judge = Callable[[Draft, Part, Inquiry], Draft | None]
log = logging.getLogger("pufa.pipeline")


@dataclass(frozen=True)
class Pipeline:
    """stages: name -> stage, in order. judges: name -> check of one block, in order; a block must pass all."""

    stages: Mapping[str, Stage]
    judges: Mapping[str, Judge]
    finish: Finish
    store: Store
    clock: Callable[[], datetime]
    shown_stages: frozenset[str] = frozenset({"retrieve", "verify"})
    ids: Callable[[], str] = field(default=lambda: secrets.token_urlsafe(18))

    def ask(self, question: Question) -> Iterator[Event]:
        """Started, StageReached*, BlockReady*, Finished. What breaks becomes an answer with status `error`."""
        conversation = question.conversation_id or self.ids()
        question = replace(question, conversation_id=conversation)
        inquiry = Inquiry(question, answer_id=self.ids())
        try:
            yield from self._answer(replace(inquiry, history=self._history(conversation)))
        except Exception as error:
            incident = self.ids()[:8]
            log.error("incident %s: %s", incident, trail(error))
            broken = replace(self._guarded(inquiry), status=AnswerStatus.ERROR)
            yield Finished(self.finish.answer(broken, [], [], self.clock(), incident))

    def answer(self, question: Question) -> Answer:
        """The finished answer alone."""
        *_, last = self.ask(question)
        assert isinstance(last, Finished)
        return last.answer

    def walk(self, inquiry: Inquiry, until: str = "") -> Inquiry:
        """Run the stages in order, stopping after `until` or where the journey ended early."""
        for name, stage in self.stages.items():
            began = time.perf_counter()
            inquiry = stage(inquiry)
            note = StageNote(name, time.perf_counter() - began, _rule(inquiry))
            inquiry = replace(inquiry, trace=(*inquiry.trace, note))
            if inquiry.status is not None or name == until:
                break
        return inquiry

    def _answer(self, inquiry: Inquiry) -> Iterator[Event]:
        inquiry = self.walk(inquiry)
        yield Started(
            inquiry.answer_id,
            inquiry.question.conversation_id or "",
            understood_of(inquiry.parts),
            self.finish.strongest(inquiry),
            inquiry.question.on,
            inquiry.contacts,
        )
        for name in (*self.stages, *self.judges):
            if name in self.shown_stages:
                yield StageReached(name)
        blocks: list[Block] = []
        citations: list[Citation] = []
        if inquiry.danger:
            blocks.append(self.finish.danger_block(inquiry))
            yield BlockReady(blocks[0])
        parts: list[Part] = []
        for number, part in enumerate(map(with_leads, inquiry.parts)):
            kept: list[Draft] = []
            for draft in part.drafts:
                judged = self._judge(draft, part, inquiry)
                if judged is None and draft.block.kind is BlockKind.CONCLUSION:
                    break
                if judged is not None:
                    judged = _titled(_renumbered(judged, citations), part if number else None)
                    kept.append(judged)
                    citations += [new for new in judged.citations if new not in citations]
                    yield BlockReady(judged.block, judged.citations)
            blocks += [draft.block for draft in kept]
            parts.append(replace(part, blocks=tuple(draft.block for draft in kept)))
        inquiry = replace(inquiry, parts=tuple(parts))
        answer = self.finish.answer(inquiry, blocks, citations, self.clock(), "")
        self._save(inquiry, answer)
        yield Finished(answer)

    def _judge(self, draft: Draft, part: Part, inquiry: Inquiry) -> Draft | None:
        for name, judge in self.judges.items():
            judged = judge(draft, part, inquiry)
            if judged is None:
                log.warning("block %s of %s stopped by %s", draft.block.kind, _documents(draft), name)
                return None
            draft = judged
        return draft

    def _guarded(self, inquiry: Inquiry) -> Inquiry:
        """What the first, protective stages find, even when the rest is broken."""
        for name in ("notice_danger", "check_input"):
            if name in self.stages:
                try:
                    inquiry = self.stages[name](inquiry)
                except Exception as error:
                    log.error("%s: %s", name, trail(error))
        return inquiry

    def _history(self, conversation: str) -> tuple[Turn, ...]:
        try:
            return self.store.history(conversation, self.clock())
        except StoreUnavailable:
            return ()

    def _save(self, inquiry: Inquiry, answer: Answer) -> None:
        turn = self.finish.turn(inquiry, answer)
        try:
            self.store.save(inquiry.question, answer, turn, self.clock())
        except StoreUnavailable:
            log.error("answer %s not stored", answer.answer_id)


def _rule(inquiry: Inquiry) -> str:
    return " ".join(filter(None, [inquiry.danger or "", *(part.rule or part.note for part in inquiry.parts)]))


def _titled(draft: Draft, second: Part | None) -> Draft:
    """The conclusion of a second question stands under that question."""
    if second is None or draft.block.kind is not BlockKind.CONCLUSION:
        return draft
    return replace(draft, block=replace(draft.block, title=second.typed))


def _documents(draft: Draft) -> str:
    return ",".join(sorted({citation.passage.document_id for citation in draft.citations}))


def _renumbered(draft: Draft, before: list[Citation]) -> Draft:
    """Give citations of a second part numbers of their own; those of one part are numbered over the part already."""
    taken = {citation.number: citation for citation in before}
    clash = any(c.number in taken and taken[c.number] != c for c in draft.citations)
    if not clash:
        return draft
    start = max(taken) if taken else 0
    new = {citation.number: start + row for row, citation in enumerate(draft.citations, 1)}
    block = replace(
        draft.block,
        citations=tuple(new[number] for number in draft.block.citations),
        marks=tuple(tuple(new[number] for number in line) for line in draft.block.marks),
    )
    return Draft(block, tuple(replace(citation, number=new[citation.number]) for citation in draft.citations))
