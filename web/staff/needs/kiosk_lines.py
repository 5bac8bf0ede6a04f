"""Paired kiosks as lines of a page: where they stand, and whether they have spoken lately."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from knowledge.database.counts_values import Pairing
from web.kiosk_watch import Seen
from web.staff.needs.names import Names
from web.staff.needs.views import PairingLine

SCREENS = {
    "attract": "开头",
    "home": "首页",
    "list": "题目",
    "answer": "回答",
    "type": "打字",
    "scan": "扫码",
    "help": "求助",
}
ALWAYS = "不跟活动走"


def lines_of(
    pairings: Iterable[Pairing], seen: Iterable[Seen], names: Names, now: datetime
) -> tuple[PairingLine, ...]:
    heard = {(one.event, one.device): one for one in seen}
    return tuple(line_of(pairing, heard.get((pairing.event, pairing.device)), names, now) for pairing in pairings)


def line_of(pairing: Pairing, seen: Seen | None, names: Names, now: datetime) -> PairingLine:
    tone, words = _heard(seen, now)
    return PairingLine(
        id=pairing.id,
        device=pairing.device,
        event=names.event(pairing.event) if pairing.event else ALWAYS,
        event_url=f"/staff/events/{pairing.event}" if pairing.event else "",
        url=f"/staff/kiosks/{pairing.id}",
        tone=tone,
        heard=words,
    )


def _heard(seen: Seen | None, now: datetime) -> tuple[str, str]:
    """(tone, words)."""
    if seen is None:
        return "plain", "还没报过平安"
    if seen.silent(now):
        minutes = int((now - seen.at).total_seconds() // 60)
        ago = f"{minutes} 分钟" if minutes < 120 else f"{minutes // 60} 小时"
        return "warn", f"{ago}没有声音"
    return "ok", f"开着，停在“{SCREENS.get(seen.screen, '开头')}”"
