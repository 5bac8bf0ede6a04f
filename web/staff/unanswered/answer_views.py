"""Views of 写答案: exactly what its page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from web.staff.unanswered.basis import FoundPassage
from web.staff.unanswered.named_basis import SEEN
from web.staff.views import Frame
from web.views import CardView


@dataclass(frozen=True, slots=True)
class Tick:
    value: str
    words: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class UnansweredAnswerPage:
    """fields: what was typed. preview: the real card, None while something is missing. tried: (wording, answered).

    one_of: key of a wording of the group. changed: somebody else changed it while this was typed.
    """

    frame: Frame
    url: str
    group_url: str
    revision: int
    one_of: str
    changed: bool
    fields: Mapping[str, str]
    topics: tuple[tuple[str, str], ...]
    levels: tuple[tuple[str, str], ...]
    hotlines: tuple[Tick, ...]
    offices: tuple[Tick, ...]
    wordings: tuple[Tick, ...]
    passages: tuple[FoundPassage, ...]
    preview: CardView | None
    tried: tuple[tuple[str, bool], ...]
    seen: tuple[tuple[str, str], ...] = SEEN
