"""The kiosk's own stylesheet and script, under addresses that carry the hash of their content."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from web.assets import STATIC, Asset, joined

BELOW = "/kiosk/static"
SCRIPTS = (
    "stream.js",
    "pinyin.js",
    "kiosk_parts.js",
    "kiosk_card.js",
    "kiosk_ask.js",
    "kiosk_type.js",
    "kiosk_take.js",
    "kiosk.js",
)


@dataclass(frozen=True, slots=True)
class KioskAssets:
    css: Asset
    js: Asset

    def named(self, name: str) -> Asset | None:
        return next((asset for asset in (self.css, self.js) if asset.url.endswith(f"/{name}")), None)


@lru_cache(maxsize=1)
def kiosk_assets() -> KioskAssets:
    return KioskAssets(
        joined("kiosk.css", [STATIC / "kiosk.css"], BELOW),
        joined("kiosk.js", [STATIC / name for name in SCRIPTS], BELOW),
    )
