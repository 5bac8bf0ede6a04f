"""Where a new document says another value for the same typed figure than what is in force."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from knowledge.figures import figures_in, plain
from knowledge.mentions import Mention
from knowledge.qualifier_words import SELECTORS
from knowledge.types import Parameter, ParameterValue, Passage, StoredVersion

_SENTENCE = re.compile(r"[^。；;！？\n]+")
_OWN_DAYS = re.compile(r"施行|实施之日|起执行|起实行|有效期|印发之日|联系电话|咨询电话")
"""Every notice says these of itself; they contradict nothing."""
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_SIGNS = re.compile(r"[^\w#]|_")
MIN_WORDS = 6
NAMED = 0.6
"""Share of the pairs of a figure's name that must stand in the sentence or its heading."""
MAX_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Conflict:
    """new, old: the sentences side by side. source: where the old one stands (title); url: its page. key: stable."""

    key: str
    what: str
    new: str
    new_value: str
    old: str
    old_value: str
    source: str
    url: str


def conflicts_of(
    version: StoredVersion,
    parameters: Mapping[str, Parameter],
    published: Iterable[StoredVersion],
    on: date,
) -> tuple[Conflict, ...]:
    """Against the dated figures in force, and against other published documents. At most MAX_SHOWN."""
    day = max(on, version.period.start) if version.period.start else on
    found = [*_with_figures(version, parameters.values(), day), *_with_documents(version, published, day)]
    return tuple({conflict.key: conflict for conflict in found}.values())[:MAX_SHOWN]


def _with_figures(version: StoredVersion, parameters: Iterable[Parameter], day: date) -> Iterator[Conflict]:
    held = [
        (each, value) for each in parameters for value in each.values if value.period.covers(day)
    ]
    for passage in version.passages:
        for sentence in _SENTENCE.findall(passage.text):
            around = "".join(passage.heading) + sentence
            for mention in figures_in(sentence, context=passage.heading):
                for parameter, value in held:
                    if _same_type(mention, parameter, around) and mention.value != value.value:
                        yield _conflict(
                            parameter.what,
                            sentence,
                            mention.text,
                            _told(parameter, value),
                            f"{plain(value.value)}{parameter.unit}",
                            value.basis.instrument.title,
                            "",
                        )


def _same_type(mention: Mention, parameter: Parameter, around: str) -> bool:
    unit = parameter.unit.removeprefix("百分之") or "%"
    if mention.key or mention.unit != unit or (mention.per and parameter.per and mention.per != parameter.per):
        return False
    for category in SELECTORS:
        said = mention.words(category)
        wanted = parameter.audience.get(category)
        if (wanted and wanted not in said) or (said and not wanted):
            return False
    pairs = {a + b for a, b in pairwise(parameter.what)}
    return bool(pairs) and sum(pair in around for pair in pairs) >= NAMED * len(pairs)


def _told(parameter: Parameter, value: ParameterValue) -> str:
    whom = "、".join(parameter.audience.values())
    per = f"每{parameter.per}" if parameter.per else ""
    return f"{whom}{parameter.what}：{per}{plain(value.value)}{parameter.unit}"


def _with_documents(version: StoredVersion, published: Iterable[StoredVersion], day: date) -> Iterator[Conflict]:
    mine: dict[str, tuple[str, str]] = {}
    for passage in version.passages:
        for masked, sentence, values in _masked(passage):
            mine[masked] = (sentence, values)
    for other in published:
        if other.document_id == version.document_id or not other.period.covers(day):
            continue
        for passage in other.passages:
            for masked, sentence, values in _masked(passage):
                if masked in mine and mine[masked][1] != values:
                    new, new_value = mine[masked]
                    url = f"/documents/{other.document_id}#passage-{passage.part}"
                    yield _conflict(_what(sentence), new, new_value, sentence, values, other.title, url)


def _masked(passage: Passage) -> Iterator[tuple[str, str, str]]:
    """(words without their figures, sentence, figures) of each sentence that has both."""
    if "{" in passage.text:
        return  # a template: its figures are parameters
    for sentence in _SENTENCE.findall(passage.text):
        if _OWN_DAYS.search(sentence):
            continue
        head, colon, value = sentence.rpartition("：")
        figures = _DIGITS.findall(value if colon else sentence)
        masked = _SIGNS.sub("", f"{head}：{_DIGITS.sub('#', value)}" if colon else _DIGITS.sub("#", sentence))
        if figures and len(masked) >= MIN_WORDS:
            yield masked, sentence, "、".join(figures)


def _what(sentence: str) -> str:
    return sentence.rpartition("：")[0] or sentence[:20]


def _conflict(what: str, new: str, new_value: str, old: str, old_value: str, source: str, url: str) -> Conflict:
    key = hashlib.sha256("\x1f".join((new, old)).encode()).hexdigest()[:16]
    return Conflict(key, what, new.strip(), new_value, old.strip(), old_value, source, url)
