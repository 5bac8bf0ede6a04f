"""After every step at the desk nothing stale is shown anywhere: search, chat, cards, suggestions, shared links."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from tests.integration.desk_walk import THINGS, Walk

FIGURE = re.compile(r"(?<!\d)([1-9]\d{3})(?=元)")


def told(text: str) -> set[int]:
    """Every sum of the made-up rules in what was shown."""
    return {int(number) for number in FIGURE.findall(text)}


def check(walk: Walk, thing: str, fresh: bool) -> None:
    """fresh: the index has caught up, so that what is in force must be found too."""
    stale = walk.oracle.stale(walk.today)
    for about in dict.fromkeys((thing, walk.rng.choice(THINGS)) if fresh else (thing,)):
        number = THINGS.index(about)
        name = f"{'entry' if number % 2 else 'doc'}-{number}"
        names = [each for each in walk.oracle.documents if each == name or each.startswith(f"{name}-next")]
        now = {sum_ for each in names if (sum_ := walk.oracle.shown(each, walk.today)) is not None}
        chat(walk, about, now, stale, fresh)
        search(walk, about, names if fresh else [])
        for each in names or [name]:
            pages(walk, each, stale)
    shared(walk)


def chat(walk: Walk, thing: str, now: set[int], stale: set[int], fresh: bool) -> None:
    answer = walk.public.post("/api/chat", json={"question": f"{thing}补贴每月多少？"})
    assert told(answer.text) & stale == set(), (thing, answer.text)
    body = answer.json()
    if fresh and now and THINGS.index(thing) % 2:  # an entry stands before any document
        assert told(answer.text) & now, (thing, now, answer.text)
    living = {entry.question for name, entry in walk.library.shelf.snapshot.entries.items() if lives(walk, name)}
    assert set(body["suggestions"]) <= living
    if body["citations"] and len(walk.shared) < 40:
        url = walk.public.post("/api/share", json={"answer_id": body["answer_id"]}).json()["url"]
        passages = [citation["passage"] for citation in body["citations"]]
        if url and "/answers/" in url:
            cited = frozenset((passage["document_id"], passage["version"]) for passage in passages)
            walk.shared.append((url, cited))


def lives(walk: Walk, name: str) -> bool:
    return name not in walk.oracle.documents and name == "buzhu-who" or walk.oracle.shown(name, walk.today) is not None


def search(walk: Walk, thing: str, names: list[str]) -> None:
    """names: documents about the thing, which must be found where they are in force."""
    asked = {"question": f"{thing}补贴每人每月", "limit": 20}
    found = walk.public.post("/api/search", json=asked).json()["hits"]
    hit = {each["document_id"] for each in found} - {"buzhu-who"}
    assert all(walk.oracle.shown(name, walk.today) is not None for name in hit), hit
    assert {name for name in names if walk.oracle.shown(name, walk.today) is not None} <= hit
    versions = {each["passage_id"].split("@")[1].split(":")[0] for each in found if each["passage_id"]}
    published = {text.name for texts in walk.oracle.documents.values() for text in texts if text.state == "published"}
    assert versions <= published


def pages(walk: Walk, name: str, stale: set[int]) -> None:
    """The document's own page, the card, the list of its topic: the sum of today, or none, and what became of it."""
    now = walk.oracle.shown(name, walk.today)
    address = f"/entries/{name}" if name.startswith("entry") else f"/documents/{name}"
    page = walk.public.get(address)
    missing = 410 if walk.oracle.was_shown(name, walk.today) else 404
    assert page.status_code == (missing if now is None else 200), (name, now)
    assert told(page.text) == (set() if now is None else {now})
    if name.startswith("entry"):
        assert told(walk.public.get(f"/cards/{name}").text) & stale == set()
        listed = f'href="/entries/{name}"' in walk.public.get("/topics/buzhu").text
        assert listed is (now is not None)


def shared(walk: Walk) -> None:
    """A link that was sent on says so as soon as the version it cites is no longer the one in force."""
    for url, cited in walk.rng.sample(walk.shared, min(2, len(walk.shared))):
        page = walk.public.get(url)
        if page.status_code == 410:  # after thirty days
            continue
        outdated = any(not current(walk, *each) for each in cited)
        assert (">依据已更新" in page.text) is outdated, cited


def current(walk: Walk, document: str, version: str) -> bool:
    if document not in walk.oracle.documents:
        return document == "buzhu-who"
    published = walk.oracle.published(document)
    return published is not None and published.name == version and published.holds(walk.today)


def run(folder: Path, seed: int, steps: int) -> Walk:
    walk = Walk(folder, random.Random(seed))
    with walk.public:
        for _ in range(steps):
            thing = walk.step()
            walk.library.follow(rebuild=False)
            check(walk, thing, fresh=False)
            walk.library.follow(rebuild=True)
            check(walk, thing, fresh=True)
    return walk


def test_sixty_random_steps_show_nothing_stale(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    walk = run(tmp_path, request.config.getoption("--seed"), 60)
    assert len(walk.done) >= 6 and walk.shared, walk.done


@pytest.mark.prove
def test_a_thousand_random_steps_show_nothing_stale(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    walk = run(tmp_path, request.config.getoption("--seed"), 1000)
    assert min(walk.done.get(kind, 0) for kind in ("add", "replace", "delete", "withdraw", "restore", "expire")) >= 20
