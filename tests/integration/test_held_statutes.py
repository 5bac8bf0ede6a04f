"""The law texts of the shared folder against the entries: what they cite is there, at the article they name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.service import ingest_paths
from knowledge.content import load_content
from knowledge.held import held_text, parts_named
from knowledge.instruments import document_ids
from knowledge.snapshot import Snapshot, take_snapshot
from knowledge.town import load_town
from knowledge.types import Basis, DocumentKind
from knowledge.wiring import build_truth
from tests.builders import settings_for

pytestmark = pytest.mark.ci
NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
LEAST_HELD = 0.98
"""Share of the bases that name a place in a listed text. One file holds a decision and the rules it approves;
it stands under the rules, so the places of the decision are not found."""


@dataclass(frozen=True, slots=True)
class Cited:
    """One basis and where it stands."""

    where: str
    basis: Basis

    def __str__(self) -> str:
        return f"{self.where}: 《{self.basis.instrument.title}》{self.basis.article}"


@pytest.fixture(scope="module")
def snapshot(shared_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """What is published after `pufa ingest` of the law texts alone."""
    statutes = shared_dir / "statutes"
    if not statutes.is_dir():
        pytest.skip("no law texts in the shared folder (set PUFA_SHARED_DIR)")
    settings = settings_for(tmp_path_factory.mktemp("data"))
    truth = build_truth(settings)
    result = ingest_paths([statutes], settings, truth, lambda step, done, total: None, NOW)
    assert result.problems == ()
    yield take_snapshot(truth)
    truth.engine.dispose()


@pytest.fixture(scope="module")
def cited() -> list[Cited]:
    """Every basis of entries and figures that names an article of an instrument with a text."""
    settings = settings_for(Path("unused"))
    context = load_content(settings.knowledge_dir, load_town(settings.town_file)).context
    found = [
        Cited(entry.id, basis) for _, _, entry in context.entries.values() for basis in entry.bases.values()
    ]
    found += [Cited(item.id, value.basis) for item in context.parameters.values() for value in item.values]
    return [each for each in found if each.basis.instrument.text_file and each.basis.article]


def is_law(basis: Basis, snapshot: Snapshot) -> bool:
    """Whether a text in articles is loaded of the instrument."""
    versions = (snapshot.versions.get(name) for name in document_ids(basis.instrument).values())
    return any(version is not None and version.kind is DocumentKind.STATUTE for version in versions)


def test_nearly_every_basis_is_held(
    snapshot: Snapshot, cited: list[Cited], record_property: Callable[[str, object], None]
) -> None:
    assert len(cited) > 400
    missing = [str(each) for each in cited if held_text(each.basis, snapshot)[0] is None]
    share = 1 - len(missing) / len(cited)
    record_property("held", f"{share:.3f} of {len(cited)}")
    assert share >= LEAST_HELD, missing


def test_every_article_named_is_there(snapshot: Snapshot, cited: list[Cited]) -> None:
    parts: dict[str, set[str]] = {
        name: {passage.part for passage in version.passages} for name, version in snapshot.versions.items()
    }
    faults = []
    for each in cited:
        held = set().union(*(parts.get(name, set()) for name in document_ids(each.basis.instrument).values()))
        named = parts_named(each.basis.article or "")
        if is_law(each.basis, snapshot) and not (named and named <= held):
            faults.append(str(each))
    assert faults == []


def test_a_wrong_article_would_be_seen(snapshot: Snapshot, cited: list[Cited]) -> None:
    held = next(each.basis for each in cited if each.basis.instrument.id == "minfadian")
    wrong = Basis(held.instrument, "第9999条", held.confidence, held.checked_on)
    assert held_text(wrong, snapshot) == (None, None)
    assert is_law(wrong, snapshot)
