"""question -> danger and contacts: the number to ring first; nobody is turned away here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.danger import DangerRules, find, load_danger_rules, numbers_for
from bot.types import Contact, Inquiry
from knowledge.types import Hotline

__all__ = ["load_danger_rules", "notice_danger"]


def notice_danger(inquiry: Inquiry, *, rules: DangerRules, hotlines: Mapping[str, Hotline]) -> Inquiry:
    """Name the danger of this turn and put its phones first. Needs no index, store, model or disk.

    hotlines: number -> the town's record; a number the town does not list is shown with its national name.
    """
    text = inquiry.question.text
    rule = find(text, rules)
    if rule is None:
        return inquiry
    urgent = tuple(_contact(number, rules, hotlines) for number in numbers_for(text, rule, rules))
    others = tuple(contact for contact in inquiry.contacts if contact not in urgent)
    return replace(inquiry, danger=rule, contacts=(*urgent, *others))


def _contact(number: str, rules: DangerRules, hotlines: Mapping[str, Hotline]) -> Contact:
    held = hotlines.get(number)
    if held is None:
        return Contact(rules.names[number], number)
    return Contact(held.name, held.number, held.hours or None)
