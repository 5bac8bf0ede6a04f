"""Views of entries and of what an upgrade brought."""

from __future__ import annotations

from dataclasses import dataclass

from web.staff.differences import DifferenceRow
from web.staff.holdings.entry_form import EntryForm
from web.staff.life_views import StateView
from web.staff.views import Frame
from web.views import CardView

Options = tuple[tuple[str, str], ...]
"""(value, words) of a choice."""


@dataclass(frozen=True, slots=True)
class EntryRowView:
    """One line of the list. reviewed: who read it, '' while nobody has. note: what waits, '' for nothing."""

    question: str
    url: str
    topic: str
    state: StateView
    origin: str
    reviewed: str
    note: str


@dataclass(frozen=True, slots=True)
class EntriesPage:
    """unreviewed: how many published entries nobody of the town has read. more: address of the next rows."""

    frame: Frame
    rows: tuple[EntryRowView, ...]
    total: int
    unreviewed: int
    conflicts: int
    words: str
    topic: str
    seen: str
    topics: Options
    seens: Options
    more: str


@dataclass(frozen=True, slots=True)
class EntryLinks:
    """Addresses, '' where there is none. waits: of the version that waits for the second look.

    upgraded: of the draft under which the program's text has changed.
    """

    waits: str = ""
    history: str = ""
    public: str = ""
    conflict: str = ""
    upgraded: str = ""


@dataclass(frozen=True, slots=True)
class EntryChoices:
    """What the form offers. parameters: figures that may stand in the text."""

    topics: Options
    regions: Options
    levels: Options
    offices: Options
    hotlines: Options
    parts: Options
    parameters: Options
    instruments: Options


@dataclass(frozen=True, slots=True)
class EntryPage:
    """One entry: its card, what may be done, and its form. url: of this page; is_new: nothing is kept yet.

    shown: whose text the card and the form show. over: the draft that saving takes the place of. aside: the bundled
    version that this text answers. approve: the version that may be approved as it is, '' where that is not for this
    person or not now.
    """

    frame: Frame
    url: str
    is_new: bool
    form: EntryForm
    shown: str
    card: CardView | None
    over: str
    aside: str
    approve: str
    reviewed: str
    links: EntryLinks
    choices: EntryChoices


@dataclass(frozen=True, slots=True)
class ConflictRowView:
    """A bundled text or figure that an upgrade changed under what the desk had written."""

    title: str
    url: str
    kind: str


@dataclass(frozen=True, slots=True)
class ConflictsPage:
    frame: Frame
    rows: tuple[ConflictRowView, ...]


@dataclass(frozen=True, slots=True)
class ConflictPage:
    """Three texts. ours: '' where the desk withdrew the entry. theirs_changes: old bundled against new bundled."""

    frame: Frame
    url: str
    public: str
    old: str
    ours: str
    theirs: str
    theirs_changes: tuple[DifferenceRow, ...]
    ours_changes: tuple[DifferenceRow, ...]
    take: str
    edit: str
    can_take: bool


@dataclass(frozen=True, slots=True)
class FigureConflictPage:
    """A bundled figure changed under the desk's. rows: (what, old bundled, ours, new bundled).

    waits: a change of it waits for the second look already.
    """

    frame: Frame
    url: str
    edit: str
    waits: bool
    rows: tuple[tuple[str, str, str, str], ...]
    can_settle: bool


