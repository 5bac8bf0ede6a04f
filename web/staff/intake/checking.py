"""What is checked before something is published: its contradictions to what is in force, and the rerun."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ingest.conflicts import Conflict, conflicts_of
from knowledge.database.desk_values import Closing
from knowledge.library import Library
from knowledge.overlay_figures import held_on
from knowledge.trial import Change
from knowledge.types import Parameter, StoredVersion
from web.staff.desk import Desk
from web.staff.intake.question_sets import Questions, approved_questions
from web.staff.intake.rerun import Rerun, Told, rerun
from web.staff.intake.rerunning import RunState

LOOK_S = 1.0
"""So long a page waits for the rerun that it begins."""
RERUN_S = 20.0
"""So long publishing waits for it."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A conflict and how the old side would end."""

    conflict: Conflict
    closing: Closing


def contradictions(
    library: Library | None, version: StoredVersion, on: date, following: str = ""
) -> tuple[Contradiction, ...]:
    """Against what the database holds as published now. following: the document that ends by itself."""
    if library is None:
        return ()
    published = {each.document_id: each for each in library.truth.published()}
    return contradictions_to(library.truth.parameters(), published, version, on, following)


def contradictions_to(
    parameters: Mapping[str, Parameter],
    published: Mapping[str, StoredVersion],
    version: StoredVersion,
    on: date,
    following: str = "",
) -> tuple[Contradiction, ...]:
    """Against these figures and documents, by id."""
    first = version.period.start or on
    found = []
    for conflict in conflicts_of(version, parameters, published.values(), on):
        if conflict.document_id and conflict.document_id == following:
            continue
        if conflict.parameter_id:
            value = held_on(parameters[conflict.parameter_id], max(first, on))
            began = value.period.start if value is not None else None
        else:
            began = published[conflict.document_id].period.start
        since = first if began is None or began < first else on
        found.append(Contradiction(conflict, Closing(since, conflict.document_id, conflict.parameter_id)))
    return tuple(found)


def run_state(desk: Desk, change: Change, own: Sequence[str], days: Sequence[date], wait_s: float) -> RunState:
    """How far the rerun with this change is; failed where the library cannot answer yet. own, days: see `rerun`."""
    library, intake, settings = desk.parts.library, desk.parts.intake, desk.services.settings
    if intake is None or library is None or not library.ready():
        return RunState(failed=True)

    def work(told: Told) -> Rerun:
        before = intake.trials.settled(library, settings)
        after = intake.trials.of(library, change, settings)
        given = [*intake.approved(), *approved_questions(library, intake.drafts.every_facts())]
        return rerun(before, after, change, Questions(own, given, intake.sets(settings)), days, told)

    key = (change.key, tuple(own), library.shelf.snapshot.revision, tuple(days))
    return intake.reruns.state(key, work, wait_s)


def run_with(desk: Desk, version: StoredVersion, own: Sequence[str], wait_s: float) -> RunState:
    """The same with one text, from its first day on."""
    first = max(desk.today(), version.period.start or desk.today())
    return run_state(desk, Change((version,)), own, (first,), wait_s)
