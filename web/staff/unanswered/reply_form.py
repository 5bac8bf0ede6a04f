"""The reply under a 取件号: what may not stand in it, and the form with the words that were refused."""

from __future__ import annotations

from collections.abc import Collection

from bot.masking import digits_of, numbers_in
from knowledge.types import Town
from web.staff.desk import Desk
from web.staff.holdings.present import town_of
from web.staff.holdings.record_books import OFFICES
from web.staff.unanswered.group_page import MAX_REPLY, handover_views
from web.staff.unanswered.listing import HERE
from web.staff.unanswered.steps import unanswered_of
from web.staff.unanswered.views import UnansweredReplyPage
from web.staff.views import FieldError

LEAST_DIGITS = 7
"""A landline without its area code."""
LANDLINE = range(10, 13)
"""Digits of a landline with its area code."""


def reply_faults(desk: Desk, words: str) -> str:
    """What is wrong with a reply and what to do, '' where nothing is."""
    if not 1 <= len(words) <= MAX_REPLY:
        return f"没有存：答复要写 1 到 {MAX_REPLY} 个字，现在是 {len(words)} 个。"
    foreign = foreign_numbers(words, town_of(desk))
    if not foreign:
        return ""
    digits = digits_of(foreign[0])
    if digits.startswith("0") and len(digits) in LANDLINE:
        return (
            f"没有存：“{foreign[0]}”不是登记过的窗口电话。是办事的电话，先到“{OFFICES.title}”里登记，再来答复；"
            "是个人的，请去掉。"
        )
    return f"没有存：“{foreign[0]}”像是身份证号、手机号或者账号，凭取件号谁都看得到，请去掉。"


def foreign_numbers(words: str, town: Town) -> tuple[str, ...]:
    """Numbers as of persons and accounts that are no phone of an office or hotline of the town."""
    known = _phones(town)
    return tuple(each for each in numbers_in(words) if not _is_ours(digits_of(each), known))


def _phones(town: Town) -> frozenset[str]:
    """Digits of every phone of the town's records; a record may hold more than one."""
    held = [*town.hotlines, *(office.phone for office in town.offices.values())]
    return frozenset(digits_of(each) for phone in held for each in (numbers_in(phone) or (phone,)))


def _is_ours(digits: str, known: Collection[str]) -> bool:
    return digits in known or (len(digits) >= LEAST_DIGITS and any(phone.endswith(digits) for phone in known))


def reply_view(desk: Desk, number: str, words: str, sentence: str, back: str) -> UnansweredReplyPage:
    """The one form again, wherever it was filled in."""
    items = [item for item in unanswered_of(desk).handed_over(desk.now()) if item.number == number]
    errors = (FieldError(f"words-{number}", sentence),)
    return UnansweredReplyPage(
        desk.frame("答复取件号", HERE, errors=errors), handover_views(items, words), number, words, back
    )
