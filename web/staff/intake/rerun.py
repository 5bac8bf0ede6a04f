"""The question set asked again with something new in its place: whose answers would change."""

from __future__ import annotations

import hashlib
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from datetime import date

from knowledge.library import Library
from knowledge.normalise import matching_key, normalise
from knowledge.tokens import tokenise
from knowledge.trial import Change
from web.staff.intake.comparing import Changed, Look, of_entries, of_tables
from web.staff.intake.question_sets import Questions
from web.staff.intake.touched import touched
from web.staff.intake.trying import Bench, ask

SETS_S = 22.0
"""How long the repository's questions may take; those given at the desk are all asked."""
Told = Callable[[int, int], None]
"""(questions asked, questions in all)."""


@dataclass(frozen=True, slots=True)
class Rerun:
    """asked: how many wordings, kept: how many are answered as before. changed: the others.

    own: (answered from the new text, in all) of the questions that came with it.
    """

    asked: int
    kept: int
    changed: tuple[Changed, ...]
    own: tuple[int, int] = (0, 0)

    @property
    def mark(self) -> str:
        """The same for the same changes: who publishes says with it what was looked at."""
        said = "\x1f".join(f"{one.question}\x1e{one.before}\x1e{one.after}" for one in self.changed)
        return hashlib.sha256(said.encode()).hexdigest()[:16] if self.changed else ""

    @property
    def alike(self) -> tuple[tuple[tuple[str, ...], str, str], ...]:
        """(wordings, before, after): those together whose answer changes in the same way."""
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for one in self.changed:
            found[one.before, one.after].append(one.question)
        return tuple((tuple(questions), *said) for said, questions in found.items())


def rerun(
    before: Bench, after: Bench, change: Change, questions: Questions, days: Sequence[date], told: Told
) -> Rerun:
    """Every wording of every entry by its table and by what the entry says, the others by search, and by whole
    answers where search differs. days: the first is asked about; what entries say is looked at on each.
    """
    others = touched(before.library, after.library, days)
    own, total = len(questions.own), len(questions) + len(others)
    told(0, total)
    names = {version.document_id for version in change.versions}
    answered = sum(not names.isdisjoint(ask(after.assistant, each, days[0]).documents) for each in questions.own)
    changed = [*of_tables(before.library, after.library)]
    for number, found in enumerate(of_entries(before, after, others), start=1):
        changed += found
        told(own + number, total)
    listed = {matching_key(one.question) for one in changed}
    look = Look(before, after, days[0], others.keys(), bool(change.parameters or change.instruments))
    searched = 0
    for searched, question in enumerate(_in_time(questions, _words(after.library, names | others.keys())), start=1):
        changed += [] if matching_key(question) in listed else look.compared(question)
        told(own + len(others) + searched, total)
    asked = len(before.library.shelf.snapshot.exact) + searched
    return Rerun(asked, asked - len(changed), tuple(changed), (answered, own))


def _words(library: Library, names: Iterable[str]) -> frozenset[str]:
    """Tokens of these documents."""
    versions = library.shelf.snapshot.versions
    texts = (passage.text for name in names for passage in versions[name].passages)
    return frozenset(token for text in texts for token in tokenise(normalise(text)))


def _in_time(questions: Questions, words: Set[str]) -> Iterator[str]:
    """What the desk has approved; then the repository's questions, those most in the words of what changes first,
    as many as there is time for.
    """
    given = dict.fromkeys(questions.given)
    yield from given
    until = time.monotonic() + SETS_S
    for question in sorted(set(questions.sets) - given.keys(), key=lambda each: (-_shared(each, words), each)):
        if time.monotonic() >= until:
            return
        yield question


def _shared(question: str, words: Set[str]) -> float:
    """Share of the tokens of a question that the new text has."""
    tokens = set(tokenise(normalise(question)))
    return len(tokens & words) / max(1, len(tokens))
