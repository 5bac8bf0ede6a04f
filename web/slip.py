"""An answer on an 80 mm slip: question, conclusion, what to do, phones, sources, QR code and label."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from web.qr import qr_svg
from web.views import BlockView, CardView, ContactView, SiteView

ON_SLIP = ("conditions", "amount", "calculation", "steps", "where", "materials")
"""Kinds of blocks for which the narrow paper has room, in the order of the card."""
MOST_LINES = 14
MOST_PHONES = 3


@dataclass(frozen=True, slots=True)
class SlipPage:
    """question: '' for a typed one, which is never printed. qr: markup of our own making, of link."""

    site: SiteView
    title: str
    css_url: str
    words: Mapping[str, str]
    question: str
    made: str
    conclusion: tuple[str, ...]
    blocks: tuple[BlockView, ...]
    missing: str
    phones: tuple[ContactView, ...]
    sources: tuple[str, ...]
    link: str
    qr: Markup
    closing: tuple[str, ...]
    back: str
    aigc: str


def slip(
    card: CardView, site: SiteView, words: Mapping[str, str], *, css_url: str, link: str, back: str
) -> SlipPage:
    """The card, shortened. link: the whole address that the code carries; back: path of the page it is of."""
    said = (card.heading, *(line.text for line in card.more))
    return SlipPage(
        site=site,
        title=words["title"],
        css_url=css_url,
        words=words,
        question=card.understood,
        made=f"{card.chip} {card.asked}",
        conclusion=said,
        blocks=_that_fit(card.blocks, said),
        missing=card.sentence,
        phones=(*card.urgent, *card.contacts)[:MOST_PHONES],
        sources=tuple(dict.fromkeys(" ".join((f"《{s.title}》", *s.details)) for s in card.sources)),
        link=link,
        qr=qr_svg(link),
        closing=tuple(line for line in (card.closing, card.not_reviewed) if line),
        back=back,
        aigc=card.aigc,
    )


def _that_fit(blocks: tuple[BlockView, ...], said: tuple[str, ...]) -> tuple[BlockView, ...]:
    """Whole blocks, as long as their lines have room; without the lines that the conclusion has said already."""
    kept: list[BlockView] = []
    room = MOST_LINES
    for block in blocks:
        lines = tuple(line for line in block.lines if line.text not in said)
        if block.kind in ON_SLIP and lines and len(lines) <= room:
            kept.append(replace(block, lines=lines))
            room -= len(lines)
    return tuple(kept)
