"""Settings: read from the environment once, frozen, refused when wrong, described for people."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic import ValidationError

from knowledge.settings import Settings, load_settings
from tests.builders import settings_for
from tests.project_files import ROOT


def test_with_nothing_set_everything_has_a_value() -> None:
    settings = settings_for(Path("data"))
    assert settings.data_dir == Path("data")
    assert settings.knowledge_dir.joinpath("policies").is_dir()
    assert settings.town_file.is_file()
    assert (settings.model_url, settings.embedder, settings.rate_limits) == ("", "", "on")


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUFA_TOP_K", "3")
    monkeypatch.setenv("PUFA_MODEL_URL", "http://127.0.0.1:1/v1")
    load_settings.cache_clear()
    try:
        assert (load_settings().top_k, load_settings().model_url) == (3, "http://127.0.0.1:1/v1")
        monkeypatch.setenv("PUFA_TOP_K", "4")
        assert load_settings().top_k == 3, "read once per process"
    finally:
        load_settings.cache_clear()


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        settings_for(Path("data")).top_k = 5  # type: ignore[misc]


@pytest.mark.parametrize(
    ("name", "value"), [("rate_limits", "maybe"), ("top_k", 0), ("top_k", 51), ("session_per_minute", 0)]
)
def test_a_wrong_value_stops_the_start(name: str, value: object) -> None:
    with pytest.raises(ValidationError, match=name):
        settings_for(Path("data"), **{name: value})


def test_everything_written_lies_in_the_data_folder(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    assert settings.database == f"sqlite:///{tmp_path / 'pufa.sqlite3'}"
    assert (settings.index_dir.parent, settings.originals_dir.parent) == (tmp_path, tmp_path)
    assert settings_for(tmp_path, database_url="postgresql://x").database == "postgresql://x"


@pytest.mark.parametrize("name", Settings.model_fields)
def test_each_setting_is_described(name: str) -> None:
    assert len(Settings.model_fields[name].description or "") > 10


def test_the_docs_tell_the_defaults_of_numbers() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    wrong = []
    for name, field in Settings.model_fields.items():
        row = re.search(rf"^\|\s*`PUFA_{name.upper()}`.*$", page, re.M)
        if isinstance(field.default, int) and (row is None or str(field.default) not in row[0]):
            wrong.append(name)
    assert wrong == []
