"""What every page of 没答上的 needs: the group named, the store, and the words for how a step ended."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from fastapi import HTTPException
from starlette.responses import Response

from knowledge.database.unanswered_values import Ending, QuestionGroup
from web.staff.desk import Desk
from web.staff.unanswered.listing import url_of
from web.staff.unanswered.parts import Unanswered

MAX_WHY = 300
DONE = {
    "handed": "转给他了。",
    "closed": "记下了：不归我们管。",
    "reopened": "重新打开了。",
    "saved": "存好了。",
    "submitted": "已经送去复审。",
    "added": "问法送去复审了，另一个人看过就开始用。",
    "approved": "问法开始用了，约 1 分钟内答得上。",
    "withdrawn": "问法撤下了。",
    "replied": "答复存好了，凭取件号就能看到。",
    "seen": "记下了：看过了。",
}
ENDINGS = {
    Ending.GONE: "没有做：这一组刚被别人改过，或者和别的组并到了一起，或者要用的文件不在了。请看一下现在的样子，再做一次。",
    Ending.SAME_PERSON: "没有做：加问法的人不能自己复审，要另一个人来。",
    Ending.TAKEN: "没有做：里面有问法已经加给别的条目了。请先在那一条撤下。",
}


def unanswered_of(desk: Desk) -> Unanswered:
    """Raises 404 where this installation has none."""
    if desk.parts.unanswered is None:
        raise HTTPException(404)
    return desk.parts.unanswered


def one_of(group: QuestionGroup) -> str:
    """Key of one of its wordings, '' where all are gone: what a form remembers the group by, beside its id."""
    return next((each.key for each in group.wordings), "")


def group_of(desk: Desk, group_id: str, one_of: str = "") -> QuestionGroup:
    """one_of: key of one of its wordings, by which it is found once it has joined another group. Raises 404."""
    group = unanswered_of(desk).group(group_id[:40], one_of[:64])
    if group is None:
        raise HTTPException(404)
    return group


async def seen_group(desk: Desk, group_id: str, revision: str, one_of: str = "") -> QuestionGroup:
    """The group as the form saw it: a step on a newer one, or on the one it joined, is refused. Raises 404."""
    group = await asyncio.to_thread(group_of, desk, group_id, one_of)
    number = int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 9 else -1
    return replace(group, revision=number if group.id == group_id else -1)


def asked_elsewhere(desk: Desk, document_id: str) -> dict[str, str]:
    """Wordings of entries other than this one: matching key -> the question of the entry that answers it."""
    library = desk.parts.library
    if library is None or not library.ready():
        return {}
    snapshot = library.shelf.snapshot
    return {key: snapshot.entries[name].question for key, name in snapshot.exact.items() if name != document_id}


def ended(desk: Desk, ending: Ending, path: str, done: str) -> Response:
    if ending is Ending.DONE:
        return desk.go(path, done)
    return desk.stop(ENDINGS[ending], 409, ("回去看现在的样子", path))


def ended_group(desk: Desk, ending: Ending, group: QuestionGroup, done: str) -> Response:
    return ended(desk, ending, url_of(group), done)

