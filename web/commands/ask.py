"""`pufa ask`."""

from __future__ import annotations

import json as json_module
from collections.abc import Callable
from datetime import date
from typing import NoReturn

from bot.adapters.memory_store import MemoryStore
from bot.pipeline import Pipeline
from bot.types import Answer, Channel, Inquiry, Question
from bot.wiring import build_assistant
from bot.wording import load_wording
from knowledge.settings import load_settings
from web.answer_json import answer_json
from web.clock import now, today
from web.opening import open_library

CONVERSATION = "ask"


def run(questions: list[str], json: bool, until: str, on: str, fail: Callable[[str], NoReturn]) -> None:
    """Ask all questions as one conversation; print the last answer's object, every answer's text, or the hits."""
    try:
        day = date.fromisoformat(on) if on else today()
    except ValueError:
        fail("--on 要写成 2026-11-22 这样的日期。")
    settings = load_settings()
    library = open_library(settings, sync=False)
    assistant = build_assistant(settings, library, MemoryStore(), now)
    if until and until not in assistant.stages:
        fail(f"没有“{until}”这一步，可以写：{'、'.join(assistant.stages)}。")
    wording = load_wording(library.town)
    answer: Answer | None = None
    for text in questions:
        question = Question(text, day, Channel.CLI, CONVERSATION)
        if until:
            _print_inquiry(assistant.walk(Inquiry(question), until))
            continue
        answer = assistant.answer(question)
        if not json:
            _print_answer(answer, assistant)
    if json and answer is not None:
        print(json_module.dumps(answer_json(answer, wording, library.town), ensure_ascii=False, indent=1))


def _print_answer(answer: Answer, assistant: Pipeline) -> None:
    chip = assistant.finish.wording.chip(answer.origin)
    print(f"[{chip}] 您问的是：{answer.understood}")
    print(answer.text)
    if answer.suggestions:
        print("还可以问：" + " / ".join(answer.suggestions))
    print(
        "（"
        + "，".join(f"{n.stage} {1000 * n.seconds:.1f} 毫秒 {n.rule}".strip() for n in answer.trace)
        + "）"
    )


def _print_inquiry(inquiry: Inquiry) -> None:
    for part in inquiry.parts:
        print(
            f"问：{part.standalone}  时间：{part.about}  地方：{part.place or '本镇'}  规则：{part.note or '无'}"
        )
        for hit in part.hits:
            print(f"  用  {hit.score:7.2f}  把握 {hit.confidence:.2f}  {hit.passage_id or hit.document_id}")
        for reject in part.rejects:
            print(
                f"  不用 {reject.score:6.2f}  {reject.reason:<16} {reject.passage_id or reject.document_id}"
            )
