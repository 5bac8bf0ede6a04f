"""Where a new document says another value for the same typed figure than what is in force."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from knowledge.figures import figures_in, plain
from knowledge.mentions import Mention
from knowledge.qualifier_words import SELECTORS
from knowledge.snapshot import is_entry
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
    """new, old: the sentences side by side. source: where the old one stands (title); url: its page. key: stable.

    document_id, parameter_id: what the old one is; the other is ''.
    """

    key: str
    what: str
    new: str
    new_value: str
    old: str
    old_value: str
    source: str
    url: str
    document_id: str = ""
    parameter_id: str = ""


def conflicts_of(
    version: StoredVersion,
    parameters: Mapping[str, Parameter],
    published: Iterable[StoredVersion],
    on: date,
) -> tuple[Conflict, ...]:
    """Against the dated figures in force, and of a free document against other published documents.

    At most MAX_SHOWN. on: a version that begins later is judged by its own first day.
    """
    day = max(on, version.period.start) if version.period.start else on
    found = [*_with_figures(version, parameters.values(), day)]
    if not is_entry(version):  # an entry's own figures are parameters
        found += _with_documents(version, published, day)
    return tuple({conflict.key: conflict for conflict in found}.values())[:MAX_SHOWN]


def _with_figures(version: StoredVersion, parameters: Collection[Parameter], day: date) -> Iterator[Conflict]:
    held = [
        (each, value) for each in parameters for value in each.values if value.period.covers(day)
    ]
    apart: defaultdict[str, set[str]] = defaultdict(set)
    for each in parameters:
        apart[each.what].update(each.audience)
    for passage in version.passages:
        for sentence in _SENTENCE.findall(passage.text):
            around = "".join(passage.heading) + sentence
            for mention in figures_in(sentence, context=passage.heading):
                for parameter, value in held:
                    if _same_type(mention, parameter, around, apart[parameter.what]) and mention.value != value.value:
                        new = _Said(sentence, mention.text)
                        old = _Said(_told(parameter, value), f"{plain(value.value)}{parameter.unit}")
                        found = _conflict(parameter.what, new, old, value.basis.instrument.title)
                        yield replace(found, parameter_id=parameter.id)


def _same_type(mention: Mention, parameter: Parameter, around: str, apart: Collection[str]) -> bool:
    """apart: categories by which the figures of this name differ from one another."""
    unit = parameter.unit.removeprefix("百分之") or "%"
    if mention.key or mention.unit != unit or (mention.per and parameter.per and mention.per != parameter.per):
        return False
    for category in SELECTORS:
        said = mention.words(category)
        wanted = parameter.audience.get(category)
        if wanted and wanted not in said:
            return False
        if said and not wanted and (category in apart or not _named(category, said, parameter)):
            return False
    pairs = {a + b for a, b in pairwise(parameter.what)}
    around += "".join(mention.words("benefit"))  # by its short name, however the text calls it
    return bool(pairs) and sum(pair in around for pair in pairs) >= NAMED * len(pairs)


def _named(category: str, said: Collection[str], parameter: Parameter) -> bool:
    """`低保标准` names its own benefit; who else is meant than whom a figure is for tells only benefits apart."""
    own = "".join((parameter.what, *parameter.audience.values()))
    return category != "benefit" or all(word in own for word in said)


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
                    url = f"/documents/{other.document_id}#passage-{passage.part}"
                    found = _conflict(_what(sentence), _Said(*mine[masked]), _Said(sentence, values), other.title)
                    yield replace(found, url=url, document_id=other.document_id)


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


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence and the figures in it."""

    text: str
    value: str


def _what(sentence: str) -> str:
    return sentence.rpartition("：")[0] or sentence[:20]


def _conflict(what: str, new: _Said, old: _Said, source: str) -> Conflict:
    key = hashlib.sha256("\x1f".join((new.text, old.text)).encode()).hexdigest()[:16]
    return Conflict(key, what, new.text.strip(), new.value, old.text.strip(), old.value, source, url="")
