"""Work out the weights of the example sentences: `python -m bot.likeness_learning` after a change of them.

Averaged perceptrons, so that the result is the same on every machine: one that tells marked sentences from honest
ones, one that tells kinds apart, and for danger one that tells what the ambulance is for from what the police is for.
"""

from __future__ import annotations

import hashlib
import random
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from bot.danger import AMBULANCE, DANGER, ambulance_kinds, load_phones, stretches
from bot.likeness import ANY, Grams, LexiconFiles, Likeness, grams, read_examples, weigh, weights_text
from bot.patterns import load_patterns
from bot.stages.refusals import REFUSALS
from knowledge.settings import PACKAGE

HONEST = "harmless"
EPOCHS = 5
SEEDS = (1, 2)
"""The order of the sentences matters a little; the weights are the mean over these orders."""
MARGIN = 1.0
RARE = 2
"""A gram in fewer sentences than this is left out: it says who wrote a sentence, not what it is about."""

Example = tuple[str, Grams]


def learn_folder(folder: Path) -> None:
    """Write both weight files of a lexicon folder from its example files."""
    for files in (DANGER, REFUSALS):
        learned = learn(read_kinds(folder, files), ambulance_kinds(load_phones(folder)) if files is DANGER else frozenset())
        remark = f"由 python -m bot.likeness_learning 从 {files.examples} 算出，不用手改。例句的指纹："
        (folder / files.weights).write_text(weights_text(learned, remark), encoding="utf-8")


def read_kinds(folder: Path, files: LexiconFiles) -> dict[str, list[str]]:
    """kind -> its sentences, as the rules read them, each once. The honest ones of either file are honest for both.

    Stretches of long honest sentences are honest too: danger is looked for in them.
    """
    reading = load_patterns(folder / files.rules)
    kinds = read_examples((folder / files.examples).read_text(encoding="utf-8"))
    other = DANGER if files is REFUSALS else REFUSALS
    kinds[HONEST] += read_examples((folder / other.examples).read_text(encoding="utf-8"))[HONEST]
    read = {kind: list(map(reading.read, lines)) for kind, lines in kinds.items()}
    if files is DANGER:
        read[HONEST] += [part for line in read[HONEST] for part in stretches(line)]
    return {kind: list(dict.fromkeys(lines)) for kind, lines in read.items()}


def digest(kinds: Mapping[str, Sequence[str]]) -> str:
    """Changes when a sentence does, or how sentences are read."""
    text = "\n".join(f"{kind} {line}" for kind in sorted(kinds) for line in kinds[kind])
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def learn(kinds: Mapping[str, Sequence[str]], ambulance: frozenset[str] = frozenset()) -> Likeness:
    """kinds: kind -> sentences, the honest ones under `harmless`. ambulance: the kinds whose first call is for one."""
    found = _common([(kind, grams(line)) for kind, lines in kinds.items() for line in lines])
    marked = [(kind, signs) for kind, signs in found if kind != HONEST]
    sides = {ANY: _apart([("" if kind == HONEST else ANY, signs) for kind, signs in found])[ANY]}
    sides |= _apart(marked)
    if ambulance:
        sides[AMBULANCE] = _apart([(AMBULANCE if kind in ambulance else "", signs) for kind, signs in marked])[AMBULANCE]
    return Likeness(sides, digest(kinds))


def _common(examples: Iterable[Example]) -> list[Example]:
    examples = list(examples)
    counts = Counter(gram for _, found in examples for gram in found)
    kept = ((kind, frozenset(gram for gram in found if counts[gram] >= RARE)) for kind, found in examples)
    return [(kind, found) for kind, found in kept if found]


def _apart(examples: Sequence[Example]) -> dict[str, dict[str, float]]:
    """kind -> gram -> mean weight over the orders."""
    sums: dict[str, dict[str, float]] = {kind: {} for kind, _ in examples}
    for seed in SEEDS:
        for kind, weights in _perceptron(list(examples), random.Random(seed)).items():
            for gram, weight in weights.items():
                sums[kind][gram] = sums[kind].get(gram, 0.0) + weight / len(SEEDS)
    return sums


def _perceptron(examples: list[Example], order: random.Random) -> dict[str, dict[str, float]]:
    """The averaged perceptron: a kind not ahead of all others by MARGIN gains what the best of the others loses."""
    kinds = sorted({kind for kind, _ in examples})
    weights: dict[str, dict[str, float]] = {kind: {} for kind in kinds}
    summed: dict[str, dict[str, float]] = {kind: {} for kind in kinds}
    step = 1
    for _ in range(EPOCHS):
        order.shuffle(examples)
        for kind, found in examples:
            scores = {name: weigh(weights[name], found) for name in kinds}
            rival = max((name for name in kinds if name != kind), key=lambda name: scores[name])
            if scores[kind] - scores[rival] < MARGIN:
                _move(weights, summed, found, (kind, rival), step)
            step += 1
    return {k: {g: weight - summed[k][g] / step for g, weight in weights[k].items()} for k in kinds}


def _move(
    weights: dict[str, dict[str, float]],
    summed: dict[str, dict[str, float]],
    found: Grams,
    pair: tuple[str, str],
    step: int,
) -> None:
    """Up for the first of the pair, down for the second."""
    for name, way in zip(pair, (1.0, -1.0), strict=True):
        change = way / len(found) ** 0.5
        for gram in found:
            weights[name][gram] = weights[name].get(gram, 0.0) + change
            summed[name][gram] = summed[name].get(gram, 0.0) + step * change


if __name__ == "__main__":
    learn_folder(Path(sys.argv[1]) if len(sys.argv) > 1 else PACKAGE / "lexicon")
