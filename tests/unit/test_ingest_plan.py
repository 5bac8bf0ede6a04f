"""plan(): what has to change, compared by digest and by who wrote what is held."""

from __future__ import annotations

import pytest

from ingest.document import Cut, ReadDocument, Wanted
from ingest.plan import Plan, plan
from knowledge.database.states import SYNC, HeldDocument, HeldVersion, VersionState
from knowledge.types import DocumentKind, DocumentOrigin

BUNDLED, DESK, CLI = DocumentOrigin.BUNDLED, DocumentOrigin.DESK, DocumentOrigin.CLI
PUBLISHED, REPLACED = VersionState.PUBLISHED, VersionState.REPLACED
WITHDRAWN, IN_REVIEW, DRAFT = VersionState.WITHDRAWN, VersionState.IN_REVIEW, VersionState.DRAFT


def a_wanted(text: str = "甲", origin: DocumentOrigin = BUNDLED) -> Wanted:
    document = ReadDocument("doc", DocumentKind.ENTRY, "题", text, (Cut("p1", ("题",), text),))
    return Wanted(document, origin, text.encode(), "doc.md")


def held(*rows: tuple[VersionState, DocumentOrigin, str, str | None]) -> dict[str, HeldDocument]:
    versions = tuple(
        HeldVersion("doc", f"v{number}", number, state, origin, digest, closed_by)
        for number, (state, origin, digest, closed_by) in enumerate(rows, 1)
    )
    return {"doc": HeldDocument("doc", versions)}


SAME = a_wanted().document.digest
CASES = {
    "nothing held": ({}, "added"),
    "unchanged": (held((PUBLISHED, BUNDLED, SAME, None)), "skipped"),
    "changed": (held((PUBLISHED, BUNDLED, "old", None)), "updated"),
    "changed back and forth": (
        held((REPLACED, BUNDLED, SAME, SYNC), (PUBLISHED, BUNDLED, "new", None)),
        "updated",
    ),
    "overlay over the same text": (
        held((REPLACED, BUNDLED, SAME, "wang"), (PUBLISHED, DESK, "desk", None)),
        "skipped",
    ),
    "overlay over an older text": (
        held((REPLACED, BUNDLED, "old", "wang"), (PUBLISHED, DESK, "desk", None)),
        "conflicts",
    ),
    "conflict seen already": (
        held(
            (REPLACED, BUNDLED, "old", "wang"),
            (PUBLISHED, DESK, "desk", None),
            (IN_REVIEW, BUNDLED, SAME, None),
        ),
        "skipped",
    ),
    "desk document of that name": (held((PUBLISHED, DESK, "desk", None)), "conflicts"),
    "withdrawn by a person": (held((WITHDRAWN, BUNDLED, SAME, "wang")), "skipped"),
    "withdrawn by a person, text changed since": (held((WITHDRAWN, BUNDLED, "old", "wang")), "conflicts"),
    "gone from the folder once, back again": (held((WITHDRAWN, BUNDLED, SAME, SYNC)), "added"),
    "only a draft of the desk": (held((DRAFT, DESK, "desk", None)), "conflicts"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_bundled_document_is_planned_by_what_is_held(name: str) -> None:
    state, verdict = CASES[name]
    assert plan(state, {"doc": a_wanted()}) == Plan(**{verdict: ("doc",)})


@pytest.mark.parametrize(
    ("state", "verdict"),
    [
        (held((PUBLISHED, BUNDLED, "old", None)), "updated"),
        (held((WITHDRAWN, CLI, SAME, "wang")), "added"),
        (held((PUBLISHED, CLI, SAME, None)), "skipped"),
        (held((PUBLISHED, BUNDLED, SAME, None)), "updated"),
    ],
)
def test_an_operators_file_is_published_whatever_was_there(
    state: dict[str, HeldDocument], verdict: str
) -> None:
    assert plan(state, {"doc": a_wanted(origin=CLI)}) == Plan(**{verdict: ("doc",)})


@pytest.mark.parametrize(
    ("origin", "delete_missing", "keep", "deleted"),
    [
        (BUNDLED, True, frozenset(), ("doc",)),
        (BUNDLED, True, frozenset({"doc"}), ()),
        (BUNDLED, False, frozenset(), ()),
        (DESK, True, frozenset(), ()),
        (CLI, True, frozenset(), ()),
    ],
)
def test_only_bundled_documents_gone_from_the_folder_are_withdrawn(
    origin: DocumentOrigin, delete_missing: bool, keep: frozenset[str], deleted: tuple[str, ...]
) -> None:
    state = held((PUBLISHED, origin, "x", None))
    assert plan(state, {}, delete_missing=delete_missing, keep=keep).deleted == deleted


def test_the_digest_sees_text_heading_and_dates_apart() -> None:
    from dataclasses import replace
    from datetime import date

    from knowledge.types import Period

    document = a_wanted().document
    variants = [
        document,
        replace(document, cuts=(Cut("p1", ("别的题",), "甲"),)),
        replace(document, cuts=(Cut("p1", ("题",), "乙"),)),
        replace(document, period=Period(date(2026, 1, 1), None)),
        replace(document, period=Period(None, date(2026, 1, 1))),
        replace(document, title="新题"),
    ]
    assert len({item.digest for item in variants}) == len(variants)
    assert replace(document, reviewed_by="王").digest == document.digest
