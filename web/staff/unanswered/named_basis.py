"""A paper that is not held here, as a clerk names it: who issued it, what of it was seen, and its own words."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.staff_answer import AnswerBasis
from knowledge.types import Confidence, Instrument, Town
from web.staff.holdings.entry_words import SEEN as SEEN_WORDS
from web.staff.holdings.instrument_form import NewInstrument, new_instrument
from web.staff.views import FieldError

SEEN = tuple((kind.value, SEEN_WORDS[kind]) for kind in (Confidence.VERIFIED, Confidence.SECONDHAND))


def named_basis(
    fields: Mapping[str, str], town: Town, known: Mapping[str, Instrument]
) -> tuple[AnswerBasis | None, tuple[FieldError, ...]]:
    """fields: those of `answer_form.FIELDS` that begin with basis_. known: every record, by id.

    A paper that is on record already is named by that record; what was typed must agree with it.
    """
    typed = _typed(fields)
    if not typed.title:
        return None, (FieldError("basis_title", "请写文件的名称。"),)
    instrument, wrong = new_instrument(typed, tuple(level.name for level in town.levels))
    errors = [FieldError(error.field.replace("new_", "basis_"), error.sentence) for error in wrong]
    held = registered(instrument, known) if instrument else None
    if instrument and held:
        errors += _disagreeing(instrument, held)
    if fields.get("basis_seen", "") not in dict(SEEN):
        errors.append(FieldError("basis_seen", "请选见过原文没有。"))
    if errors or instrument is None:
        return None, tuple(errors)
    article, quote = fields.get("basis_article", "").strip() or None, fields.get("basis_quote", "").strip()
    return AnswerBasis(held or instrument, article, quote, confidence=Confidence(fields["basis_seen"])), ()


def _typed(fields: Mapping[str, str]) -> NewInstrument:
    title, number, issuer, level = (
        " ".join(fields.get(f"basis_{name}", "").split()) for name in ("title", "number", "issuer", "level")
    )
    return NewInstrument(title.strip("《》"), number, issuer, level)


def registered(instrument: Instrument, known: Mapping[str, Instrument]) -> Instrument | None:
    """The record of the same paper: of the same id, or of the same title and document number."""
    if instrument.id in known or not instrument.document_number:
        return known.get(instrument.id)
    said = (instrument.title, instrument.document_number)
    return next((each for each in known.values() if (each.title, each.document_number) == said), None)


def _disagreeing(instrument: Instrument, held: Instrument) -> list[FieldError]:
    sentence = (
        f"《{held.title}》已经登记过：发文机关是“{held.issuer}”，层级是“{held.level}”。请照着改；"
        "是另一份文件，请把名称、文号写全。"
    )
    if instrument.issuer != held.issuer:
        return [FieldError("basis_issuer", sentence)]
    return [FieldError("basis_level", sentence)] if instrument.level != held.level else []
