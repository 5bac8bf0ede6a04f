"""What the second pair of eyes is shown of a version that waits, and what it has to decide before publishing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ingest.conflicts import Conflict
from ingest.findings import KIND_WORDS, dropped_words, findings_in
from knowledge.database.desk_values import Closing
from knowledge.types import StoredVersion
from web.staff.desk import Desk
from web.staff.intake.checking import LOOK_S, Contradiction, contradictions, run_with
from web.staff.intake.rerunning import RunState
from web.staff.views import FieldError

KEEP, END = "keep", "end"


@dataclass(frozen=True, slots=True)
class ConflictChoice:
    """seen: the one who handed it in has looked at it. choice: keep | end | '' for none yet. since: when it would end."""

    conflict: Conflict
    closing: Closing
    seen: bool
    choice: str

    @property
    def since(self) -> str:
        return str(self.closing.since)


@dataclass(frozen=True, slots=True)
class Review:
    """findings: (kind, words around it). dropped: what the reader left out. personal: who let personal data through.

    revision: of what is published, as it was when the contradictions were looked for; None where nothing can be.
    """

    findings: tuple[tuple[str, str], ...]
    dropped: tuple[str, ...]
    personal: str
    choices: tuple[ConflictChoice, ...]
    run: RunState
    revision: int | None

    def closings(self) -> tuple[Closing, ...]:
        return closings_of(self.choices)

    def said(self) -> dict[str, str]:
        return said_of(self.choices) | self.run.said()


def closings_of(choices: Sequence[ConflictChoice]) -> tuple[Closing, ...]:
    """The older figures and documents that end."""
    return tuple(each.closing for each in choices if each.choice == END)


def said_of(choices: Sequence[ConflictChoice]) -> dict[str, str]:
    """For the log: which older figures were let stand, and which end."""
    words = {KEEP: "confirmed", END: "ended"}
    found = {
        words[choice]: "；".join(f"{each.conflict.what}（{each.conflict.old_value}）" for each in those)
        for choice in (KEEP, END)
        if (those := [each for each in choices if each.choice == choice])
    }
    return {name: said[:300] for name, said in found.items()}


def choices_of(
    found: Sequence[Contradiction], settled: Collection[str], form: Mapping[str, str]
) -> tuple[ConflictChoice, ...]:
    """settled: keys that the one who handed it in has looked at. form: `choice_<key>` = keep | end."""
    return tuple(
        ConflictChoice(each.conflict, each.closing, each.conflict.key in settled, _choice(form, each.conflict.key))
        for each in found
    )


def undecided(choices: Sequence[ConflictChoice]) -> tuple[FieldError, ...]:
    """Why it cannot be published yet, where a contradiction is left open."""
    number = sum(not each.choice for each in choices)
    sentence = f"还有 {number} 处和现在用的数字不一样。请一处一处选：旧的照用，还是停用，再发布。"
    return (FieldError("conflicts", sentence),) if number else ()


def review_of(
    desk: Desk, stored: StoredVersion, following: str = "", chosen: Mapping[str, str] | None = None, wait_s: float = LOOK_S
) -> Review:
    """chosen: the form of the page, `choice_<key>` = keep | end. following: the document that it takes over from."""
    library, intake = desk.parts.library, desk.parts.intake
    revision = library.truth.revision() if library is not None else None
    facts = intake.drafts.facts(stored.document_id, stored.version) if intake is not None else {}
    settled, form = set(facts.get("settled", ())), chosen or {}
    found = contradictions(library, stored, desk.today(), following)
    own = [str(question) for question in facts.get("examples", ())]
    return Review(
        findings=tuple((KIND_WORDS.get(each.kind, each.kind), each.text) for each in findings_in(_lines(stored))),
        dropped=tuple(dropped_words(facts.get("dropped", {}))),
        personal=str(facts.get("seen_by", "")),
        choices=choices_of(found, settled, form),
        run=run_with(desk, stored, own, wait_s),
        revision=revision,
    )


def faults_of_review(review: Review, looked_at: str) -> tuple[FieldError, ...]:
    """Why it cannot be published yet. looked_at: the mark of the changed answers that the page showed."""
    return (*undecided(review.choices), *not_looked_at(review.run, looked_at, "发布"))


def not_looked_at(run: RunState, looked_at: str, button: str) -> tuple[FieldError, ...]:
    """Why it cannot go on yet, where answers that change have not been seen. button: the word that stands on it."""
    if run.under_way:
        sentence = f"还在把问题重新问一遍，没有{button}。请等一会儿，看过哪些回答会变，再按{button}。"
    elif run.mark and run.mark != looked_at and run.result is not None:
        number = len(run.result.changed)
        sentence = f"{button}以后有 {number} 个问法的回答会变。请看一遍下面的表，没有问题再按{button}。"
    else:
        return ()
    return (FieldError("rerun", sentence),)


def _lines(stored: StoredVersion) -> Sequence[str]:
    return [line for passage in stored.passages for line in passage.text.split("\n")]


def _choice(form: Mapping[str, str], key: str) -> str:
    choice = str(form.get(f"choice_{key}", ""))
    return choice if choice in (KEEP, END) else ""
