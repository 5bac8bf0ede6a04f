"""One verified block -> the block, or nothing: what may never be shown, whoever wrote it."""

from __future__ import annotations

import re

from bot.masking import mask
from bot.types import Draft, Origin

_MARKUP = re.compile(r"</?[a-zA-Z][^>]*>|\]\(|```|javascript:|data:text", re.I)
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.I)
_REQUEST = re.compile(r"(?:请|把|要)[^。！？\n]{0,12}(?:转账|汇款|打钱)[^。！？\n]{0,6}(?:到|给)|(?:发|告诉|提供|输入)[^。！？\n]{0,8}(?:验证码|银行卡密码|身份证号)")
_WARNS = re.compile(r"别|不要|不得|不能|不会|切勿|绝不|谁要|让你|叫你|骗")
_PROMISE = re.compile(r"保证(?:能|会|给|您|你|批)|一定(?:能|会)批|包(?:过|批|您|你)")
_WORDS = 8


def check_output(draft: Draft, *, forbidden: tuple[str, ...] = ()) -> Draft | None:
    """None for markup, links, personal numbers, requests for money or codes, promises, and words of our prompts.

    forbidden: texts of which no stretch of 8 characters may be repeated (prompts, canaries).
    """
    text = draft.block.text
    if _MARKUP.search(text) or _LINK.search(text) or mask(text)[1]:
        return None
    if any(_REQUEST.search(line) and not _WARNS.search(line) for line in text.split("\n")):
        return None
    if draft.block.origin is Origin.MODEL and _PROMISE.search(text):
        return None
    return None if any(_repeats(text, secret) for secret in forbidden) else draft


def _repeats(text: str, secret: str) -> bool:
    return any(secret[start : start + _WORDS] in text for start in range(len(secret) - _WORDS + 1))
