"""Views of accounts, the log and the switches."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from knowledge.database.staff_values import Notice, StaffAccount, Switch
from web.staff.views import Frame


@dataclass(frozen=True, slots=True)
class AccountView:
    account: StaffAccount
    role: str
    is_self: bool


@dataclass(frozen=True, slots=True)
class AccountsPage:
    """accounts: of everybody. roles: (slug, words). typed: what was written into the form that was refused."""

    frame: Frame
    accounts: tuple[AccountView, ...]
    roles: tuple[tuple[str, str], ...]
    id: str = ""
    name: str = ""
    role: str = "editor"


@dataclass(frozen=True, slots=True)
class AccountPage:
    """One account with what an admin may do about it."""

    frame: Frame
    account: StaffAccount
    role: str
    is_self: bool
    roles: tuple[tuple[str, str], ...]
    today: str


@dataclass(frozen=True, slots=True)
class GivenPasswordPage:
    """Shown once: a password to hand over."""

    frame: Frame
    account: StaffAccount
    password: str


@dataclass(frozen=True, slots=True)
class DeedView:
    """One line of the log. url: the page of what it was done to, '' where there is none."""

    at: datetime
    who: str
    words: str
    subject: str
    url: str
    why: str
    details: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LogPage:
    frame: Frame
    deeds: tuple[DeedView, ...]
    who: str
    subject: str
    people: tuple[tuple[str, str], ...]
    older: str


@dataclass(frozen=True, slots=True)
class SwitchView:
    """says: what is turned off and what goes on. who: of the last change."""

    switch: Switch
    title: str
    says: str
    who: str


@dataclass(frozen=True, slots=True)
class NoticeView:
    """now: stands on the public pages today."""

    notice: Notice
    who: str
    now: bool
    over: bool


@dataclass(frozen=True, slots=True)
class SwitchesPage:
    """reason: kept from a refused form. words, start, end: of a notice that was refused."""

    frame: Frame
    switches: tuple[SwitchView, ...]
    notices: tuple[NoticeView, ...]
    can_switch: bool
    today: str
    words: str = ""
    start: str = ""
    end: str = ""
