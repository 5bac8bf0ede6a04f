"""The kiosk's own stylesheet and script, under addresses that carry the hash of their content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache

from web.assets import STATIC, TYPES, Asset

SCRIPTS = ("pinyin.js", "kiosk_parts.js", "kiosk_card.js", "kiosk_ask.js", "kiosk_type.js", "kiosk_take.js", "kiosk.js")


@dataclass(frozen=True, slots=True)
class KioskAssets:
    css: Asset
    js: Asset

    def named(self, name: str) -> Asset | None:
        return next((asset for asset in (self.css, self.js) if asset.url.endswith(f"/{name}")), None)


@lru_cache(maxsize=1)
def kiosk_assets() -> KioskAssets:
    return KioskAssets(_joined("kiosk.css", ("kiosk.css",)), _joined("kiosk.js", SCRIPTS))


def _joined(name: str, files: tuple[str, ...]) -> Asset:
    """Files joined into one, so that a visit costs one request."""
    content = b"".join((STATIC / file).read_bytes() for file in files)
    digest = hashlib.sha256(content).hexdigest()[:12]
    stem, suffix = name.split(".")
    return Asset(f"/kiosk/static/{stem}.{digest}.{suffix}", content, TYPES[f".{suffix}"])
