"""An Answer, or an entry of the library, as the card of design-guide §4."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.leads import with_leads_of
from bot.types import CARD_ORDER, Answer, AnswerStatus, Block, BlockKind, Citation, Contact, Origin
from bot.wording import Wording
from knowledge.types import Confidence, FigureState, Town
from web.aigc import aigc_entry
from web.clock import CHINA
from web.folding import marked, with_folds
from web.library import ShownEntry, ShownPart, ShownSource
from web.phones import entry_phones, hotline_view, office_contacts
from web.service_card import shown_coverage
from web.views import BlockView, CardView, ContactView, LineView, LinkView, SourceView

RANK = {kind: rank for rank, kind in enumerate(CARD_ORDER)}
SPOKEN = (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL)
"""Statuses whose first words are the conclusion, not a fixed sentence."""
LEFT_OPEN = (AnswerStatus.NO_BASIS, AnswerStatus.PARTIAL)
"""Statuses that leave something for the staff to answer."""


def answer_card(answer: Answer, wording: Wording, town: Town) -> CardView:
    """The card of an answer. A danger block goes first, whatever else there is."""
    shown = [block for block in in_order(answer.blocks) if block.kind is not BlockKind.DANGER]
    lines, rest = _heading(answer, shown, wording)
    heading = lines[0].text
    contacts = contact_views(answer.contacts, town)
    danger = danger_lines(answer.blocks)
    sentence = sentence_of(answer, wording)
    card = CardView(
        key=answer.answer_id,
        status=answer.status.value,
        tone=wording.tone(answer.status),
        chip=wording.chip(answer.origin),
        asked=spell_moment(answer.asked_at),
        heading=heading,
        heading_marks=lines[0].marks,
        more=lines[1:],
        blocks=tuple(block_view(block, wording) for block in rest),
        sources=merged(source_view(citation, wording) for citation in answer.citations),
        contacts=tuple(contact for contact in contacts if not (danger and contact.urgent)),
        closing=wording.closing(answer.origin),
        answer_id=answer.answer_id,
        conversation_id=answer.conversation_id,
        understood=answer.understood,
        sentence="" if sentence == heading or answer.status is AnswerStatus.ANSWERED else sentence,
        ways=wording.ways(answer.status),
        danger=danger,
        urgent=tuple(contact for contact in contacts if danger and contact.urgent),
        choices=choices_of(answer, wording),
        suggestions=() if answer.status is AnswerStatus.ASK_BACK else answer.suggestions,
        not_reviewed=""
        if answer.reviewed or not answer.citations
        else wording.words("sources", "not_reviewed"),
        masked=wording.words("page", "masked") if answer.masked else "",
        can_hand_over=bool(answer.answer_id) and answer.status in LEFT_OPEN and not danger,
        can_share=bool(answer.answer_id) and is_shareable(answer),
        service_card=f"/cards/{answer.card}" if answer.card else "",
        aigc=aigc_entry(answer, town.operator),
    )
    return with_folds(card, wording)


def is_shareable(answer: Answer) -> bool:
    """An answer that rests on something; help for someone in danger stays with that person."""
    return answer.status in SPOKEN and bool(answer.citations) and not danger_lines(answer.blocks)


def entry_card(entry: ShownEntry, wording: Wording, town: Town, on: date) -> CardView:
    """The card of an entry, each part with its own address (#conditions …)."""
    rests_on = {source.number: source.basis.instrument.title for source in entry.sources}
    blocks = [
        replace(block_view(block, wording), anchor=block.kind.value)
        for block in with_leads_of([_entry_block(part) for part in entry.parts], rests_on)
    ]
    first, *more = blocks[0].lines if blocks else (LineView(entry.question),)
    card = CardView(
        key=entry.id,
        status=AnswerStatus.ANSWERED.value,
        tone="plain",
        chip=wording.chip(Origin.EXTRACT),
        asked=spell_day(on),
        heading=first.text,
        heading_marks=first.marks,
        more=tuple(more),
        blocks=tuple(blocks[1:]),
        sources=merged(_entry_source(source, wording) for source in entry.sources),
        contacts=entry_phones(entry, town),
        closing=wording.closing(Origin.EXTRACT),
        understood=entry.question,
        related=tuple(LinkView(f"/entries/{link.id}", link.question) for link in entry.related),
        not_reviewed="" if entry.reviewed else wording.words("sources", "not_reviewed"),
        page_url=f"/entries/{entry.id}",
        service_card=f"/cards/{entry.id}" if shown_coverage(entry).is_card else "",
    )
    return with_folds(card, wording)


def _entry_block(part: ShownPart) -> Block:
    text = "\n".join(line.text for line in part.lines)
    return Block(BlockKind(part.kind.value), text, marks=tuple(tuple(line.marks) for line in part.lines))


def in_order(blocks: Iterable[Block]) -> list[Block]:
    """Blocks in the order of the card; each conclusion opens the part of one question."""
    parts: list[list[Block]] = [[]]
    for block in blocks:
        if block.kind is BlockKind.CONCLUSION and any(b.kind is BlockKind.CONCLUSION for b in parts[-1]):
            parts.append([])
        parts[-1].append(block)
    return [block for part in parts for block in sorted(part, key=lambda b: RANK.get(b.kind, -1))]


def block_view(block: Block, wording: Wording) -> BlockView:
    """With its folded lines marked; a block with a title says what was known last: nothing of it is folded."""
    leads = None if block.title and block.kind is not BlockKind.NOTE else block.leads
    lines = marked(block.kind, lines_of(block), leads)
    return BlockView(block.kind.value, block.title or wording.heading(block.kind), lines)


def lines_of(block: Block) -> tuple[LineView, ...]:
    """The lines of a block with their marks; without marks per line the last line carries all."""
    texts = [text for text in block.text.split("\n") if text]
    if len(block.marks) == len(texts):
        return tuple(LineView(text, marks) for text, marks in zip(texts, block.marks, strict=True))
    return tuple(
        LineView(text, block.citations if row == len(texts) - 1 else ()) for row, text in enumerate(texts)
    )


def danger_lines(blocks: Iterable[Block]) -> tuple[str, ...]:
    return tuple(
        line for block in blocks if block.kind is BlockKind.DANGER for line in block.text.split("\n") if line
    )


def sentence_of(answer: Answer, wording: Wording) -> str:
    return answer.sentence or wording.sentence(answer.status, limit=300, seconds=60, position=1)


def choices_of(answer: Answer, wording: Wording) -> tuple[str, ...]:
    """The buttons of a question back, with 「不清楚」 as the last."""
    if answer.status is not AnswerStatus.ASK_BACK:
        return ()
    unclear = wording.words("labels", "unclear")
    known = any(unclear in choice for choice in answer.suggestions)
    return answer.suggestions if known else (*answer.suggestions, unclear)


def contact_views(contacts: Iterable[Contact], town: Town) -> tuple[ContactView, ...]:
    return tuple(contact_view(contact, town) for contact in contacts if contact.phone)


def contact_view(contact: Contact, town: Town) -> ContactView:
    record = town.hotlines.get(contact.phone)
    return ContactView(
        contact.name,
        contact.phone,
        contact.hours or "",
        record.what if record else "",
        bool(record and record.urgent),
    )


def hotline_views(town: Town) -> tuple[ContactView, ...]:
    """Every hotline, urgent ones first, then the offices whose number the town has confirmed."""
    lines = sorted(town.hotlines.values(), key=lambda line: not line.urgent)
    return (*(hotline_view(line, town) for line in lines), *office_contacts(town, town.offices))


def merged(sources: Iterable[SourceView]) -> tuple[SourceView, ...]:
    """One line for each place in a document, with every number under which it is cited."""
    found: dict[tuple[object, ...], SourceView] = {}
    for source in sources:
        key = (source.title, source.details, source.tag, source.secondhand, source.quote)
        held = found.get(key)
        found[key] = replace(held, numbers=held.numbers + source.numbers) if held else source
    return tuple(found.values())


def source_view(citation: Citation, wording: Wording) -> SourceView:
    basis = citation.basis
    tag, tone = tag_of(citation.state, basis.effective_to, wording)
    held = basis.held and bool(basis.quote)
    details = (
        basis.document_number or "",
        basis.issuer,
        effective_words(basis.effective_from, basis.date_precision, wording),
        basis.article or "",
    )
    return SourceView(
        numbers=(citation.number,),
        title=basis.title,
        details=tuple(detail for detail in details if detail),
        tag=tag,
        tone=tone,
        secondhand=_secondhand(citation.confidence, basis.source_note, wording),
        quote=(basis.quote or "") if held else "",
        published_at=basis.published_at,
        url=(basis.url or citation.passage.url) if held else citation.passage.url,
        url_text=wording.words("sources", "see_whole" if held and basis.url else "see_entry"),
    )


def _entry_source(source: ShownSource, wording: Wording) -> SourceView:
    instrument = source.basis.instrument
    tag, tone = tag_of(source.state, instrument.effective_to, wording)
    details = (
        instrument.document_number or "",
        instrument.issuer,
        effective_words(instrument.effective_from, instrument.date_precision, wording),
        source.basis.article or "",
    )
    return SourceView(
        numbers=(source.number,),
        title=instrument.title,
        details=tuple(detail for detail in details if detail),
        tag=tag,
        tone=tone,
        secondhand=_secondhand(source.basis.confidence, instrument.source_note, wording),
        quote=source.quote or "",
        published_at=instrument.published_at,
        url=source.held_url or "",
        url_text=wording.words("sources", "see_whole"),
    )


def tag_of(state: FigureState, ends: date | None, wording: Wording) -> tuple[str, str]:
    """The words of the status tag and its tone (ok | warn | danger)."""
    if state is FigureState.IN_FORCE and ends is not None:
        return f"{spell_day(ends)}{wording.words('states', 'ending')}", "warn"
    tone = {FigureState.IN_FORCE: "ok", FigureState.SUPERSEDED: "danger"}.get(state, "warn")
    return wording.words("states", state.value), tone


def effective_words(start: date | None, precision: str, wording: Wording) -> str:
    if start is None:
        return wording.words("sources", "no_date")
    return f"{spell_day(start, precision)}起施行"


def spell_day(day: date, precision: str = "day") -> str:
    """2024年9月1日, or only as much of it as is known (precision: day | month | year)."""
    words = {"year": f"{day.year}年", "month": f"{day.year}年{day.month}月"}
    return words.get(precision, f"{day.year}年{day.month}月{day.day}日")


def spell_moment(moment: datetime) -> str:
    local = moment.astimezone(CHINA)
    return f"{spell_day(local.date())} {local:%H:%M}"


def _secondhand(confidence: Confidence, note: str, wording: Wording) -> str:
    if confidence is not Confidence.SECONDHAND:
        return ""
    return note or wording.words("sources", "secondhand")


def _heading(
    answer: Answer, shown: Sequence[Block], wording: Wording
) -> tuple[tuple[LineView, ...], Sequence[Block]]:
    """The lines at the top of the card, the first of them its h2, and the blocks that follow."""
    if shown and shown[0].kind is BlockKind.CONCLUSION:
        return lines_of(shown[0]), shown[1:]
    if answer.status in SPOKEN and shown:
        return (LineView(wording.title(answer.status)),), shown
    return (LineView(sentence_of(answer, wording)),), shown
