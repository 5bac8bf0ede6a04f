"""Grouping measured and fitted: `python -m tests.bench.grouping OUT` fits the weights of knowledge/group_likeness.py.

Fits a logistic regression on wordings beside random part-groups of each need of needs_learnt.jsonl and unknown_need.jsonl,
each need once left out, groups the left-out need beside its strangers and prints: in the largest group, strangers there.
The weights of all needs go to OUT/weights.json. About a minute. Reports, asserts nothing; docs/retrieval.md keeps the figures.
"""

from __future__ import annotations

import json
import random
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from knowledge import group_likeness
from knowledge.asked_alike import Reading
from knowledge.group_likeness import NAMES, Likeness
from knowledge.grouping import Wording, grouped
from knowledge.settings import Settings
from knowledge.snapshot import take_snapshot
from knowledge.thesaurus import load_thesaurus
from tests.integration.one_need import Need, read_needs
from web.opening import open_library

SETS = ("needs_learnt", "unknown_need")
FOLDER = Path(__file__).parents[1] / "evaluation"
SIZES, TIMES = (1, 2, 3, 5, 8, 12), 3
"""How large the part-groups are, and how many of each size; twice as many of the smallest two."""
STRENGTH = 0.01
"""Inverse of the penalty on large weights."""
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Beside:
    """features: (n, features) of wordings beside part-groups. belongs: (n,) whether the wording asks for the same."""

    features: Numbers
    belongs: NDArray[np.bool_]


def main(out: Path) -> None:
    needs = read()
    out.mkdir(parents=True, exist_ok=True)
    reading = open_reading(out / "data")
    chance = random.Random(1)
    beside = {name: part_groups(need, reading, chance) for name, need in needs.items()}
    for name, need in needs.items():
        use(*fit([rows for other, rows in beside.items() if other != name]))
        sys.stdout.write(f"{name} {largest(need, reading)}\n")
    base, weights = fit(list(beside.values()))
    found = {"BASE": base, **dict(zip(NAMES, weights.tolist(), strict=True))}
    (out / "weights.json").write_text(json.dumps(found, indent=1), encoding="utf-8")


def read() -> dict[str, Need]:
    found: dict[str, Need] = {}
    for name in SETS:
        found |= {need or name: said for need, said in read_needs(FOLDER / f"{name}.jsonl").items()}
    return found


def open_reading(data: Path) -> Reading:
    """As the desk reads, over the bundled entries."""
    library = open_library(Settings(data_dir=data))
    entries = take_snapshot(library.truth).entries.values()
    asked = [question for entry in entries for question in (entry.question, *entry.examples)]
    embedder = library.tools.embedder
    return Reading(
        load_thesaurus(), library.tools.lexicon, asked, lambda text: np.asarray(embedder.embed([text])[0], dtype=np.float32)
    )


def said(need: Need) -> tuple[str, ...]:
    return (*need.same, *need.foreign)


def part_groups(need: Need, reading: Reading, chance: random.Random) -> Beside:
    likeness = Likeness([reading.read(text) for text in said(need)])
    count, features, belongs = len(need.same), [], []
    for size in SIZES:
        for _ in range(TIMES * (2 if size <= 2 else 1)):
            group = chance.sample(range(count), size)
            rest = [number for number in range(len(said(need))) if number not in group]
            features.append(likeness.features(group)[rest])
            belongs += [number < count for number in rest]
    return Beside(np.concatenate(features), np.array(belongs))


def fit(needs: Sequence[Beside]) -> tuple[float, Numbers]:
    """(BASE, WEIGHTS)."""
    features = np.concatenate([each.features for each in needs])
    scaler = StandardScaler().fit(features)
    model = LogisticRegression(C=STRENGTH, max_iter=300)
    model.fit(scaler.transform(features), np.concatenate([each.belongs for each in needs]))
    weights = model.coef_[0] / scaler.scale_
    return float(model.intercept_[0] - (weights * scaler.mean_).sum()), weights


def use(base: float, weights: Numbers) -> None:
    group_likeness.BASE, group_likeness.WEIGHTS = base, weights


def largest(need: Need, reading: Reading) -> str:
    """``13/15, 2``: how much of the need stands in one group, and how many strangers stand there."""
    found: Mapping[str, str] = grouped([Wording(text, text) for text in said(need)], reading.read)
    groups: defaultdict[str, set[str]] = defaultdict(set)
    for text, name in found.items():
        groups[name].add(text)
    best = max(groups.values(), key=lambda group: len(group & set(need.same)))
    inside = len(best & set(need.same))
    return f"{inside}/{len(need.same)}, {len(best) - inside}"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
