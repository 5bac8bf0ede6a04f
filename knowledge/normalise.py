"""Clean what people type or dictate, and bring it into the one form that is compared and searched."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# Radicals of U+2E80-2EFF stand in text copied from PDF files; NFKC knows only two of them.
_RADICALS = str.maketrans(
    "⺁⺄⺅⺆⺈⺉⺊⺋⺌⺍⺎⺏⺓⺕⺗⺘⺙⺝⺟⺠⺡⺢⺣⺤⺥⺧⺨⺩⺫⺬⺭⺮⺯⺰⺱⺶⺷⺼⺽⺾⺿⻁⻂⻃⻄⻅⻆⻈⻉⻊⻋⻌⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
    "厂乙亻冂刀刂卜巳小小兀尢幺彐心扌攵月母民氵水灬爪爪牛犭王目示礻竹糸纟罓羊羊肉臼艹艹虎衤西西见角讠贝足车辶辶阝钅長镸长门阝雨青韦页风飞食饣食马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
)
_HIDDEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_SPACE = re.compile(r"\s+")
STANDARD_PARTICLES = "吗呢吧啊呀哦嘛啦呐哇哟么的了"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """text: what is left, widths and case kept. stripped: how many hidden characters were taken out."""

    text: str
    stripped: int


def clean(text: str) -> Cleaned:
    """Take out zero-width, bidi, variation, tag and control characters; repair radicals; trim.

    Line ends become newlines. Widths, case and punctuation stay as typed, so the text can be shown again.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    visible, hidden = _HIDDEN.subn("", lines)
    printable, control = _CONTROL.subn("", visible)
    return Cleaned(repair(printable).strip(), hidden + control)


def repair(text: str) -> str:
    """Replace CJK radicals (both blocks) by the characters they look like."""
    kangxi = "".join(unicodedata.normalize("NFKC", c) if "\u2f00" <= c <= "\u2fdf" else c for c in text)
    return kangxi.translate(_RADICALS)


def normalise(text: str) -> str:
    """The form in which questions are read by rules and search: NFKC, lower case, one space at most."""
    folded = unicodedata.normalize("NFKC", clean(text).text)
    return _SPACE.sub(" ", clean(folded).text.lower()).strip()


def matching_key(text: str, particles: str = STANDARD_PARTICLES) -> str:
    """The form in which two questions count as the same: letters and digits only, no closing particles.

    particles: single characters dropped at the end; a town adds its own from the lexicon.
    """
    letters = "".join(c for c in normalise(text) if unicodedata.category(c)[0] in "LN")
    return letters.rstrip(particles) or letters
