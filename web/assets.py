"""The stylesheet, the script and the inline snippet: content-hashed addresses and the policy that lets them run."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from pathlib import Path

STATIC = Path(__file__).with_name("static")
SCRIPTS = ("stream.js", "pufa.js", "tools.js", "listen.js", "history.js", "framed.js")
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Asset:
    """url carries the hash of content, so a browser may keep it forever."""

    url: str
    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Assets:
    """early_script runs inline before the first paint; early_hash lets the policy allow just that text."""

    css: Asset
    js: Asset
    card_css: Asset
    staff_css: Asset
    staff_js: Asset
    early_script: str
    early_hash: str

    @property
    def version(self) -> str:
        """Another one as soon as one of the files changed."""
        return hashlib.sha256(f"{self.css.url}{self.js.url}".encode()).hexdigest()[:12]

    def named(self, name: str) -> Asset | None:
        held = (self.css, self.js, self.card_css, self.staff_css, self.staff_js)
        return next((asset for asset in held if asset.url == f"/static/{name}"), None)


def load_assets(folder: Path = STATIC) -> Assets:
    early = (folder / "early.js").read_text(encoding="utf-8").strip()
    digest = base64.b64encode(hashlib.sha256(early.encode()).digest()).decode()
    return Assets(
        joined("pufa.css", [folder / "pufa.css"]),
        joined("pufa.js", [folder / name for name in SCRIPTS]),
        joined("card.css", [folder / "card.css"]),
        joined("staff.css", [folder / "staff.css", *sorted(folder.glob("staff_*.css"))]),
        joined("staff.js", [folder / "staff.js", *sorted(folder.glob("staff_*.js"))]),
        early,
        f"'sha256-{digest}'",
    )


def policy(assets: Assets, frame_ancestors: str) -> str:
    """The Content-Security-Policy of every page. frame_ancestors: sites, space separated; '' for none."""
    rules = {
        "default-src": "'self'",
        "script-src": f"'self' {assets.early_hash}",
        "img-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": f"'self' {frame_ancestors}" if frame_ancestors else "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def joined(name: str, files: list[Path], below: str = "/static") -> Asset:
    """Files joined into one, so that a visit costs one request. below: path the address begins with."""
    content = b"".join(file.read_bytes() for file in files)
    digest = hashlib.sha256(content).hexdigest()[:12]
    stem, suffix = name.split(".")
    return Asset(f"{below}/{stem}.{digest}.{suffix}", content, TYPES[f".{suffix}"])
