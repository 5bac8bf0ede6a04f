"""One promise, three embedders: hashed pairs of the tests, the bundled table read with numpy, and the same table
through sentence-transformers, which must agree with it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from knowledge.adapters.ngram_table import NgramTable, open_table, table_name
from knowledge.adapters.table_embedder import TABLE, VOCABULARY, TableEmbedder, token_numbers
from knowledge.adapters.table_fitting import DIM, fit_to
from knowledge.ports import Embedder
from knowledge.settings import NEEDS_TABLE_DIR, TABLE_DIR
from tests.unit.small_index import HashedPairs

TEXTS = ["农村低保一个月多少钱", "我妈60了，低保啷个办", "住院能报好多", "养老保险没交满15年咋办", "底保", "低保"]
CLOSE = 1e-3
MAKERS: dict[str, Callable[[], Embedder]] = {
    "hashed pairs": HashedPairs,
    "table": lambda: TableEmbedder(TABLE_DIR),
    "sentence-transformers": lambda: open_table(TABLE_DIR),
}


@pytest.fixture(scope="module", params=list(MAKERS))
def embedder(request: pytest.FixtureRequest) -> Embedder:
    return MAKERS[request.param]()


def test_one_float_row_per_text(embedder: Embedder) -> None:
    found = embedder.embed(TEXTS)
    assert found.shape == (len(TEXTS), embedder.dim)
    assert found.dtype == np.float32


def test_no_text_gives_no_row(embedder: Embedder) -> None:
    assert embedder.embed([]).shape == (0, embedder.dim)


def test_rows_are_of_unit_length(embedder: Embedder) -> None:
    assert np.allclose(np.linalg.norm(embedder.embed(TEXTS), axis=1), 1, atol=CLOSE)


def test_what_is_not_known_is_a_row_of_zeros(embedder: Embedder) -> None:
    assert not embedder.embed(["", "💬"]).any()


def test_order_and_company_do_not_matter(embedder: Embedder) -> None:
    together = embedder.embed(TEXTS)
    assert np.allclose(embedder.embed(TEXTS[::-1])[::-1], together, atol=CLOSE)
    assert np.allclose(np.concatenate([embedder.embed([text]) for text in TEXTS]), together, atol=CLOSE)


def test_the_same_text_is_nearest_to_itself(embedder: Embedder) -> None:
    rows = embedder.embed(TEXTS)
    assert (np.argmax(rows @ rows.T, axis=1) == np.arange(len(TEXTS))).all()


def test_it_has_a_name_and_a_width(embedder: Embedder) -> None:
    assert embedder.name
    assert embedder.dim > 0


def test_numpy_and_sentence_transformers_agree() -> None:
    light, full = TableEmbedder(TABLE_DIR), open_table(TABLE_DIR)
    assert (light.name, light.dim) == (full.name, full.dim)
    assert np.abs(light.embed(TEXTS) - full.embed(TEXTS)).max() < CLOSE


def test_a_slip_of_the_same_sound_is_near_its_word() -> None:
    slip, word, other = TableEmbedder(TABLE_DIR).embed(["底保", "低保", "离婚"])
    assert slip @ word > slip @ other


@pytest.mark.parametrize("folder", [TABLE_DIR, NEEDS_TABLE_DIR], ids=lambda folder: folder.name)
def test_the_manifest_tells_what_the_table_is(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    held = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in (TABLE, VOCABULARY)}
    assert manifest["sha256"] == held
    assert manifest["module"].endswith("NgramTable")
    assert table_name(folder).endswith(held[TABLE][:12])


def test_a_repeated_token_counts_once() -> None:
    assert token_numbers("低低低", {"低": 3}).tolist() == [3]


GROUPS = [[f"第{number}条讲{one}", f"{one}怎么办", f"{one}{two}啷个办", f"问{two}的{one}"] for number, (one, two) in
          enumerate(zip("甲乙丙丁戊己庚辛壬癸" * 4, "子丑寅卯辰巳午未" * 5, strict=True))]  # fmt: skip


def test_fitting_and_training_on_the_same_texts_gives_the_same_bytes(tmp_path: Path) -> None:
    digests = []
    for name in ("one", "two"):
        fit_to(tmp_path / name, GROUPS, ["made up"], dim=8, epochs=2)
        digests.append(hashlib.sha256((tmp_path / name / TABLE).read_bytes()).hexdigest())
    assert digests[0] == digests[1]
    assert NgramTable.read(tmp_path / "one").get_embedding_dimension() == 8


def test_training_draws_the_wordings_of_one_entry_together(tmp_path: Path) -> None:
    def nearness(epochs: int) -> float:
        """How much nearer two wordings of an entry are to one another than to those of others, on average."""
        fit_to(tmp_path / str(epochs), GROUPS, ["made up"], dim=8, epochs=epochs)
        embedder = TableEmbedder(tmp_path / str(epochs))
        one, other = (embedder.embed([group[number] for group in GROUPS]) for number in (1, 2))
        near = one @ other.T
        return float(np.diag(near).mean() - near.mean())

    assert nearness(20) > nearness(0)


def test_too_few_texts_cannot_be_fitted(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=str(DIM)):
        fit_to(tmp_path, [["一条", "两条"]], ["made up"])
