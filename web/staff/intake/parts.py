"""What the intake works with, built once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from knowledge.settings import Settings
from web.staff.intake.asked import Drafts, TrialAssistant
from web.staff.intake.reading import ReadingRoom
from web.staff.intake.rerunning import Reruns
from web.staff.intake.trying import Trials


@dataclass(frozen=True, slots=True)
class Intake:
    drafts: Drafts
    reading: ReadingRoom
    trials: Trials
    assistant: TrialAssistant
    reruns: Reruns
    approved: Callable[[], Sequence[str]]
    """Questions that two people agreed should be answered, from whatever part of the desk."""
    sets: Callable[[Settings], Sequence[str]]
    """The repository's questions, where they are about the knowledge in use."""
