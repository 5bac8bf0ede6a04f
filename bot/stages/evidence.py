"""What the citations of one line hold: the figures of their quotes, and the numbers of their bases."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.types import BasisRef, Citation
from knowledge.figures import figures_in
from knowledge.mentions import FigureKind, Mention
from knowledge.numbering import articles_in, write_article
from knowledge.qualifier_words import Vocabulary
from knowledge.types import FigureState, Period

_TITLE = re.compile(r"《([^《》]{2,60})》")
_STATE_PREFIX = "中华人民共和国"
_KEYED = frozenset({FigureKind.DATE, FigureKind.ARTICLE, FigureKind.DOCUMENT_NUMBER})


@dataclass(frozen=True, slots=True)
class Held:
    """One usable citation. mentions: typed figures of the quote. keys: dates, articles, 文号 of quote and basis."""

    citation: Citation
    mentions: tuple[Mention, ...]
    keys: frozenset[str]


def usable(citation: Citation, about: Period) -> bool:
    """Whether a figure in this state may be shown for the time asked about.

    Its time is that of its basis. Where the end of a superseded basis is not known, only a time that began
    before the check may be answered with it, so never today.
    """
    basis = citation.basis
    span = Period(basis.effective_from, basis.effective_to)
    if citation.state is FigureState.UNKNOWN:
        return False
    if citation.state is FigureState.SUPERSEDED:
        ended = basis.effective_to or citation.checked_on
        return Period(basis.effective_from, ended).overlaps(about)
    if citation.state is FigureState.NOT_YET:
        return basis.effective_from is not None and span.overlaps(about)
    return True


def held(citation: Citation, vocabulary: Vocabulary) -> Held:
    mentions = figures_in(citation.passage.quote, context=(citation.passage.title,), vocabulary=vocabulary)
    keys = {mention.key for mention in mentions if mention.kind in _KEYED} | _basis_keys(citation)
    mentions = outside_titles(citation.passage.quote, mentions)
    articles = articles_in(citation.passage.quote) | articles_in(citation.basis.article or "")
    return Held(citation, mentions, frozenset(keys | {write_article(number) for number in articles}))


def _basis_keys(citation: Citation) -> set[str]:
    basis = citation.basis
    words = (basis.title, basis.document_number, basis.article, basis.published_at, basis.source_note)
    said = {m.key for text in words if text for m in figures_in(text) if m.kind in _KEYED}
    days = [basis.effective_from, citation.checked_on, *_last_days(basis)]
    return said | {day.isoformat() for day in days if day} | _years_of_numbers(said)


def _last_days(basis: BasisRef) -> list[date]:
    return [basis.effective_to, basis.effective_to - timedelta(days=1)] if basis.effective_to else []


def _years_of_numbers(keys: set[str]) -> set[str]:
    return {match[1] for key in keys if (match := re.search(r"〔(\d{4})〕", key))}


def holds_date(key: str, keys: Iterable[str]) -> bool:
    """A date may be told more coarsely than it is held (2025年7月 for 2025-07-01), never more finely."""
    if key.startswith("--"):
        return any(each == key or each.startswith(key + "-") or _tail(each).startswith(key) for each in keys)
    return any(each == key or each.startswith(key + "-") for each in keys)


def _tail(key: str) -> str:
    return "-" + key[4:] if re.match(r"\d{4}-", key) else ""


def holds_number(key: str, keys: Iterable[str]) -> bool:
    """A 文号 as a whole; only where one side names no issuer may the number alone do."""
    issuer, _, number = key.partition("〔")
    for each in keys:
        other, mark, rest = each.partition("〔")
        if mark and rest == number and (other == issuer or not other or not issuer):
            return True
    return False


def holds_article(mention: Mention, line: str, passages: Iterable[Held]) -> bool:
    """第X条 of the law named just before it, or of any cited law where none is named."""
    passages = tuple(passages)
    titles = [match[1] for match in _TITLE.finditer(line, 0, mention.start)]
    of_law = [each for each in passages if titles and same_title(titles[-1], each.citation.basis.title)]
    for each in of_law or passages:
        if mention.key in each.keys:
            return True
    return any(
        titles and f"《{titles[-1]}》{mention.text}" in each.citation.passage.quote for each in passages
    )


def holds_titles(line: str, passages: Iterable[Held]) -> bool:
    """Every 《title》 of the line is a cited basis or stands in a cited quote."""
    passages = tuple(passages)
    for match in _TITLE.finditer(line):
        quoted = any(
            f"《{match[1]}》" in each.citation.passage.quote + each.citation.passage.title
            for each in passages
        )
        if not quoted and not any(same_title(match[1], each.citation.basis.title) for each in passages):
            return False
    return True


def same_title(said: str, full: str) -> bool:
    """社会救助法 is 中华人民共和国社会救助法; one may leave out the state, brackets and a subtitle."""
    a, b = _bare(said), _bare(full)
    return bool(a and b) and (a == b or (len(a) >= 3 and b.endswith(a)) or (len(b) >= 3 and a.endswith(b)))


def _bare(title: str) -> str:
    plain = re.sub(r"[（(][^）)]*[）)]|[《》\s“”\"]", "", title)
    return plain.removeprefix(_STATE_PREFIX)


def outside_titles(text: str, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The figures that are no part of a 《title》: a title is held or not as a whole (`holds_titles`)."""
    spans = [match.span() for match in _TITLE.finditer(text)]
    return tuple(m for m in mentions if not any(start < m.start < end for start, end in spans))
