"""Free wording becomes a request for a sum, with the one fact to ask back where it decides."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.calculators.asking import asking
from bot.calculators.read_deadline import read_deadline
from bot.calculators.read_dibao import read_dibao
from bot.calculators.read_insurance import read_reward, read_waiting
from bot.calculators.read_pension import read_pension
from bot.calculators.read_retirement import read_employee_years, read_retirement
from bot.calculators.read_stay import read_stay
from bot.calculators.requests import Request
from bot.calculators.words import Asking, Words
from knowledge.normalise import normalise

Reader = Callable[[str, date, Words], Request | None]
READERS: tuple[Reader, ...] = (
    read_deadline,
    read_stay,
    read_waiting,
    read_reward,
    read_dibao,
    read_employee_years,
    read_retirement,
    read_pension,
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


@dataclass(frozen=True, slots=True)
class Reading:
    """asking: the question back, None where nothing that decides is missing. calculator: for the trace."""

    request: Request
    asking: Asking | None
    calculator: str


def read(text: str, on: date, words: Words) -> Reading | None:
    """What the text asks to be computed; None where it asks for no sum of one's own case.

    An answer to a question back is read by adding it to the first question: read(f"{text}，{choice}", …).
    """
    plain = normalise(_THOUSANDS.sub("", text))
    for reader in READERS:
        request = reader(plain, on, words)
        if request is not None:
            return Reading(request, asking(request, words), reader.__name__.removeprefix("read_"))
    return None
