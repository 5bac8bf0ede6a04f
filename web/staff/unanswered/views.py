"""Views of 没答上的 and 取件号: exactly what each page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from knowledge.database.unanswered_values import QuestionGroup
from web.staff.life_views import StateView
from web.staff.views import Frame


@dataclass(frozen=True, slots=True)
class GroupLine:
    """One need in the list. waiting: numbers under it that have no reply yet."""

    title: str
    url: str
    questions: int
    wordings: int
    last_at: datetime
    channels: str
    state: StateView
    owner: str
    waiting: int


@dataclass(frozen=True, slots=True)
class UnansweredPage:
    """shown: which groups; tabs: (slug, words, how many). more: address of the next ones."""

    frame: Frame
    groups: tuple[GroupLine, ...]
    shown: str
    tabs: tuple[tuple[str, str, int], ...]
    more: str


@dataclass(frozen=True, slots=True)
class WordingView:
    """answered: 'yes' by this group's answer, 'other' by another one, 'no', '' where it was not tried.

    ticked: as the form has it.
    """

    text: str
    times: int
    last_at: datetime
    answered: str = ""
    ticked: bool = True


@dataclass(frozen=True, slots=True)
class AnswerLink:
    """The document that answers the group. editable: a staff answer, which is changed here."""

    title: str
    url: str
    state: StateView
    editable: bool


@dataclass(frozen=True, slots=True)
class HandoverView:
    """typed: a reply that was refused."""

    number: str
    question: str
    given_at: datetime
    reply: str
    replied_at: datetime | None
    typed: str | None = None

    @property
    def words(self) -> str:
        """What stands in its form."""
        return self.reply if self.typed is None else self.typed


@dataclass(frozen=True, slots=True)
class AddedView:
    key: str
    wording: str
    state: StateView
    who: str
    can_approve: bool
    can_withdraw: bool


@dataclass(frozen=True, slots=True)
class UnansweredGroupPage:
    """facts: (name, value). near: entries that may answer it already, (id, question); entries: all questions."""

    frame: Frame
    group: QuestionGroup
    title: str
    url: str
    state: StateView
    facts: tuple[tuple[str, str], ...]
    wordings: tuple[WordingView, ...]
    answered: tuple[int, int]
    answer: AnswerLink | None
    handovers: tuple[HandoverView, ...]
    added: tuple[AddedView, ...]
    near: tuple[tuple[str, str], ...]
    entries: tuple[str, ...]
    people: tuple[tuple[str, str], ...]
    typed: Mapping[str, str]
    one_of: str


@dataclass(frozen=True, slots=True)
class UnansweredReplyPage:
    """items: the question under the number; () where it is gone. words: as typed. back: where to go on."""

    frame: Frame
    items: tuple[HandoverView, ...]
    number: str
    words: str
    back: str
