"""Every setting, read once from `PUFA_*` and `.env`. Listed for people in docs/settings.md."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

PACKAGE = Path(__file__).parent
TABLE_DIR, NEEDS_TABLE_DIR = PACKAGE / "embedder", PACKAGE / "embedder_needs"
"""The bundled tables: what finds entries, and what tells whether two questions ask for one thing."""


class Settings(BaseSettings):
    """One frozen value, passed along. Paths may be relative to the working folder."""

    model_config = SettingsConfigDict(env_prefix="PUFA_", env_file=".env", frozen=True, extra="ignore")

    data_dir: Path = Field(Path("data"), description="folder for everything written at run time")
    knowledge_dir: Path = Field(PACKAGE, description="folder with policies/, report/, parameters/, instruments/")
    town_file: Path = Field(PACKAGE / "town.toml", description="the town: names, topics, offices, hotlines")
    lexicon_dir: Path = Field(PACKAGE / "lexicon", description="folder with the lexicon files")
    calibration_dir: Path = Field(PACKAGE / "calibration", description="folder with questions that must be refused")
    shared_dir: Path = Field(Path("../shared"), description="reference facts and law texts, for tests and fitting")
    public_url: str = Field("", description="address that QR codes and shared links carry; empty: the request's own")
    database_url: str = Field("", description="SQLAlchemy address; empty: SQLite inside data_dir")
    embedder: str = Field("", description="folder or name of a sentence-transformers model; empty: the bundled table")
    rate_limits: str = Field("on", pattern="^(on|off)$", description="off only for measurements on loopback")
    session_per_minute: int = Field(15, ge=1, description="questions a minute in one conversation")
    service_per_minute: int = Field(600, ge=1, description="questions a minute for the whole service")
    address_per_minute: int = Field(300, ge=1, description="questions a minute from one address")
    trusted_proxies: str = Field("", description="addresses whose X-Forwarded-For is believed, comma separated")
    frame_ancestors: str = Field("", description="sites that may frame the widget page, space separated")
    two_person: str = Field("on", pattern="^(on|off)$", description="publishing at the desk needs a second person")
    kiosk_help: str = Field("请找穿红马甲的工作人员。", description="whom a person at the kiosk looks for on the spot")
    kiosk_cards: str = Field("", description="ready questions of the kiosk's loop, entry ids, comma separated; empty: chosen")
    kiosk_alone: str = Field("off", pattern="^(on|off)$", description="on: the kiosk serves itself: phones cannot read what only it holds")
    model_url: str = Field("", description="address of an OpenAI-compatible model; empty: no model")
    model_name: str = Field("", description="name of that model")
    model_key: str = Field("", description="key for that model")
    model_filing: str = Field("", description="filing number of that model, shown on the AI page")
    top_k: int = Field(8, ge=1, le=50, description="hits that compose may look at")
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR")

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{(self.data_dir / 'pufa.sqlite3').absolute()}"

    @property
    def intake_dir(self) -> Path:
        """Files that are being made into documents at the desk."""
        return self.data_dir / "intake"

    @property
    def originals_dir(self) -> Path:
        return self.data_dir / "originals"

    @property
    def index_dir(self) -> Path:
        return self.data_dir / "index"


@lru_cache(maxsize=1)
def load_settings() -> Settings:
    """The settings of this process."""
    return Settings()
