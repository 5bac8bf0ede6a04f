"""Switches and notices. Every function runs inside the caller's transaction."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, delete, insert, select, update

from knowledge.database.staff_models import staff_notices, staff_switches
from knowledge.database.staff_values import Notice, Switch, SwitchName


def switches(connection: Connection, town: str) -> dict[SwitchName, Switch]:
    """Every switch; one that was never touched is on."""
    asked = select(staff_switches).where(staff_switches.c.town == town)
    found = {
        SwitchName(row["name"]): Switch(
            SwitchName(row["name"]), row["off"], row["reason"], row["changed_by"], row["changed_at"]
        )
        for row in connection.execute(asked).mappings()
    }
    return {name: found.get(name, Switch(name)) for name in SwitchName}


def set_switch(connection: Connection, town: str, switch: Switch) -> None:
    same = (staff_switches.c.town == town, staff_switches.c.name == switch.name.value)
    connection.execute(delete(staff_switches).where(*same))
    row = {
        "town": town,
        "name": switch.name.value,
        "off": switch.off,
        "reason": switch.reason,
        "changed_by": switch.by,
        "changed_at": switch.at,
    }
    connection.execute(insert(staff_switches), row)


def notices(connection: Connection, town: str) -> list[Notice]:
    """Every notice, newest first, those that are over too."""
    asked = select(staff_notices).where(staff_notices.c.town == town)
    rows = connection.execute(asked.order_by(staff_notices.c.made_at.desc())).mappings()
    return [
        Notice(row["id"], row["words"], row["start_day"], row["end_day"], row["made_by"], row["made_at"])
        for row in rows
    ]


def add_notice(connection: Connection, town: str, notice: Notice) -> None:
    row = {
        "town": town,
        "id": notice.id,
        "words": notice.words,
        "start_day": notice.start,
        "end_day": notice.end,
        "made_by": notice.by,
        "made_at": notice.at,
    }
    connection.execute(insert(staff_notices), row)


def end_notice(connection: Connection, town: str, notice_id: str, day: date) -> bool:
    """The line is gone from that day on; False where there is no such notice."""
    same = (staff_notices.c.town == town, staff_notices.c.id == notice_id)
    return connection.execute(update(staff_notices).where(*same).values(end_day=day)).rowcount > 0
