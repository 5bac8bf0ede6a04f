"""What the intake works with, built once."""

from __future__ import annotations

from dataclasses import dataclass

from web.staff.intake.asked import Drafts, TrialAssistant
from web.staff.intake.reading import ReadingRoom
from web.staff.intake.trying import Trials


@dataclass(frozen=True, slots=True)
class Intake:
    drafts: Drafts
    reading: ReadingRoom
    trials: Trials
    assistant: TrialAssistant
