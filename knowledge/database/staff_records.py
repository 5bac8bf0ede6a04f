"""Accounts, sessions, switches, notices and the log of one town; every call is one short transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import Connection, Engine

from knowledge.database import staff_accounts, staff_log, staff_switches
from knowledge.database.engine import reading, writing
from knowledge.database.staff_values import Deed, Notice, Role, StaffAccount, StaffSession, Switch, SwitchName


class StaffRecords:
    """What is written is logged in the same transaction: every writing call takes the deed."""

    def __init__(self, engine: Engine, town: str) -> None:
        self._engine = engine
        self._town = town

    # -- accounts

    def account(self, account_id: str) -> tuple[StaffAccount, str] | None:
        """The account and the hash of its password."""
        with reading(self._engine) as connection:
            return staff_accounts.find(connection, self._town, account_id)

    def accounts(self) -> list[StaffAccount]:
        with reading(self._engine) as connection:
            return staff_accounts.every(connection, self._town)

    def add_account(self, account: StaffAccount, password_hash: str, deed: Deed) -> bool:
        """False, and nothing logged, when the name is taken."""
        return self._logged(
            deed, lambda held: staff_accounts.add(held, self._town, account, password_hash, deed.at)
        )

    def set_password(self, account_id: str, hashed: str, must_change: bool, deed: Deed) -> bool:
        """Every session of the account ends. False for an unknown account."""
        return self._logged(
            deed, lambda held: staff_accounts.set_password(held, self._town, account_id, hashed, must_change)
        )

    def set_disabled(self, account_id: str, disabled: bool, deed: Deed) -> bool:
        """False for an unknown account, and for the last admin: somebody must be able to come in."""

        def change(held: Connection) -> bool:
            last = disabled and staff_accounts.admins_left(held, self._town, account_id) == 0
            return not last and staff_accounts.set_disabled(held, self._town, account_id, disabled)

        return self._logged(deed, change)

    def set_role(self, account_id: str, role: Role, deed: Deed) -> bool:
        """False for an unknown account, and where no admin would be left."""

        def change(held: Connection) -> bool:
            last = role is not Role.ADMIN and staff_accounts.admins_left(held, self._town, account_id) == 0
            return not last and staff_accounts.set_role(held, self._town, account_id, role)

        return self._logged(deed, change)

    def set_deputy(self, account_id: str, until: date | None, deed: Deed) -> bool:
        return self._logged(
            deed, lambda held: staff_accounts.set_deputy(held, self._town, account_id, until)
        )

    # -- sessions

    def open_session(self, account_id: str, token_hash: str, deed: Deed) -> None:
        def change(held: Connection) -> bool:
            staff_accounts.open_session(held, self._town, account_id, token_hash, deed.at)
            return True

        self._logged(deed, change)

    def session(self, token_hash: str, now: datetime) -> StaffSession | None:
        """A living session; its time of last use is moved on, at most every 20 seconds."""
        with reading(self._engine) as connection:
            found = staff_accounts.session(connection, self._town, token_hash, now)
        if found is not None and abs(now - found.seen_at) >= staff_accounts.SEEN_EVERY:
            with writing(self._engine) as connection:
                staff_accounts.see(connection, self._town, token_hash, now)
        return found

    def end_session(self, token_hash: str) -> None:
        with writing(self._engine) as connection:
            staff_accounts.end(connection, self._town, token_hash)

    # -- switches and notices

    def switches(self) -> dict[SwitchName, Switch]:
        with reading(self._engine) as connection:
            return staff_switches.switches(connection, self._town)

    def set_switch(self, switch: Switch, deed: Deed) -> None:
        def change(held: Connection) -> bool:
            staff_switches.set_switch(held, self._town, switch)
            return True

        self._logged(deed, change)

    def notices(self) -> list[Notice]:
        with reading(self._engine) as connection:
            return staff_switches.notices(connection, self._town)

    def add_notice(self, notice: Notice, deed: Deed) -> None:
        def change(held: Connection) -> bool:
            staff_switches.add_notice(held, self._town, notice)
            return True

        self._logged(deed, change)

    def end_notice(self, notice_id: str, day: date, deed: Deed) -> bool:
        return self._logged(
            deed, lambda held: staff_switches.end_notice(held, self._town, notice_id, day)
        )

    # -- the log

    def log(self, deed: Deed) -> None:
        """An action that changes no row of ours (a sign-in that failed, a file that was looked at)."""
        self._logged(deed, lambda held: True)

    def deeds(self, limit: int, skip: int = 0, who: str = "", subject: str = "") -> list[Deed]:
        """Actions, newest first."""
        with reading(self._engine) as connection:
            return staff_log.newest(connection, self._town, limit, skip, who, subject)

    def _logged(self, deed: Deed, change: Callable[[Connection], bool]) -> bool:
        """Change and log, both or neither."""
        return staff_log.logged(self._engine, self._town, deed, change, True)
