"""build_intake(truth): the intake's parts, chosen in one place."""

from __future__ import annotations

from bot.adapters.memory_store import MemoryStore
from bot.ports import Assistant
from bot.wiring import build_assistant
from knowledge.database.draft_store import DraftStore
from knowledge.database.truth import SqlTruth
from knowledge.library import Library
from knowledge.settings import Settings
from web.clock import now
from web.staff.intake.parts import Intake
from web.staff.intake.reading import ReadingRoom
from web.staff.intake.trying import Trials


def build_intake(truth: SqlTruth) -> Intake:
    """Cheap: nothing is read, no thread is started."""
    drafts = DraftStore(truth.engine, truth.town)
    return Intake(drafts, ReadingRoom(drafts), Trials(trial_assistant), trial_assistant)


def trial_assistant(settings: Settings, library: Library) -> Assistant:
    """Nothing it answers is kept or counted."""
    return build_assistant(settings, library, MemoryStore(), now)
