"""`pufa check`."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from typing import NoReturn

from knowledge.cards import card_coverage
from knowledge.check import check
from knowledge.content import Content, load_content
from knowledge.database.confirmed import with_confirmed
from knowledge.parameters import due_for_recheck, name_of
from knowledge.passages import HEADING_OF
from knowledge.render import Moment, Renderer, plain_number
from knowledge.settings import load_settings
from knowledge.style import check_style
from knowledge.to_confirm import to_confirm_form
from knowledge.town import load_town
from web.clock import today


def run(
    style: bool, on: str, to_confirm: bool, sample: int, cards: bool, fail: Callable[[str], NoReturn]
) -> None:
    """Print what was asked for; exit 1 when the knowledge has faults."""
    settings = load_settings()
    day = date.fromisoformat(on) if on else today()
    content = load_content(settings.knowledge_dir, load_town(settings.town_file))
    if to_confirm:
        print(to_confirm_form(with_confirmed(content.context, settings.database), day))
        return
    if cards:
        _print_cards(content)
        return
    if sample:
        _print_sample(content, sample, day)
        return
    if on:
        _print_due(content, day)
    problems = [*content.problems, *check(content.context)]
    if style and not problems:
        problems += check_style(content.context, Moment.today(day))
    for problem in problems:
        print(problem)
    entries, parameters = len(content.context.entries), len(content.context.parameters)
    if problems:
        fail(f"{entries} 条、{parameters} 个参数里有 {len(problems)} 处要改，照上面每行的“→”改。")
    print(f"{entries} 条、{parameters} 个参数，没有问题。")


def _print_cards(content: Content) -> None:
    """Every 办事卡 with the fields it lacks, then how many cards and gaps there are."""
    found = card_coverage(entry for _, _, entry in content.context.entries.values())
    for each in found:
        lacks = "、".join(HEADING_OF[kind] for kind in each.missing)
        print(f"{each.entry_id}  有依据 {len(each.sourced)} 项  缺：{lacks or '无'}")
    print(f"办事卡 {len(found)} 张，缺的项共 {sum(len(each.missing) for each in found)} 处（卡上写“以窗口答复为准”）。")


def _print_due(content: Content, day: date) -> None:
    for parameter, value in due_for_recheck(content.context.parameters, day):
        figure = f"{plain_number(value.value)}{parameter.unit}"
        print(f"该复核：{parameter.id}  {name_of(parameter)} {figure}  应在 {value.recheck_on} 复核")


def _print_sample(content: Content, count: int, day: date) -> None:
    context = content.context
    renderer = Renderer(context.parameters, context.town.hotlines, context.town.offices)
    chosen = random.Random(20261122).sample(sorted(context.entries), min(count, len(context.entries)))
    for entry_id in chosen:
        entry = context.entries[entry_id][2]
        print(f"\n【{entry.question}】（{entry.id}）")
        for part in entry.parts:
            lines = [renderer.claim(claim, Moment.today(day)).text for claim in part.claims]
            print(f"  {HEADING_OF[part.kind]}：" + "；".join(line for line in lines if line))
