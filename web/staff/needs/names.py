"""Slugs as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.database.counts_values import EventKind

CHANNELS = {
    "phone": "手机页",
    "widget": "网页上的小窗口",
    "kiosk": "大屏",
    "api": "别的程序",
    "": "有危险的（不记从哪里问）",
}
KINDS = {EventKind.FAIR: "赶集日", EventKind.YARD: "院坝会", EventKind.OTHER: "别的活动"}
NO_TOPIC = "没归到主题"
NO_EVENT = "不在活动上"
UNKNOWN_EVENT = "没登记的活动"


@dataclass(frozen=True, slots=True)
class Names:
    """slug or id -> name. entries: titles of everything that was ever held, also of what is withdrawn."""

    topics: Mapping[str, str]
    entries: Mapping[str, str]
    events: Mapping[str, str]

    def topic(self, slug: str) -> str:
        return self.topics.get(slug, slug) or NO_TOPIC

    def entry(self, entry_id: str) -> str:
        return self.entries.get(entry_id, entry_id)

    def event(self, event_id: str) -> str:
        return self.events.get(event_id, UNKNOWN_EVENT) if event_id else NO_EVENT

    def channel(self, slug: str) -> str:
        return CHANNELS.get(slug, slug)
