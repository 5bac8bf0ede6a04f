"""build_intake(truth): the intake's parts, chosen in one place."""

from __future__ import annotations

from bot.adapters.memory_store import MemoryStore
from bot.ports import Assistant
from bot.wiring import build_assistant
from knowledge.database.draft_store import DraftStore
from knowledge.database.truth import SqlTruth
from knowledge.database.unanswered import approved_questions
from knowledge.library import Library
from knowledge.settings import PACKAGE, Settings
from web.clock import now
from web.staff.intake.parts import Intake
from web.staff.intake.question_sets import questions_of_sets
from web.staff.intake.reading import ReadingRoom
from web.staff.intake.rerunning import Reruns
from web.staff.intake.trying import Trials


def build_intake(truth: SqlTruth) -> Intake:
    """Cheap: nothing is read, no thread is started."""
    drafts = DraftStore(truth.engine, truth.town)

    def approved() -> list[str]:
        return [each.question for each in approved_questions(truth.engine, truth.town)]

    return Intake(
        drafts, ReadingRoom(drafts), Trials(trial_assistant), trial_assistant, Reruns(), approved, set_questions
    )


def set_questions(settings: Settings) -> list[str]:
    """Of a checkout with its own knowledge: another town's or a test's knowledge is not what they ask about."""
    own = settings.knowledge_dir == PACKAGE
    return questions_of_sets(PACKAGE.parent / "tests" / "evaluation") if own else []


def trial_assistant(settings: Settings, library: Library) -> Assistant:
    """Nothing it answers is kept or counted."""
    return build_assistant(settings, library, MemoryStore(), now)
