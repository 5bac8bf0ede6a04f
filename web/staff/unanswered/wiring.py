"""build_unanswered(truth, library): the store of open questions, with the grouping it uses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache, partial

from knowledge.asked_alike import profile_of
from knowledge.database.truth import SqlTruth
from knowledge.database.unanswered import UnansweredStore
from knowledge.grouping import Wording, grouped
from knowledge.library import Library
from knowledge.tokens import tokenise


def build_unanswered(truth: SqlTruth, library: Library | None) -> UnansweredStore:
    """Cheap: nothing is read."""
    return UnansweredStore(truth.engine, truth.town, partial(_grouped, library))


def _grouped(library: Library | None, wordings: Sequence[Wording]) -> Mapping[str, str]:
    """While nothing can be searched every token counts alike."""
    if library is None or not library.ready():
        return grouped(wordings, lambda text: dict.fromkeys(tokenise(text), 1.0))
    idf = lru_cache(maxsize=None)(library.shelf.index.idf)
    return grouped(wordings, partial(profile_of, lexicon=library.tools.lexicon, idf=idf))
