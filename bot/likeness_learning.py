"""Work out the weights of the example sentences: `python -m bot.likeness_learning` after a change of them.

Linear support vector machines: one that tells marked sentences from honest ones, one a kind that tells it from all
else, and for danger one that tells what the ambulance is for from what the police is for. Runs by hand only.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.danger import AMBULANCE, DANGER, ambulance_kinds, grave_words, harm_words, load_phones, stretches
from bot.likeness import ALWAYS, ANY, RARITY, LexiconFiles, Likeness, grams, read_examples
from bot.likeness_file import write_sieves
from bot.patterns import load_patterns
from bot.stages.refusals import REFUSALS
from knowledge.calibrate import COVERED, read_covered
from knowledge.needs import FILE as NEEDS
from knowledge.needs import read_needs
from knowledge.settings import PACKAGE

HONEST = "harmless"
MOST_NEEDS = 700
"""Needs that are learnt: more of them move the point on the same curve, towards missed dangers."""
SECOND_TURNS = "second_turn_examples.txt"
STRICTNESS = 1.0
"""How much a sentence on the wrong side costs, beside large weights; chosen on the development sets."""
SEED = 1
MOST_ROUNDS = 5000
RARE = 3
"""A gram in fewer sentences than this is left out: it says who wrote a sentence, not what it is about."""


def learn_folder(folder: Path) -> None:
    """Write the weights of both sieves of a lexicon folder from its example files."""
    first_aid = ambulance_kinds(load_phones(folder))
    write_sieves(
        folder,
        {
            DANGER.sieve: learn(read_kinds(folder, DANGER), first_aid),
            REFUSALS.sieve: learn(read_kinds(folder, REFUSALS)),
        },
    )


def read_kinds(folder: Path, files: LexiconFiles) -> dict[str, list[str]]:
    """kind -> its sentences, as the rules read them, each once. The honest ones of either file are honest for both.

    So is every question that the knowledge answers (beside the lexicon, `calibration/`); for danger only where nobody
    is hurt or attacked: one who is beaten asks how to divorce too. So are short second turns (`second_turn_examples.txt`)
    and what people ask for in vain (`needs.tsv`), for danger only where no word is grave. Stretches of long honest
    sentences are honest for danger, since it is looked for in them.
    """
    reading = load_patterns(folder / files.rules)
    kinds = read_examples((folder / files.examples).read_text(encoding="utf-8"))
    other = DANGER if files is REFUSALS else REFUSALS
    kinds[HONEST] += read_examples((folder / other.examples).read_text(encoding="utf-8"))[HONEST]
    grim = harm_words(folder) if files is DANGER else ()
    answered = (reading.read(question) for question, _ in read_covered(folder.parent / "calibration" / COVERED))
    kinds[HONEST] += [question for question in answered if not any(word in question for word in grim)]
    read = {kind: list(map(reading.read, lines)) for kind, lines in kinds.items()}
    if files is DANGER:
        read[HONEST] += [part for line in read[HONEST] for part in stretches(line)]
        grave = grave_words(folder)
        ordinary = map(reading.read, (*_in_vain(folder), *_second_turns(folder)))
        read[HONEST] += [text for text in ordinary if not any(word in text for word in grave)]
    else:
        read[HONEST] += map(reading.read, (*_in_vain(folder), *_second_turns(folder)))
    return {kind: list(dict.fromkeys(lines)) for kind, lines in read.items()}


def _in_vain(folder: Path) -> list[str]:
    """Wordings of needs; none beside a folder without them."""
    path = folder.parent / "calibration" / NEEDS
    needs = list(read_needs(path).values()) if path.is_file() else []
    return [text for said in needs[:MOST_NEEDS] for texts in said.values() for text in texts]


def _second_turns(folder: Path) -> list[str]:
    path = folder / SECOND_TURNS
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return [line for line in lines if not line.startswith("#")]


def digest(kinds: Mapping[str, Sequence[str]]) -> str:
    """Changes when a sentence does, or how sentences are read."""
    text = "\n".join(f"{kind} {line}" for kind in sorted(kinds) for line in kinds[kind])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def learn(kinds: Mapping[str, Sequence[str]], ambulance: frozenset[str] = frozenset()) -> Likeness:
    """kinds: kind -> sentences, the honest ones under `harmless`. ambulance: the kinds whose first call is for one."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    named = sorted(kinds.keys() - {HONEST})
    told = [(kind, line) for kind, lines in kinds.items() for line in lines]
    reader = TfidfVectorizer(analyzer=_cut, min_df=RARE)
    table = reader.fit_transform([line for _, line in told])
    grams_, rarity = reader.get_feature_names_out().tolist(), reader.idf_.tolist()
    sides = {RARITY: dict(zip(grams_, rarity, strict=True))}

    def apart(side: str, rows: Sequence[int], of: frozenset[str]) -> None:
        weights, bias = _apart(table[rows], [told[row][0] in of for row in rows])
        pairs = zip(grams_, weights, rarity, strict=True)
        sides[side] = {ALWAYS: bias} | {gram: weight * rare for gram, weight, rare in pairs}

    every = range(len(told))
    apart(ANY, every, frozenset(named))
    for kind in named:
        apart(kind, every, frozenset({kind}))
    if ambulance:
        apart(AMBULANCE, [row for row in every if told[row][0] != HONEST], ambulance)
    return Likeness.of(sides, digest(kinds))


def _cut(line: str) -> list[str]:
    return sorted(grams(line))


def _apart(table: Any, marked: Sequence[bool]) -> tuple[list[float], float]:
    """(weight a gram, what is said before any) of the line between marked rows and the others."""
    from sklearn.svm import LinearSVC

    learner = LinearSVC(C=STRICTNESS, random_state=SEED, max_iter=MOST_ROUNDS).fit(table, marked)
    return learner.coef_[0].tolist(), float(learner.intercept_[0])


if __name__ == "__main__":
    learn_folder(Path(sys.argv[1]) if len(sys.argv) > 1 else PACKAGE / "lexicon")
