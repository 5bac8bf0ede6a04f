"""`pufa counts`: a kiosk that serves itself hands out its counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.adapters.store import SqlStore
from knowledge.database.engine import open_database
from knowledge.settings import Settings
from knowledge.town import load_town
from tests.builders import entry_text
from tests.command_line import installation
from tests.counted import a_count, put_counts
from web.clock import now, today
from web.staff.needs.counts_file import read

pytestmark = [pytest.mark.slow, pytest.mark.ci]  # each command is a process of its own


def test_counts_are_written_to_a_file_or_it_says_why_not(tmp_path: Path) -> None:
    place, file = installation(tmp_path, entry_text()), tmp_path / "人次.json"
    nothing = place.pufa("counts", str(file))
    assert nothing.code == 1 and "还没有人次" in nothing.err and not file.exists()
    settings = Settings(_env_file=None, data_dir=place.root / "data", town_file=place.knowledge / "town.toml")  # type: ignore[call-arg]
    town = load_town(settings.town_file).id
    engine = open_database(settings.database, migrate=True)
    own = SqlStore(engine, town).installation(now())
    put_counts(engine, town, [a_count(9, 4, day=today(), installation=own)])
    engine.dispose()
    done = place.pufa("counts", str(file))
    assert done.code == 0 and "导出好了" in done.out
    assert read(file.read_bytes(), town, now()).questions == 9
    gone = place.pufa("counts", str(tmp_path / "none" / "x.json"))
    assert gone.code == 1 and "写不进" in gone.err
