"""From judged blocks to the finished answer: status, fixed sentence, contacts, plain text, and what is remembered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.types import (
    Answer,
    AnswerStatus,
    Block,
    BlockKind,
    Citation,
    Contact,
    Inquiry,
    Origin,
    Part,
    Turn,
)
from bot.wording import Wording
from knowledge.cards import coverage
from knowledge.library import IndexMissing, Library
from knowledge.types import Entry, Town

STRENGTH = (Origin.MODEL, Origin.CALCULATOR, Origin.STAFF, Origin.EXTRACT)
ORDER = (
    AnswerStatus.ASK_BACK,
    AnswerStatus.NEEDS_PERSON,
    AnswerStatus.NO_BASIS,
    AnswerStatus.OUT_OF_SCOPE,
    AnswerStatus.DECLINED,
    AnswerStatus.WITHHELD,
)
"""Which ending two different unanswered parts take (decisions.md 11)."""
ANSWERING = (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL)
FORGOTTEN = (AnswerStatus.DECLINED, AnswerStatus.WITHHELD, AnswerStatus.ERROR)
MAX_HOTLINES = 3


@dataclass(frozen=True, slots=True)
class Finish:
    """Everything here is plain code over finished parts; nothing is looked up but names and phones."""

    wording: Wording
    town: Town
    library: Library
    model: str | None = None
    """Name of the model in use, for answers it had a hand in."""

    def strongest(self, inquiry: Inquiry) -> Origin:
        """The strongest origin the drafts may use; `done` may name a weaker one."""
        used = {draft.block.origin for part in inquiry.parts for draft in part.drafts}
        return next((origin for origin in STRENGTH if origin in used), Origin.EXTRACT)

    def danger_block(self, inquiry: Inquiry) -> Block:
        return Block(BlockKind.DANGER, self.wording.danger(inquiry.danger or "default"))

    def answer(
        self, inquiry: Inquiry, blocks: Sequence[Block], citations: Sequence[Citation], now: datetime, incident: str
    ) -> Answer:
        """The object of the public contract. incident: number of a fault, '' where there was none."""
        if inquiry.danger and not any(block.kind is BlockKind.DANGER for block in blocks):
            blocks = [self.danger_block(inquiry), *blocks]
        status = inquiry.status or status_of(inquiry.parts)
        documents = tuple(dict.fromkeys(citation.passage.document_id for citation in citations))
        contacts = self._contacts(inquiry, status, documents)
        sentence = self._sentence(inquiry, status, incident)
        choices = tuple(choice for part in inquiry.parts for choice in part.choices)
        used = {block.origin for block in blocks}
        understood = understood_of(inquiry.parts) or inquiry.question.text
        return Answer(
            answer_id=inquiry.answer_id,
            conversation_id=inquiry.question.conversation_id or "",
            status=status,
            origin=next((origin for origin in STRENGTH if origin in used), Origin.EXTRACT),
            understood=understood,
            text=self._text(status, sentence, choices, blocks, citations, contacts),
            blocks=tuple(blocks),
            citations=tuple(citations),
            contacts=contacts,
            suggestions=choices or inquiry.suggestions,
            as_of=inquiry.question.on,
            asked_at=now,
            reviewed=self._reviewed(documents),
            model=self.model if Origin.MODEL in used else None,
            masked=inquiry.masked,
            documents=documents,
            topic=next((part.topic for part in inquiry.parts if part.topic), None),
            trace=inquiry.trace,
            sentence=sentence,
            card=self._card(status, documents),
        )

    def turn(self, inquiry: Inquiry, answer: Answer) -> Turn | None:
        """What the next turn may lean on; None for danger and for what must not be remembered."""
        kept = [part for part in inquiry.parts if part.status not in FORGOTTEN]
        if inquiry.danger or answer.status in FORGOTTEN or not kept:
            return None
        part = kept[-1]
        answered = answer.status in ANSWERING
        return Turn(
            text="；".join(each.typed for each in kept if each.typed) or inquiry.question.text,
            standalone=part.understood if answered else part.standalone,
            status=answer.status,
            topic=answer.topic,
            document_id=answer.documents[0] if answered and answer.documents else None,
            figures_about=part.about if part.about_said else None,
            pending=next((each.pending for each in kept if each.pending), None),
            choices=tuple(choice for each in kept for choice in each.choices),
        )

    def _sentence(self, inquiry: Inquiry, status: AnswerStatus, incident: str) -> str:
        if status is AnswerStatus.PARTIAL:
            left = next((part for part in inquiry.parts if part.status is not None), None)
            if left is not None and left.status is AnswerStatus.NO_BASIS and not left.note.startswith("no-figure"):
                missing = (left.typed or left.standalone).rstrip("?;。!,、 ")
                return self.wording.sentence(status, "named", missing=missing)
            status = left.status if left is not None and left.status is not None else status
        note = next((part.note for part in inquiry.parts if part.status is status), "")
        rule, _, rest = note.partition(":")
        if rule in ("no-figure", "ask"):
            return rest
        if rule == "other-place" and rest.rstrip(":"):
            return self.wording.sentence(status, "place", place=rest.rstrip(":"))
        if rule in ("other-year", "not-in-force"):
            return self.wording.sentence(status, "year")
        if rule == "not-held" and status is AnswerStatus.NO_BASIS:
            what, _, phone = rest.rpartition(":")
            return self.wording.sentence(status, "not_held", missing=what, phone=phone)
        given = {"limit": 300, "over": max(0, len(inquiry.question.text) - 300), "incident": incident}
        if status in (AnswerStatus.RATE_LIMITED, AnswerStatus.BUSY):
            given |= {"seconds": 30, "position": 1}
        sentence = self.wording.sentence(status, rule or "sentence", **given)
        return sentence + self.wording.words("page", "loss", incident=incident) if incident else sentence

    def _contacts(self, inquiry: Inquiry, status: AnswerStatus, documents: Iterable[str]) -> tuple[Contact, ...]:
        numbers = [place for part in inquiry.parts for place in part.ask]
        offices = list(numbers)
        for name in documents:
            entry = self._entries().get(name)
            if entry is not None:
                numbers += entry.hotlines
                offices += entry.offices
        if status not in (*ANSWERING, AnswerStatus.GREETING):
            numbers = [*self._asked(inquiry), *numbers[:1], self.wording.ask(status).phone, "12345", *numbers]
        urgent = {contact.phone for contact in inquiry.contacts}
        found = [
            Contact(hotline.name, hotline.number, self.town.told(hotline) or None)
            for number in dict.fromkeys(numbers)
            if number not in urgent and (hotline := self.town.hotlines.get(number))
        ]
        local = [
            Contact(office.name, office.phone, self.town.told(office) or None)
            for name in dict.fromkeys(offices)
            if (office := self.town.offices.get(name)) and office.phone and office.confirmed_on
        ]
        heard = sorted((*local, *found[:MAX_HOTLINES]), key=lambda contact: contact.phone in self.town.silent)
        return (*inquiry.contacts, *heard)

    @staticmethod
    def _asked(inquiry: Inquiry) -> list[str]:
        return [part.note.rpartition(":")[2] for part in inquiry.parts if part.note.startswith("not-held:")]

    def _card(self, status: AnswerStatus, documents: Sequence[str]) -> str:
        """The entry that answers, where it makes a 办事卡."""
        if status not in ANSWERING or not documents:
            return ""
        held = self._entries()
        name = next((name for name in documents if name in held), "")
        return name if name and coverage(held[name]).is_card else ""

    def _entries(self) -> Mapping[str, Entry]:
        try:
            return self.library.shelf.snapshot.entries
        except IndexMissing:
            return {}

    def _reviewed(self, documents: Sequence[str]) -> bool:
        if not documents:
            return True
        try:
            versions = self.library.shelf.snapshot.versions
        except IndexMissing:
            return True
        return all(versions[name].reviewed_by for name in documents if name in self._entries() and name in versions)

    def _text(
        self,
        status: AnswerStatus,
        sentence: str,
        choices: Sequence[str],
        blocks: Sequence[Block],
        citations: Sequence[Citation],
        contacts: Sequence[Contact],
    ) -> str:
        lines: list[str] = []
        for block in (block for block in blocks if block.kind is BlockKind.DANGER):
            lines.append(block.text)
        if status is not AnswerStatus.ANSWERED:
            lines.append(sentence)
            lines += self.wording.ways(status)
        if choices:
            lines.append(self.wording.words("calculator", "choices", missing="、".join(choices)))
        for block in (block for block in blocks if block.kind is not BlockKind.DANGER):
            heading = block.title or self.wording.heading(block.kind)
            lines += [heading] if heading else []
            lines.append(block.text)
        if citations:
            lines.append(self.wording.heading(BlockKind.BASIS))
            lines += source_lines(citations)
        lines += [f"{contact.name} {contact.phone}" for contact in contacts]
        if blocks:
            lines.append(self.wording.closing(max((b.origin for b in blocks), key=lambda o: -STRENGTH.index(o))))
        return "\n".join(line for line in lines if line)


def source_lines(citations: Iterable[Citation]) -> list[str]:
    """`〔1〕《…》（文号）第7条`, one line for each place, with all the numbers that rest on it."""
    numbers: dict[str, list[int]] = {}
    for citation in citations:
        basis = citation.basis
        words = f"《{basis.title}》" + (f"（{basis.document_number}）" if basis.document_number else "")
        words += basis.article or ""
        numbers.setdefault(words + (f"，{basis.source_note}" if basis.source_note else ""), []).append(citation.number)
    return ["".join(f"〔{number}〕" for number in found) + words for words, found in numbers.items()]


def understood_of(parts: Iterable[Part]) -> str:
    """What was understood of every part, as one line: parted by 「；」 where no mark of its own parts them."""
    said = [part.understood.rstrip("。．.;；,，、 ") for part in parts if part.understood]
    return "".join(text if text.endswith(("？", "！", "?", "!")) else f"{text}；" for text in said).rstrip("；")


def status_of(parts: Sequence[Part]) -> AnswerStatus:
    """One status of one or two parts (decisions.md 11)."""
    found = [_status(part) for part in parts] or [AnswerStatus.NO_BASIS]
    if len(set(found)) == 1:
        return found[0]
    if any(status in ANSWERING for status in found):
        return AnswerStatus.PARTIAL
    return next((status for status in ORDER if status in found), found[0])


def _status(part: Part) -> AnswerStatus:
    if part.status is not None:
        return part.status
    kinds = {block.kind for block in part.blocks}
    return AnswerStatus.ANSWERED if BlockKind.CONCLUSION in kinds else AnswerStatus.WITHHELD
