"""A need that no text covers, asked in many ways beside other questions; and the one answer that the desk writes for it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from bot.types import Answer
from knowledge.database.desk_values import Outcome
from knowledge.database.staff_values import Deed
from knowledge.database.unanswered_sources import LEFT_OPEN
from tests.fakes import NOW
from tests.integration.unanswered_site import UnansweredSite

WRITTEN = {
    "question": "这件事怎么办？",
    "topic": "dibao",
    "conclusion": "先到镇便民服务中心问，那里会告诉您怎么办。",
    "steps": "带上身份证。\n到镇便民服务中心问。",
    "basis": "none",
    "hotlines": "12345",
}


@dataclass(frozen=True, slots=True)
class Need:
    """same: wordings of the need. foreign: other questions."""

    same: tuple[str, ...]
    foreign: tuple[str, ...]


def read_needs(path: Path) -> dict[str, Need]:
    """Name -> need, in the order of the file; a row without `need` belongs to the one need of its file."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    names = dict.fromkeys(row.get("need", "") for row in rows)
    return {name: Need(_said(rows, name, "same"), _said(rows, name, "foreign")) for name in names}


def _said(rows: Sequence[dict[str, str]], need: str, kind: str) -> tuple[str, ...]:
    return tuple(row["question"] for row in rows if row.get("need", "") == need and row["kind"] == kind)


def gist(answer: Answer) -> tuple[object, ...]:
    return (answer.status, answer.documents, tuple(block.text for block in answer.blocks))


def others(site: UnansweredSite, number: int) -> list[str]:
    """Questions of entries, spread over all of them."""
    questions = [entry.question for _, entry in sorted(site.library.shelf.snapshot.entries.items())]
    return questions[:: max(1, len(questions) // number)]


def ask_in_vain(site: UnansweredSite, need: Need) -> None:
    """Ask everything; who got an answer all the same says that it did not help."""
    for question in (*need.same, *need.foreign):
        answer = site.ask(question)
        if answer.status.value not in LEFT_OPEN:
            site.store.feedback(answer.answer_id, False, None, None, NOW)


def largest(site: UnansweredSite, need: Need) -> tuple[str, list[str]]:
    """The group that holds most of the need, and its wordings."""
    same = set(need.same)
    return max(site.members().items(), key=lambda item: (len(set(item[1]) & same), item[0]))


def publish(site: UnansweredSite, name: str) -> str:
    """bian writes an answer for the group's wordings, fu publishes it; its document id."""
    editor, url = site.browser("bian"), f"/staff/unanswered/{name}/answer"
    page = editor.get(url)
    ticked = re.findall(r'name="wordings" value="([^"]+)" checked', page.text)
    fields = {**WRITTEN, "wordings": [unescape(each) for each in ticked], "revision": "0", "act": "submit"}
    done = editor.post(url, **fields)
    assert done.status_code == 303, done.text
    group = site.desk.unanswered.group(name)  # type: ignore[union-attr]
    assert group is not None
    (row,) = site.desk.shelf.rows(group.document_id)
    key = (row.document_id, row.version)
    for who, outcome in (("bian", Outcome.SAME_PERSON), ("fu", Outcome.DONE)):
        deed = Deed(who, "publish", row.document_id, site.clock())
        assert site.desk.shelf.publish(*key, deed, NOW.date(), two_person=True) is outcome
    site.catch_up()
    return row.document_id
