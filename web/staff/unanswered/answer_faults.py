"""What is wrong with an answer as it was typed, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from bot.masking import mask
from bot.stages.verify import verify
from bot.types import BasisRef, Block, BlockKind, Citation, Draft, PassageRef
from ingest.staff_answer import AnswerBasis, StaffAnswer
from knowledge.figures import figures_in
from knowledge.mentions import FigureKind
from knowledge.normalise import matching_key
from knowledge.qualifier_words import Vocabulary
from knowledge.style import MAX_CONCLUSION, length_of
from knowledge.types import Confidence, FigureState, PartKind, Period, Town
from web.staff.unanswered.answer_form import typed
from web.staff.unanswered.basis import HELD, NAMED, NONE
from web.staff.views import FieldError

MAX_LINES, MAX_LINE = 12, 120
_UNHELD = frozenset({FigureKind.MONEY, FigureKind.RATE, FigureKind.ARTICLE, FigureKind.DOCUMENT_NUMBER})
_BASES = (HELD, NAMED, NONE)


def faults_of(
    answer: StaffAnswer,
    draft: Mapping[str, object],
    basis: AnswerBasis | None,
    town: Town,
    others: Mapping[str, str],
    on: date,
) -> tuple[FieldError, ...]:
    """others: matching key of a wording -> the question of the entry that has it already."""
    found = [*_shape(answer, town), *_wordings(answer, others), *_basis(typed(draft), answer, basis)]
    for kind, lines in answer.lines.items():
        sentence = next(filter(None, (_line_fault(line, basis, town, on) for line in lines)), "")
        if sentence:
            found.append(FieldError(kind.value, sentence))
    return tuple(found)


def _shape(answer: StaffAnswer, town: Town) -> Iterator[FieldError]:
    if not 2 <= len(answer.question) <= 60:
        yield FieldError("question", "请写一句标准问法，最多 60 个字。")
    if answer.topic not in {topic.slug for topic in town.topics}:
        yield FieldError("topic", "请选归哪一类。")
    conclusion = answer.lines.get(PartKind.CONCLUSION, ())
    if len(conclusion) != 1 or length_of(conclusion[0]) > MAX_CONCLUSION:
        yield FieldError("conclusion", f"结论写一句话，最多 {MAX_CONCLUSION} 个字。")
    if not any(answer.lines.get(kind) for kind in (PartKind.WHERE, PartKind.STEPS, PartKind.NOTE)):
        yield FieldError("steps", "“怎么办”“去哪里”“注意”至少写一样，让人看完知道下一步做什么。")
    for kind, lines in answer.lines.items():
        if len(lines) > MAX_LINES or any(len(line) > MAX_LINE for line in lines):
            yield FieldError(kind.value, f"太长了：最多 {MAX_LINES} 行，一行最多 {MAX_LINE} 个字。")


def _wordings(answer: StaffAnswer, others: Mapping[str, str]) -> Iterator[FieldError]:
    for wording in (answer.question, *answer.wordings):
        owner = others.get(matching_key(wording))
        if owner:
            field = "question" if wording == answer.question else "wordings"
            yield FieldError(field, f"“{wording[:30]}”已经由“{owner[:30]}”回答，请去掉，或者改那一条。")
            return


def _basis(fields: Mapping[str, str], answer: StaffAnswer, basis: AnswerBasis | None) -> Iterator[FieldError]:
    """What is wrong with a paper that is named by its title alone `named_basis` says."""
    if fields["basis"] not in _BASES:
        yield FieldError("basis", "请选依据是什么；没有文件就选“经验答复，无文件依据”。")
    elif basis is None and fields["basis"] == HELD:
        yield FieldError("basis_words", "请先查文件，再在查到的段落里选一段。")
    elif fields["basis"] == NAMED and basis and not basis.quote:
        said = next((line for lines in answer.lines.values() for line in lines if _figures(line)), "")
        if said:
            sentence = f"“{said[:20]}”里有数字、日期：请把文件里说它的原话抄在“原话”里，好核对。"
            yield FieldError("basis_quote", sentence)


def _figures(line: str) -> bool:
    return any(figure.kind is not FigureKind.PHONE for figure in figures_in(line))


def _line_fault(line: str, basis: AnswerBasis | None, town: Town, on: date) -> str:
    """What is wrong with one line, '' where nothing is."""
    if any(sign in line for sign in "{}〔〕") or line.startswith("#"):
        return "不要用花括号、六角括号，也不要用 # 开头。"
    if mask(line)[1]:
        return f"“{line[:20]}”里像是有身份证号、手机号或者账号，请去掉。"
    figures = figures_in(line)
    if any(figure.kind is FigureKind.PHONE for figure in figures):
        return "电话不要写在正文里，在下面“电话”里勾选。"
    if basis is None:
        return ""
    if basis.is_experience and any(figure.kind in _UNHELD for figure in figures):
        return f"“{line[:20]}”里有钱数、比例、条号或者文号：没有文件依据的不能写，请补上依据，或者删掉这个数。"
    if basis.quote and not _stands_in(line, basis, town, on):
        return f"“{line[:20]}”里的数字、日期在选的那段依据里没有，或者说的不是一回事，请核对。"
    return ""


def _stands_in(line: str, basis: AnswerBasis, town: Town, on: date) -> bool:
    """By the same check that every answer passes before it is shown."""
    instrument = basis.instrument
    citation = Citation(
        number=1,
        confidence=Confidence.VERIFIED,
        state=FigureState.IN_FORCE,
        checked_on=on,
        passage=PassageRef(basis.passage_id, instrument.id, "", instrument.title, "", basis.quote),
        basis=BasisRef(
            instrument.title,
            instrument.document_number,
            instrument.issuer,
            basis.article,
            instrument.level,
            instrument.effective_from,
            instrument.effective_to,
        ),
    )
    draft = Draft(Block(BlockKind.STEPS, line, (1,), marks=((1,),)), (citation,))
    held = verify(draft, question_text="", about=Period.of_day(on), vocabulary=Vocabulary.of(town.levels))
    return held is not None
