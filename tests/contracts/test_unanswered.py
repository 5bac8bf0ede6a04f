"""Groups of open questions, replies, feedback and added wordings on real databases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, select, update

from bot.adapters.store import SqlStore
from bot.types import Answer, AnswerStatus, Channel, Question
from bot.wording import load_wording
from knowledge.database.engine import reading, writing
from knowledge.database.service_models import answers, staff_log
from knowledge.database.staff_values import Deed
from knowledge.database.states import VersionState
from knowledge.database.truth import SqlTruth
from knowledge.database.unanswered import UnansweredStore
from knowledge.database.unanswered_models import question_counts, question_wordings
from knowledge.database.unanswered_values import (
    OPINION,
    ApprovedQuestion,
    Ending,
    GroupState,
    QuestionGroup,
    WordingState,
)
from knowledge.grouping import Wording
from knowledge.settings import load_settings
from knowledge.town import load_town
from tests.contracts.databases import database
from tests.fakes import NOW, an_answer
from tests.staff_site import a_text

TOWN = "here"
DAY = date(2026, 11, 22)


def by_first_sign(wordings: Sequence[Wording]) -> Mapping[str, str]:
    """The grouping of these tests: one group per first sign."""
    held = {wording.text[0]: wording.group for wording in reversed(wordings) if wording.group}
    return {each.key: held.get(each.text[0], f"new:{each.text[0]}") for each in wordings}


@pytest.fixture(params=["file", pytest.param("postgres", marks=[pytest.mark.ci, pytest.mark.postgres])])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with database(request.param, tmp_path) as opened:
        yield opened


@pytest.fixture
def store(engine: Engine) -> UnansweredStore:
    return UnansweredStore(engine, TOWN, by_first_sign)


def asked(
    engine: Engine,
    text: str,
    number: int = 1,
    status: AnswerStatus = AnswerStatus.NO_BASIS,
    channel: Channel = Channel.PHONE,
    **more: object,
) -> str:
    """A stored answer; its id."""
    answer: Answer = replace(an_answer(), answer_id=f"a{number}", conversation_id=f"c{number}", status=status, understood=text)
    answer = replace(answer, **more)  # type: ignore[arg-type]
    SqlStore(engine, TOWN).save(Question(text, DAY, channel, f"c{number}"), answer, None, NOW + timedelta(seconds=number))
    return answer.answer_id


def deed(what: str = "close_group", who: str = "bian") -> Deed:
    return Deed(who, what, "没答上的", NOW, "因为")


def one(store: UnansweredStore) -> QuestionGroup:
    store.gather(NOW)
    (group,) = store.groups()
    return group


def deeds(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return list(connection.execute(select(staff_log.c.what)).scalars())


def test_what_left_a_need_open_stands_in_a_group_once(engine: Engine, store: UnansweredStore) -> None:
    asked(engine, "狗证哪里办", 1)
    asked(engine, "狗证哪里办？", 2, AnswerStatus.PARTIAL, Channel.KIOSK)
    asked(engine, "狗要登记吗", 3, AnswerStatus.WITHHELD)
    asked(engine, "树能砍吗", 4, AnswerStatus.NEEDS_PERSON)
    assert store.gather(NOW) == 4
    assert store.gather(NOW) == 0
    dogs, trees = store.groups()
    assert (dogs.questions, dogs.channels) == (3, {"phone": 2, "kiosk": 1})
    assert dogs.reasons == {"no_basis": 1, "partial": 1, "withheld": 1}
    assert [(each.text, each.times) for each in dogs.wordings] == [("狗证哪里办", 2), ("狗要登记吗", 1)]
    assert (trees.questions, trees.title) == (1, "树能砍吗")


@pytest.mark.parametrize("status", [AnswerStatus.ANSWERED, AnswerStatus.GREETING, AnswerStatus.DECLINED, AnswerStatus.OUT_OF_SCOPE])
def test_what_was_answered_or_is_not_ours_does_not(engine: Engine, store: UnansweredStore, status: AnswerStatus) -> None:
    asked(engine, "狗证哪里办", 1, status)
    asked(engine, "狗证哪里办", 2, channel=Channel.STAFF)
    assert store.gather(NOW) == 0


def test_an_answer_that_did_not_help_and_one_that_was_handed_over_do(engine: Engine, store: UnansweredStore) -> None:
    public = SqlStore(engine, TOWN)
    public.feedback(asked(engine, "狗证哪里办", 1, AnswerStatus.ANSWERED), False, "没说清", None, NOW)
    public.feedback(asked(engine, "狗要登记吗", 2, AnswerStatus.ANSWERED), True, None, None, NOW)
    public.hand_over(None, asked(engine, "狗牌多少钱", 3, AnswerStatus.ANSWERED), NOW)
    number = public.hand_over("狗咬人找谁", None, NOW)
    public.hand_over(f"{OPINION}字太小", None, NOW)
    group = one(store)
    assert group.reasons == {"unhelpful": 1, "handed_over": 2}
    assert {each.text for each in group.wordings} == {"狗证哪里办", "狗牌多少钱", "狗咬人找谁"}
    handed = store.handed_over(NOW)
    assert number in {item.number for item in handed if item.group_id == group.id} and len(handed) == 3
    assert [item.group_id for item in handed if item.is_opinion] == [""]


def test_an_answer_that_is_taken_is_not_counted_again_when_it_is_handed_over(engine: Engine, store: UnansweredStore) -> None:
    answer_id = asked(engine, "狗证哪里办", 1)
    assert one(store).questions == 1
    SqlStore(engine, TOWN).hand_over(None, answer_id, NOW)
    group = one(store)
    assert (group.questions, [item.group_id for item in store.handed_over(NOW)]) == (1, [group.id])


def test_a_follow_up_is_grouped_with_what_it_goes_on_from(engine: Engine, store: UnansweredStore) -> None:
    asked(engine, "要多少钱", 1, understood="狗证哪里办,要多少钱")
    assert one(store).title == "狗证哪里办,要多少钱"


def test_a_new_wording_joins_its_group_whatever_was_done_with_it(engine: Engine, store: UnansweredStore) -> None:
    asked(engine, "狗证哪里办", 1)
    group = one(store)
    assert store.close(group, deed()) is Ending.DONE
    asked(engine, "狗要登记吗", 2)
    again = one(store)
    assert (again.id, again.state, again.questions, again.why) == (group.id, GroupState.CLOSED, 2, "因为")
    assert deeds(engine) == ["close_group"]


def test_others_write_while_wordings_are_grouped_and_nothing_is_taken_twice(engine: Engine) -> None:
    other, seen = UnansweredStore(engine, TOWN, by_first_sign), list[int]()

    def slow(wordings: Sequence[Wording]) -> Mapping[str, str]:
        seen.append(len(wordings))
        if len(seen) == 1:  # another clerk opens the list, and closes the group, in the same moment
            assert other.gather(NOW) == 1
            assert other.close(other.groups()[0], deed()) is Ending.DONE
            asked(engine, "狗要登记吗", 2)
        return by_first_sign(wordings)

    asked(engine, "狗证哪里办", 1)
    assert UnansweredStore(engine, TOWN, slow).gather(NOW) == 1
    (group,) = other.groups()
    assert (group.questions, group.state, seen) == (2, GroupState.CLOSED, [1, 2])


def test_what_stands_in_a_group_is_not_read_again(engine: Engine, store: UnansweredStore) -> None:
    asked(engine, "狗证哪里办", 1)
    SqlStore(engine, TOWN).hand_over("狗咬人找谁", None, NOW)
    assert store.gather(NOW) == 2
    with writing(engine) as connection:
        connection.execute(update(answers).values(body=["unreadable"]))
    assert store.gather(NOW) == 0


def test_a_group_that_joined_another_is_found_by_its_wording(engine: Engine, store: UnansweredStore) -> None:
    asked(engine, "狗证哪里办", 1)
    asked(engine, "树能砍吗", 2)
    store.gather(NOW)
    first, gone = sorted(store.groups(), key=lambda group: group.last_at)
    asked(engine, "路灯不亮", 3)
    UnansweredStore(engine, TOWN, lambda wordings: {each.key: first.id for each in wordings}).gather(NOW)
    assert store.group(gone.id) is None
    found = store.group(gone.id, gone.wordings[0].key)
    assert found is not None and (found.id, found.questions) == (first.id, 3)
    assert store.group("none", "none") is None


def test_added_wordings_go_with_their_group(engine: Engine, store: UnansweredStore) -> None:
    SqlTruth(engine, TOWN).add(a_text("dogs"), VersionState.PUBLISHED, NOW)
    asked(engine, "树能砍吗", 1)
    first = one(store)
    asked(engine, "狗证哪里办", 2)
    store.gather(NOW)
    (dogs,) = [group for group in store.groups() if group.id != first.id]
    assert store.add_wordings(dogs, "dogs", ["狗证哪里办"], deed("add_wordings")) is Ending.DONE
    assert store.reopen(replace(dogs, revision=1), deed("reopen_group")) is Ending.DONE
    asked(engine, "路灯不亮", 3)
    UnansweredStore(engine, TOWN, lambda wordings: {each.key: first.id for each in wordings}).gather(NOW)
    assert [item.group_id for item in store.wordings()] == [first.id]


def test_words_go_after_90_days_and_counts_stay(engine: Engine, store: UnansweredStore) -> None:
    asked(engine, "狗证哪里办", 1)
    group = one(store)
    store.save_draft(group, {"question": "狗证哪里办"}, deed("save_answer"))
    later = NOW + timedelta(days=91)
    SqlStore(engine, TOWN).purge(later, later.date())
    store.gather(later)
    (left,) = store.groups()
    assert (left.questions, left.wordings, left.draft, left.title) == (1, (), None, "")
    with reading(engine) as connection:
        assert connection.execute(select(question_wordings)).all() == []
        assert len(connection.execute(select(question_counts)).all()) == 1


def test_a_step_on_a_page_that_is_out_of_date_is_refused(engine: Engine, store: UnansweredStore) -> None:
    asked(engine, "狗证哪里办", 1)
    group = one(store)
    assert store.hand_on(group, "fu", deed("hand_on_group")) is Ending.DONE
    assert store.close(group, deed()) is Ending.GONE
    assert one(store).owner == "fu" and deeds(engine) == ["hand_on_group"]
    assert store.reopen(one(store), deed("reopen_group")) is Ending.DONE
    assert one(store).state is GroupState.OPEN


def test_wordings_for_an_entry_wait_for_a_second_person(engine: Engine, store: UnansweredStore) -> None:
    truth = SqlTruth(engine, TOWN)
    truth.add(a_text("dogs"), VersionState.PUBLISHED, NOW)
    asked(engine, "狗证哪里办", 1)
    assert store.add_wordings(one(store), "dogs", ["狗证哪里办"], deed("add_wordings")) is Ending.DONE
    (added,) = store.wordings("dogs")
    assert added.state is WordingState.IN_REVIEW and truth.published()[0].also_asked == ()
    for group in ("", "another"):
        assert store.approve_wordings(group, [added.key], deed(who="fu"), two_person=True) is Ending.GONE
        assert store.withdraw_wordings(group, [added.key], deed()) is Ending.GONE
    (name,) = [group.id for group in store.groups()]
    assert store.approve_wordings(name, [added.key], deed("approve_wordings"), two_person=True) is Ending.SAME_PERSON
    before = truth.revision()
    assert store.approve_wordings(name, [added.key], deed("approve_wordings", "fu"), two_person=True) is Ending.DONE
    assert truth.published()[0].also_asked == ("狗证哪里办",) and truth.revision() > before
    assert store.approved_questions() == (ApprovedQuestion("狗证哪里办", "dogs"),)
    assert store.withdraw_wordings(name, [added.key], deed("withdraw_wordings")) is Ending.DONE
    assert truth.published()[0].also_asked == () and store.approved_questions() == ()
    assert deeds(engine) == ["add_wordings", "approve_wordings", "withdraw_wordings"]


def test_one_tick_too_many_starts_the_waiting_wordings_and_leaves_those_in_use(
    engine: Engine, store: UnansweredStore
) -> None:
    truth = SqlTruth(engine, TOWN)
    truth.add(a_text("dogs"), VersionState.PUBLISHED, NOW)
    asked(engine, "狗证哪里办", 1)
    store.add_wordings(one(store), "dogs", ["狗证哪里办"], deed("add_wordings", "guan"))
    (first,) = store.wordings("dogs")
    name = one(store).id
    store.approve_wordings(name, [first.key], deed("approve_wordings", "fu"), two_person=True)
    store.add_wordings(one(store), "dogs", ["狗证咋办"], deed("add_wordings"))
    keys = [each.key for each in store.wordings("dogs")]
    assert store.approve_wordings(name, keys, deed("approve_wordings"), two_person=True) is Ending.SAME_PERSON
    assert store.approve_wordings(name, keys, deed("approve_wordings", "guan"), two_person=True) is Ending.DONE
    assert {*truth.published()[0].also_asked} == {"狗证哪里办", "狗证咋办"}
    assert {each.reviewed_by for each in store.wordings("dogs") if each.key == first.key} == {"fu"}
    assert store.approve_wordings(name, keys, deed("approve_wordings", "guan"), two_person=True) is Ending.GONE


def test_a_key_of_another_group_starts_nothing(engine: Engine, store: UnansweredStore) -> None:
    SqlTruth(engine, TOWN).add(a_text("dogs"), VersionState.PUBLISHED, NOW)
    for number, text in enumerate(("狗证哪里办", "树能砍吗"), 1):
        asked(engine, text, number)
    store.gather(NOW)
    for group in store.groups():
        assert store.add_wordings(group, "dogs", [group.title], deed("add_wordings")) is Ending.DONE
    keys, fu = [each.key for each in store.wordings()], deed("approve_wordings", "fu")
    assert len(keys) == 2
    for group in store.groups():
        assert store.approve_wordings(group.id, keys, fu, two_person=True) is Ending.GONE
        assert store.withdraw_wordings(group.id, keys, deed()) is Ending.GONE
    assert {each.state for each in store.wordings()} == {WordingState.IN_REVIEW}
    assert deeds(engine) == ["add_wordings"] * 2


def test_a_wording_belongs_to_one_entry_and_only_to_one_in_use(engine: Engine, store: UnansweredStore) -> None:
    truth = SqlTruth(engine, TOWN)
    for name in ("dogs", "cats"):
        truth.add(a_text(name), VersionState.PUBLISHED, NOW)
    asked(engine, "狗证哪里办", 1)
    assert store.add_wordings(one(store), "gone", ["狗证哪里办"], deed()) is Ending.GONE
    assert store.add_wordings(one(store), "dogs", ["狗证哪里办"], deed()) is Ending.DONE
    assert store.add_wordings(one(store), "cats", ["狗证哪里办"], deed()) is Ending.TAKEN
    assert one(store).document_id == "dogs" and len(deeds(engine)) == 1


def test_a_reply_is_read_under_its_number(engine: Engine, store: UnansweredStore) -> None:
    public = SqlStore(engine, TOWN)
    number = public.hand_over("狗证哪里办", None, NOW)
    assert number is not None
    assert store.reply(number, "到派出所办。", deed("reply_handover")) is Ending.DONE
    found = public.handover(number, NOW)
    assert found is not None and found.reply == "到派出所办。"
    assert store.reply("000000", "到派出所办。", deed("reply_handover")) is Ending.GONE
    assert deeds(engine) == ["reply_handover"]


def test_feedback_shows_what_did_not_help_first_and_who_looked(engine: Engine, store: UnansweredStore) -> None:
    public = SqlStore(engine, TOWN)
    for number, useful in ((1, True), (2, False), (3, False)):
        public.feedback(asked(engine, f"问题{number}", number, AnswerStatus.ANSWERED), useful, None, None, NOW)
    assert [item.useful for item in store.feedback()] == [False, False, True]
    assert store.see("a2", deed("see_feedback")) is Ending.DONE
    assert [(item.answer_id, item.seen_by) for item in store.feedback()][:2] == [("a3", ""), ("a2", "bian")]
    assert store.feedback("a2")[0].body["status"] == "answered"
    assert store.see("nobody", deed("see_feedback")) is Ending.GONE
    later = NOW + timedelta(days=91)
    public.purge(later, later.date())
    assert store.feedback() == []


def test_a_row_of_an_older_version_breaks_nothing(engine: Engine, store: UnansweredStore) -> None:
    row = {"town": TOWN, "id": "old", "session_hash": "h", "asked_at": NOW, "day": DAY, "channel": "phone", "event": ""}
    with writing(engine) as connection:
        connection.execute(insert(answers), row | {"question": "狗证", "status": "no_basis", "topic": "", "body": {}})
    assert one(store).title == "狗证"


def test_opinions_begin_as_the_page_writes_them() -> None:
    wording = load_wording(load_town(load_settings().town_file))
    assert wording.words("labels", "opinion") + "：" == OPINION
