"""build_unanswered(truth, library): the store of open questions, with the grouping it uses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.asked_alike import Reading
from knowledge.database.truth import SqlTruth
from knowledge.database.unanswered import UnansweredStore
from knowledge.grouping import Wording, grouped
from knowledge.homophones import Homophones
from knowledge.lexicon import Lexicon
from knowledge.library import Library
from knowledge.thesaurus import load_thesaurus
from knowledge.wiring import build_known_needs


def build_unanswered(truth: SqlTruth, library: Library | None) -> UnansweredStore:
    """Cheap: nothing is read."""
    return UnansweredStore(truth.engine, truth.town, _Grouping(library))


@dataclass
class _Grouping:
    """Reads wordings by what is asked of what is published now. held: that revision and its reading."""

    library: Library | None
    held: tuple[int, Reading] | None = None

    def __call__(self, wordings: Sequence[Wording]) -> Mapping[str, str]:
        return grouped(wordings, self._reading().read)

    def _reading(self) -> Reading:
        revision = -1 if self.library is None or not self.library.ready() else self.library.shelf.snapshot.revision
        if self.held is None or self.held[0] != revision:
            self.held = (revision, _reading(self.library, revision >= 0))
        return self.held[1]


def _reading(library: Library | None, ready: bool) -> Reading:
    """While nothing can be searched every sign counts alike."""
    lexicon = library.tools.lexicon if library else Lexicon((), Homophones.of(()))
    entries = library.shelf.snapshot.entries.values() if library and ready else ()
    asked = [question for entry in entries for question in (entry.question, *entry.examples)]
    return Reading(load_thesaurus(), lexicon, asked, build_known_needs().meaning)
