"""Plain values of the staff desk: who works there, what they did, what is switched off, what is announced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Role(StrEnum):
    """What an account may do; each role may do all that the ones before it may."""

    EDITOR = "editor"
    REVIEWER = "reviewer"
    ADMIN = "admin"

    def covers(self, needed: Role) -> bool:
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(needed)


@dataclass(frozen=True, slots=True)
class StaffAccount:
    """id: the login name. name: as shown beside what was done. deputy_until: last day of standing in, or None.

    must_change: the password was given by someone else and has to be changed first.
    """

    id: str
    name: str
    role: Role
    disabled: bool = False
    must_change: bool = False
    deputy_until: date | None = None
    last_login_at: datetime | None = None

    def may(self, needed: Role, on: date) -> bool:
        """A deputy stands in for a reviewer up to and including the last day."""
        stands_in = self.deputy_until is not None and on <= self.deputy_until
        role = Role.REVIEWER if stands_in and self.role is Role.EDITOR else self.role
        return not self.disabled and role.covers(needed)


@dataclass(frozen=True, slots=True)
class StaffSession:
    """One browser signed in."""

    account: StaffAccount
    began_at: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Deed:
    """One action for the log, written in the transaction of the action. what: a fixed slug; at: aware UTC."""

    who: str
    what: str
    subject: str
    at: datetime
    why: str = ""
    details: Mapping[str, str] = field(default_factory=dict)


class SwitchName(StrEnum):
    """What the desk can turn off: the model; typed questions; everything but the phones."""

    MODEL = "model"
    TYPED = "typed"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Switch:
    """off: turned off now. The rest tells of the last change; '' and None before the first."""

    name: SwitchName
    off: bool = False
    reason: str = ""
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """A line on the public pages. Half-open [start, end); end None: until someone ends it."""

    id: str
    words: str
    start: date
    end: date | None
    by: str
    at: datetime

    def stands(self, on: date) -> bool:
        return self.start <= on and (self.end is None or on < self.end)
