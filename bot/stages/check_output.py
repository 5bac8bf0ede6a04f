"""One verified block -> the block, or nothing: what may never be shown, whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.masking import mask
from bot.types import Draft, Origin
from knowledge.normalise import clean

_MARKUP = re.compile(
    r"</?[a-z!][^>]*>|&(?:lt|gt|#\d+|#x[0-9a-f]+);|\]\(|```|\*\*|^\s{0,3}#{1,6}\s|javascript:|data:text|on\w+\s*=\s*[\"']",
    re.I | re.M,
)
_LINK = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://|www\.)(?P<host>[^\s/?#，。；、）)》]+)\S*"
    r"|(?<![a-z0-9@.-])(?P<bare>(?:[a-z0-9-]+\.)+(?:com|cn|net|org|gov|top|xyz|vip|cc|io|info|shop|site|club|app|link))(?![a-z0-9-])",
    re.I,
)
_REQUEST = re.compile(
    r"(?:请|把|要|先|需|马上|赶快|可以|再)[^。！？\n]{0,14}(?:(?:转账|汇款|付款)(?!凭证|记录|截图|单|的|时)|打款|打钱|转钱|充值)[^。！？\n]{0,10}(?:到|给|至|进|账|卡|元)"
    r"|(?:请|把|要|先|需|再)[^。！？\n]{0,8}(?:发|告诉|提供|输入|报|填|回复|留下)[^。！？\n]{0,10}"
    r"(?:验证码|密码|身份证号|银行卡号|卡号|手机号|身份证照)"
    r"|(?:把|将)[^。！？\n]{0,8}(?:验证码|密码|身份证号|卡号|手机号)[^。！？\n]{0,8}(?:告诉|发|给|报|念|填)"
    r"|(?:扫|点)[^。！？\n]{0,6}(?:二维码|链接)[^。！？\n]{0,8}(?:付|转|交|领)"
)
_WARNS = re.compile(r"别|莫|不要|不用|不得|不能|不会|切勿|绝不|谁要|让你|叫你|让您|叫您|要你|要您|骗")
_PROMISE = re.compile(
    r"保证(?:能|会|给|您|你|批|办|领|拿|通过)|(?<!不)(?<!不等于)(?<!不是)(?:一定|肯定|绝对|百分之百|100%)(?:能|会|可以)?(?:批|办成|办下来|通过|拿到|领到|给)"
    r"|包(?:过|批|办成|您|你)|我(?:们)?(?:承诺|答应|担保)|(?:已经|已)(?:为您|给您|帮您)(?:批|办|登记|通过|提交)"
)
_WORDS = 8


def check_output(
    draft: Draft, *, forbidden: tuple[str, ...] = (), official_hosts: frozenset[str] = frozenset()
) -> Draft | None:
    """None for markup, links, personal numbers, requests for money or codes, promises, and words of our prompts.

    forbidden: texts of which no stretch of 8 characters may be repeated (prompts, canaries).
    official_hosts: lower-case host names that a text may name. Promises are our own words only where a model
    wrote them; a law may well say that something is guaranteed.
    """
    text = draft.block.text
    if clean(text).stripped or _MARKUP.search(text) or _foreign_link(text, official_hosts) or mask(text)[1]:
        return None
    if any(_asks_for_money(line) for line in re.split(r"[。！？\n]", text)):
        return None
    if draft.block.origin is Origin.MODEL and _PROMISE.search(text):
        return None
    return None if _repeats(text, forbidden) else draft


def _foreign_link(text: str, official_hosts: frozenset[str]) -> bool:
    hosts = ((match["host"] or match["bare"]).lower() for match in _LINK.finditer(text))
    return any(host not in official_hosts for host in hosts)


def _asks_for_money(sentence: str) -> bool:
    return bool(_REQUEST.search(sentence)) and not _WARNS.search(sentence)


def _repeats(text: str, secrets: Iterable[str]) -> bool:
    """Whether 8 characters in a row, punctuation aside, stand in one of the secrets."""
    letters = _letters(text)
    stretches = {letters[start : start + _WORDS] for start in range(len(letters) - _WORDS + 1)}
    return any(stretch in secret for secret in map(_letters, secrets) for stretch in stretches)


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text)
