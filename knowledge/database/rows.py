"""Table rows to our values and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import RowMapping

from knowledge.types import (
    Basis,
    Confidence,
    DocumentKind,
    DocumentOrigin,
    Instrument,
    Letterhead,
    Parameter,
    ParameterValue,
    PartKind,
    Passage,
    Period,
    StoredVersion,
)


def instrument_row(town: str, instrument: Instrument) -> dict[str, Any]:
    body = asdict(instrument)
    body["text_files"] = list(instrument.text_files)
    for key in ("effective_from", "effective_to"):
        body[key] = body[key].isoformat() if body[key] else None
    return {"town": town, "id": instrument.id, "body": body}


def instrument_of(row: RowMapping) -> Instrument:
    body = dict(row["body"])
    for key in ("effective_from", "effective_to"):
        body[key] = date.fromisoformat(body[key]) if body[key] else None
    body["text_files"] = tuple(body.get("text_files", ()))  # JSON has lists; rows of an older version lack it
    return Instrument(**body)


def parameter_row(town: str, parameter: Parameter, origin: DocumentOrigin) -> dict[str, Any]:
    return {
        "town": town,
        "id": parameter.id,
        "what": parameter.what,
        "audience": dict(parameter.audience),
        "unit": parameter.unit,
        "per": parameter.per,
        "recheck_month": parameter.recheck_month,
        "ask": list(parameter.ask),
        "origin": origin.value,
    }


def value_rows(town: str, parameter: Parameter) -> list[dict[str, Any]]:
    return [
        {
            "town": town,
            "parameter_id": parameter.id,
            "ordinal": ordinal,
            "value": str(value.value),
            "effective_from": value.period.start,
            "effective_to": value.period.end,
            "recheck_on": value.recheck_on,
            "confidence": value.basis.confidence.value,
            "checked_on": value.basis.checked_on,
            "instrument_id": value.basis.instrument.id,
            "article": value.basis.article,
            "facts": list(value.facts),
        }
        for ordinal, value in enumerate(parameter.values)
    ]


def parameter_of(
    row: RowMapping, values: list[RowMapping], instruments: Mapping[str, Instrument]
) -> Parameter:
    return Parameter(
        id=row["id"],
        what=row["what"],
        audience=row["audience"],
        unit=row["unit"],
        per=row["per"],
        values=tuple(_value_of(value, instruments) for value in values),
        recheck_month=row["recheck_month"],
        ask=tuple(row["ask"]),
    )


def _value_of(row: RowMapping, instruments: Mapping[str, Instrument]) -> ParameterValue:
    basis = Basis(
        instruments[row["instrument_id"]], row["article"], Confidence(row["confidence"]), row["checked_on"]
    )
    return ParameterValue(
        value=Decimal(row["value"]),
        period=Period(row["effective_from"], row["effective_to"]),
        basis=basis,
        recheck_on=row["recheck_on"],
        facts=tuple(row["facts"]),
    )


def version_row(town: str, version: StoredVersion, ordinal: int, state: str, now: datetime) -> dict[str, Any]:
    return {
        "town": town,
        "document_id": version.document_id,
        "version": version.version,
        "ordinal": ordinal,
        "state": state,
        "kind": version.kind.value,
        "origin": version.origin.value,
        "topic": version.topic,
        "region": version.region,
        "title": version.title,
        "content": version.content,
        "digest": version.digest,
        "effective_from": version.period.start,
        "effective_to": version.period.end,
        "original_sha256": version.original_sha256,
        "original_name": version.original_name,
        "written_by": version.written_by,
        "created_at": now,
        "reviewed_by": version.reviewed_by,
        "reviewed_on": version.reviewed_on,
    }


def version_of(
    row: RowMapping, passages: tuple[Passage, ...], letterhead: Letterhead | None = None
) -> StoredVersion:
    return StoredVersion(
        document_id=row["document_id"],
        version=row["version"],
        kind=DocumentKind(row["kind"]),
        origin=DocumentOrigin(row["origin"]),
        topic=row["topic"],
        title=row["title"],
        region=row["region"],
        content=row["content"],
        digest=row["digest"],
        period=Period(row["effective_from"], row["effective_to"]),
        passages=passages,
        original_sha256=row["original_sha256"],
        original_name=row["original_name"],
        written_by=row["written_by"],
        reviewed_by=row["reviewed_by"],
        reviewed_on=row["reviewed_on"],
        letterhead=letterhead,
    )


def passage_row(town: str, passage: Passage, ordinal: int) -> dict[str, Any]:
    return {
        "town": town,
        "id": passage.id,
        "document_id": passage.document_id,
        "version": passage.version,
        "part": passage.part,
        "kind": passage.kind.value,
        "ordinal": ordinal,
        "heading": list(passage.heading),
        "text": passage.text,
        "digest": passage.digest,
    }


def passage_of(row: RowMapping) -> Passage:
    return Passage(
        id=row["id"],
        document_id=row["document_id"],
        version=row["version"],
        part=row["part"],
        kind=PartKind(row["kind"]),
        heading=tuple(row["heading"]),
        text=row["text"],
        digest=row["digest"],
    )
