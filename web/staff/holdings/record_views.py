"""Views of offices, hotlines and the list of what the town has to supply."""

from __future__ import annotations

from dataclasses import dataclass

from web.staff.holdings.papers import PaperView
from web.staff.views import Frame


@dataclass(frozen=True, slots=True)
class RecordRowView:
    """told: what villagers see. open: what is still to be supplied, '' for nothing."""

    name: str
    url: str
    told: str
    confirmed: str
    open: str


@dataclass(frozen=True, slots=True)
class RecordsPage:
    """Offices, or hotlines. intro: one sentence."""

    frame: Frame
    intro: str
    rows: tuple[RecordRowView, ...]


@dataclass(frozen=True, slots=True)
class RecordFieldView:
    """can_lack: the office may say that it has none. lacks: it has said so."""

    name: str
    label: str
    hint: str
    value: str
    can_lack: bool = False
    lacks: bool = False


@dataclass(frozen=True, slots=True)
class PhoneMarkView:
    """A phone that can be marked as silent. said: what stands beside it now, '' while it answers. by: who rang, when."""

    number: str
    said: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class RecordPage:
    """One office or hotline. confirmed: by whom and when, '' while nobody has. button: its words."""

    frame: Frame
    url: str
    back: str
    confirmed: str
    fields: tuple[RecordFieldView, ...]
    papers: tuple[PaperView, ...]
    button: str
    phone: PhoneMarkView | None


@dataclass(frozen=True, slots=True)
class OwedView:
    """One thing to supply. papers: what is kept of it already."""

    words: str
    url: str
    papers: tuple[PaperView, ...]


@dataclass(frozen=True, slots=True)
class ToConfirmPage:
    """Whom to ask, and what each has to supply."""

    frame: Frame
    groups: tuple[tuple[str, tuple[OwedView, ...]], ...]
    total: int
