"""What should be shown after any steps at the desk, in plain Python: lists and dictionaries, no database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

DAY = timedelta(days=1)


@dataclass
class Text:
    """One version. figure: a sum that stands in this text and in no other."""

    name: str
    figure: int
    start: date | None = None
    end: date | None = None
    state: str = "draft"
    closed_at: datetime | None = None

    def holds(self, on: date) -> bool:
        return (self.start is None or self.start <= on) and (self.end is None or on < self.end)


@dataclass
class Oracle:
    """Documents by id, their versions in the order they were made."""

    documents: dict[str, list[Text]] = field(default_factory=dict)
    plans: dict[str, tuple[str, date]] = field(default_factory=dict)

    def published(self, document: str) -> Text | None:
        return next((text for text in self.documents.get(document, []) if text.state == "published"), None)

    def shown(self, document: str, on: date) -> int | None:
        """The one sum that may be told of a document today."""
        text = self.published(document)
        return text.figure if text is not None and text.holds(on) else None

    def was_shown(self, document: str, on: date) -> bool:
        """Does its page say what became of it? Not where it never was, and not where it is only to come."""
        text = self.published(document)
        if text is not None:
            return text.end is not None and text.end <= on
        return any(each.state in ("replaced", "withdrawn") for each in self.documents.get(document, []))

    def stale(self, on: date) -> set[int]:
        """Every sum that may not be told today."""
        told = {self.shown(document, on) for document in self.documents}
        return {text.figure for texts in self.documents.values() for text in texts} - told

    def add(self, document: str, text: Text) -> None:
        self.documents.setdefault(document, []).append(text)

    def delete(self, document: str, name: str) -> None:
        self.documents[document] = [text for text in self.documents[document] if text.name != name]
        if not self.documents[document]:
            del self.documents[document]
            self.plans.pop(document, None)

    def publish(self, document: str, name: str, now: datetime, today: date) -> bool:
        new = self.named(document, name)
        old = self.published(document)
        if old is not None and old.holds(today) and new.start is not None and new.start > today:
            return False
        if not self._end_followed(document, now):
            return False
        if old is not None:
            old.state, old.closed_at = "replaced", now
        new.state = "published"
        return True

    def withdraw(self, document: str, now: datetime) -> bool:
        old = self.published(document)
        if old is None:
            return False
        old.state, old.closed_at = "withdrawn", now
        return True

    def restore(self, document: str, name: str, now: datetime) -> bool:
        text, present = self.named(document, name), self.published(document)
        if text.closed_at is None or text.state not in ("withdrawn", "replaced"):
            return False
        if now - text.closed_at >= DAY or (present is not None and text.state == "withdrawn"):
            return False
        if present is not None:
            present.state, present.closed_at = "withdrawn", now
        text.state, text.closed_at = "published", None
        return True

    def named(self, document: str, name: str) -> Text:
        return next(text for text in self.documents[document] if text.name == name)

    def _end_followed(self, document: str, now: datetime) -> bool:
        if document not in self.plans:
            return True
        followed, since = self.plans[document]
        old = self.published(followed)
        if old is None:
            return True
        if old.start is not None and since <= old.start:
            return False
        if old.end is not None and old.end <= since:
            return True
        name = f"v{len(self.documents[followed]) + 1}-end"
        self.add(followed, Text(name, old.figure, old.start, since, "published"))
        old.state, old.closed_at = "replaced", now
        return True
