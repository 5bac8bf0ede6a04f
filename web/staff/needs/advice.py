"""建议: sentences that plain rules make of the counts; each names the figures it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.database.counts_values import Event
from web.staff.needs.figures import DANGER, PERSON, Figures
from web.staff.needs.hiding import LEAST, cell
from web.staff.needs.names import Names
from web.staff.needs.rising import rises
from web.staff.needs.spans import Span

MOST_MISSED = 3
MOST_RISES = 2
LARGE_SHARE = 20
"""Per cent of all questions from which a topic is worth a day of its own."""
NAMED_EVENTS = 3
TOO_FEW = "问题还少，提不出有依据的建议。"


@dataclass(frozen=True, slots=True)
class Seen:
    """What the rules look at. events: those of the time that are over. compared: the time before."""

    now: Figures
    earlier: Figures
    compared: Span
    events: Sequence[Event]
    names: Names


def advice(seen: Seen) -> tuple[str, ...]:
    """At least one sentence. A count below LEAST makes none."""
    rules = (_missed, _rising, _largest, _in_person, _danger, _not_filled_in, _without_kiosk)
    return tuple(sentence for rule in rules for sentence in rule(seen)) or (TOO_FEW,)


def share(part: int, whole: int) -> int:
    """Per cent, rounded."""
    return round(100 * part / whole) if whole else 0


def _missed(seen: Seen) -> Iterator[str]:
    counted = [(number, slug) for slug, number in seen.now.missed.items() if slug and number >= LEAST]
    for number, slug in sorted(counted, key=lambda pair: (-pair[0], pair[1]))[:MOST_MISSED]:
        whole = seen.now.topics[slug]
        yield (
            f"“{seen.names.topic(slug)}”问了 {whole} 次，{number} 次没答上或只答了一部分（{share(number, whole)}%）。"
            "建议把缺的文件补进来，或者写好回答。"
        )


def _rising(seen: Seen) -> Iterator[str]:
    found = [rise for rise in rises(seen.now.topics, seen.earlier.topics) if rise.more >= LEAST]
    if not seen.earlier.questions:
        return
    for rise in found[:MOST_RISES]:
        yield (
            f"“{seen.names.topic(rise.name)}”问得多起来了：{seen.compared.words} {cell(rise.before)} 次，"
            f"现在 {rise.now} 次。建议下一场普法讲这个。"
        )


def _largest(seen: Seen) -> Iterator[str]:
    named = {slug: number for slug, number in seen.now.topics.items() if slug}
    slug = max(named, key=lambda key: (named[key], key), default="")
    part = share(named.get(slug, 0), seen.now.questions)
    if slug and named[slug] >= LEAST and part >= LARGE_SHARE:
        yield (
            f"问得最多的是“{seen.names.topic(slug)}”，{named[slug]} 次，占全部 {seen.now.questions} 次的 {part}%。"
            "建议赶集日、院坝会多备这方面的资料。"
        )


def _in_person(seen: Seen) -> Iterator[str]:
    number = seen.now.statuses.get(PERSON, 0)
    if number >= LEAST:
        yield (
            f"有 {number} 次要当面问（占 {share(number, seen.now.questions)}%）。"
            "建议活动当天请管事的人到场，把窗口的电话、上班时间写清楚。"
        )


def _danger(seen: Seen) -> Iterator[str]:
    number = seen.now.statuses.get(DANGER, 0)
    if number >= LEAST:
        yield f"有 {number} 次说到眼前的危险，当时都先给了电话。建议普法时讲清楚 110、120 什么时候打、怎么打。"


def _not_filled_in(seen: Seen) -> Iterator[str]:
    missing = [event.name for event in seen.events if event.present is None]
    if missing:
        named = "、".join(missing[:NAMED_EVENTS]) + ("等" if len(missing) > NAMED_EVENTS else "")
        yield f"{len(seen.events)} 场活动里有 {len(missing)} 场没填到场人次（{named}）。请补上，再用总数。"


def _without_kiosk(seen: Seen) -> Iterator[str]:
    without = [event for event in seen.events if not seen.now.events.get(event.id)]
    if without:
        yield (
            f"{len(seen.events)} 场活动里有 {len(without)} 场没有大屏的次数。"
            "建议带上大屏；单独跑的那台，把它的人次导进来。"
        )
