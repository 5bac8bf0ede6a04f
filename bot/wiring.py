"""The product on one page: the stages a question walks, in order, and the checks every block must pass."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from functools import partial

from bot.calculators.words import load_words
from bot.finish import Finish
from bot.pipeline import Judge, Pipeline, Stage
from bot.ports import Store
from bot.prompting import PromptTemplate, load_prompt
from bot.stages.ask_back import ask_back, load_deciders
from bot.stages.calculate import Desk, calculate_stage
from bot.stages.check_input import check_input
from bot.stages.check_output import check_output
from bot.stages.compose import compose
from bot.stages.compose_with_model import compose_with_model
from bot.stages.notice_danger import load_danger_rules, notice_danger
from bot.stages.refusals import load_refusals, refusal
from bot.stages.retrieve import moment_of, retrieve
from bot.stages.rewrite import load_follow_ups, load_part_words, rewrite
from bot.stages.route import load_talk, route
from bot.stages.split import split
from bot.stages.verify import verify
from bot.types import AnswerStatus, Draft, Inquiry, Part
from bot.wording import load_wording
from knowledge.library import IndexMissing, Library
from knowledge.not_held import NotHeld, load_not_held, named
from knowledge.places import load_places
from knowledge.qualifier_words import Vocabulary
from knowledge.render import Moment
from knowledge.search import Scope
from knowledge.settings import Settings
from knowledge.types import Town

UNREADABLE = (IndexMissing, OSError)
"""What a library raises that is not there: what must be refused is refused without one too."""


def build_assistant(
    settings: Settings,
    library: Library,
    store: Store,
    clock: Callable[[], datetime],
    model_on: Callable[[], bool] = lambda: True,
) -> Pipeline:
    """Bind every stage to what it needs. Reads the word lists; loads nothing heavy but the model's client, if set.

    model_on: asked before each question; False leaves the model out.
    """
    town, words = library.town, settings.lexicon_dir
    wording = load_wording(town)
    prompt = load_prompt("compose")
    follow_ups, part_words = load_follow_ups(words), load_part_words(words)
    refuse = partial(refusal, rules=load_refusals(words))
    gaps = load_not_held(words / "not_held.yaml")
    places = load_places(words / "places.yaml", town)
    desk = Desk(library, load_words(words / "calculators.yaml"), follow_ups, wording)

    def not_held(text: str) -> NotHeld | None:
        return None if answered_at_desk(text) else named(text, gaps, partial(library.nearest_words, text))

    def surest(text: str) -> float:
        with suppress(*UNREADABLE):
            found = library.search(text, Scope(Moment.today(clock().date())))
            return max((hit.confidence for hit in found.hits), default=0.0)
        return 0.0

    def answered_at_desk(text: str) -> bool:
        with suppress(*UNREADABLE):
            return library.asked_at_desk(text)
        return False

    def refused(text: str) -> tuple[AnswerStatus, str] | None:
        return None if answered_at_desk(text) else refuse(text, surest=surest)

    def ends(text: str) -> bool:
        return refused(text) is not None or not_held(text) is not None

    def cheats(text: str) -> bool:
        return (refuse(text, surest=surest) or (None, ""))[1].endswith(":cheat")

    stages: dict[str, Stage] = {
        "notice_danger": partial(notice_danger, rules=load_danger_rules(words), hotlines=town.hotlines),
        "check_input": check_input,
        "split": partial(
            split, follow_ups=follow_ups, part_words=part_words, ends=ends, cheats=cheats, known=answered_at_desk
        ),
        "rewrite": partial(rewrite, follow_ups=follow_ups, places=places, part_words=part_words),
        "route": partial(route, talk=load_talk(words), refusal=refused, not_held=not_held),
        "calculate": partial(calculate_stage, desk=desk),
        "retrieve": partial(retrieve, library=library, top_k=settings.top_k),
        "ask_back": partial(
            ask_back, library=library, deciders=load_deciders(words), is_question=follow_ups.is_question
        ),
        "compose": partial(compose, library=library),
    }
    judges = build_judges(town, prompt)
    if settings.model_url:
        stages["compose_with_model"] = _while(model_on, build_model_stage(settings, prompt, judges))
    return Pipeline(stages, judges, Finish(wording, town, library, settings.model_name or None), store, clock)


def _while(on: Callable[[], bool], stage: Stage) -> Stage:
    """The stage as long as it is switched on; otherwise the inquiry goes by unchanged."""
    return lambda inquiry: stage(inquiry) if on() else inquiry


def build_judges(town: Town, prompt: PromptTemplate) -> dict[str, Judge]:
    """The checks of one block, in order: its evidence first, then what may never be shown."""
    vocabulary = Vocabulary.of(town.levels)

    def phones() -> frozenset[str]:
        """Now: the desk may confirm one at any time."""
        return frozenset(town.hotlines) | {
            office.phone for office in town.offices.values() if office.phone and office.confirmed_on
        }

    def verify_block(draft: Draft, part: Part, inquiry: Inquiry) -> Draft | None:
        about = moment_of(part, inquiry).about
        return verify(draft, question_text=part.standalone, about=about, phones=phones(), vocabulary=vocabulary)

    def check_block(draft: Draft, part: Part, inquiry: Inquiry) -> Draft | None:
        return check_output(draft, forbidden=(prompt.system,))

    return {"verify": verify_block, "check_output": check_block}


def build_model_stage(settings: Settings, prompt: PromptTemplate, judges: dict[str, Judge]) -> Stage:
    """Rewording by the configured model; a draft it spoils stays as it was."""
    from bot.adapters.chat_model import ChatModelGenerator, Peer

    def passes(draft: Draft, part: Part, inquiry: Inquiry) -> bool:
        judged: Draft | None = draft
        for judge in judges.values():
            judged = None if judged is None else judge(judged, part, inquiry)
        return judged is not None

    peer = Peer(settings.model_url, settings.model_name, settings.model_key)
    return partial(compose_with_model, generator=ChatModelGenerator(peer), prompt=prompt, passes=passes)
