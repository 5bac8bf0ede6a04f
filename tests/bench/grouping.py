"""Grouping measured and fitted: `python -m tests.bench.grouping OUT` fits the weights of knowledge/group_likeness.py.

Needs of needs_learnt.jsonl, unknown_need.jsonl and knowledge/calibration/needs.tsv, each beside neighbours and questions of
other needs. In turn a third of them is left out of the needs table and of the logistic regression, and grouped: share of the
need in its largest group, strangers there. The weights, fitted on what each table had not seen, go to OUT/weights.json.
A quarter of an hour. Reports, asserts nothing; docs/retrieval.md keeps the figures.
"""

from __future__ import annotations

import json
import random
import sys
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from knowledge import group_likeness
from knowledge.adapters.table_embedder import TableEmbedder
from knowledge.asked_alike import Reading
from knowledge.fit_needs import fit_needs, groups_of
from knowledge.group_likeness import NAMES, Likeness
from knowledge.grouping import Wording, grouped
from knowledge.known_needs import KnownNeeds
from knowledge.needs import FILE, read_needs
from knowledge.settings import Settings
from knowledge.snapshot import take_snapshot
from knowledge.thesaurus import load_thesaurus
from tests.integration import one_need
from tests.integration.one_need import Need
from web.opening import open_library

SETS = ("needs_learnt", "unknown_need")
FOLDER = Path(__file__).parents[1] / "evaluation"
PARTS, EVERY = 3, 7
"""How many times something is left out. Of the needs of clusters, which have no neighbours of their own, every so many is taken."""
ALL, NEIGHBOURS, SIBLINGS = 20, 8, 3
"""Questions beside a need: in all, its neighbours, or else wordings of other needs of its cluster."""
SIZES, TIMES = (1, 2, 3, 5, 8, 11), 3
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
    settings = Settings(data_dir=out / "data")
    needs = read(settings)
    beside: dict[str, Beside] = {}
    readings: list[Reading] = []
    for part in range(PARTS):
        readings.append(reading_without(part, needs, settings, out / f"table-{part}"))
        chance = random.Random(1)
        beside |= {name: part_groups(need, readings[part], chance) for name, need in needs.items() if part_of(name) == part}
    for part in range(PARTS):
        use(*fit([rows for name, rows in beside.items() if part_of(name) != part]))
        for name, need in needs.items():
            if part_of(name) == part:
                sys.stdout.write(f"{name} {largest(need, readings[part])}\n")
    base, weights = fit(list(beside.values()))
    found = {"BASE": base, **dict(zip(NAMES, weights.tolist(), strict=True))}
    (out / "weights.json").write_text(json.dumps(found, indent=1), encoding="utf-8")


def cluster(need: str) -> str:
    """``n1-c04-b`` is one of several needs of one thing, n1-c04."""
    return "-".join(need.split("-")[:2])


def part_of(need: str) -> int:
    return zlib.crc32(cluster(need).encode()) % PARTS


def read(settings: Settings) -> dict[str, Need]:
    """Each need beside what was written for it; those of needs.tsv beside questions of other needs too."""
    found: dict[str, Need] = {}
    for name in SETS:
        found |= {need or name: said for need, said in one_need.read_needs(FOLDER / f"{name}.jsonl").items()}
    taught = read_needs(settings.calibration_dir / FILE)
    clusters: defaultdict[str, list[str]] = defaultdict(list)
    for name in taught:
        clusters[cluster(name)].append(name)
    for number, (name, said) in enumerate(taught.items()):
        if said["other"] or number % EVERY == 0:
            chance = random.Random(zlib.crc32(name.encode()))
            siblings = [text for each in clusters[cluster(name)] if each != name for text in taught[each]["same"]]
            near = said["other"][:NEIGHBOURS] or chance.sample(siblings, min(SIBLINGS, len(siblings)))
            others = chance.sample([each for each in taught if cluster(each) != cluster(name)], ALL - len(near))
            found[name] = Need(tuple(said["same"]), (*near, *(chance.choice(taught[each]["same"]) for each in others)))
    return found


def reading_without(part: int, needs: Mapping[str, Need], settings: Settings, folder: Path) -> Reading:
    """As the desk reads, over the bundled entries; its needs table has not seen the clusters of that part."""
    left_out = {cluster(name) for name in needs if part_of(name) == part}
    groups = [group for name, group in groups_of(settings.calibration_dir).items() if cluster(name) not in left_out]
    folder.mkdir(parents=True, exist_ok=True)
    fit_needs(folder, groups)
    return open_reading(settings, KnownNeeds.read(TableEmbedder(folder), folder))


def open_reading(settings: Settings, known: KnownNeeds) -> Reading:
    library = open_library(settings)
    entries = take_snapshot(library.truth).entries.values()
    asked = [question for entry in entries for question in (entry.question, *entry.examples)]
    return Reading(load_thesaurus(), library.tools.lexicon, asked, known.meaning)


def said(need: Need) -> tuple[str, ...]:
    return (*need.same, *need.foreign)


def part_groups(need: Need, reading: Reading, chance: random.Random) -> Beside:
    likeness = Likeness([reading.read(text) for text in said(need)])
    count, features, belongs = len(need.same), [], []
    for size in (size for size in SIZES if size < count):
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
