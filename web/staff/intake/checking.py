"""What is checked before a text is published: its contradictions to what is in force, and the rerun."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ingest.conflicts import Conflict, conflicts_of
from knowledge.database.desk_values import Closing
from knowledge.library import Library
from knowledge.overlay_figures import held_on
from knowledge.settings import Settings
from knowledge.types import Parameter, StoredVersion
from web.staff.intake.parts import Intake
from web.staff.intake.rerun import Questions, Rerun, Told, approved_questions, rerun
from web.staff.intake.rerunning import RunState


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


def run_state(
    intake: Intake,
    library: Library | None,
    settings: Settings,
    version: StoredVersion,
    own: Sequence[str],
    on: date,
    wait_s: float,
) -> RunState:
    """How far the rerun with this version is; failed where the library cannot answer yet."""
    if library is None or not library.ready():
        return RunState(failed=True)

    def work(told: Told) -> Rerun:
        before = intake.trials.present(library, settings)
        after = intake.trials.of(library, version, settings)
        given = [*intake.approved(), *approved_questions(library, intake.drafts.every_facts())]
        questions = Questions(own, given, intake.sets(settings))
        return rerun(before, after, version.document_id, questions, max(on, version.period.start or on), told)

    key = (version.document_id, version.digest, tuple(own), library.shelf.snapshot.revision, on)
    return intake.reruns.state(key, work, wait_s)
