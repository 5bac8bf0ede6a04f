"""Figures and instruments in the database: read, compare, write; always inside the caller's session."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from knowledge.database.models import instruments, parameter_values, parameters
from knowledge.database.record_models import figure_overlays
from knowledge.database.rows import instrument_of, instrument_row, parameter_of, parameter_row, value_rows
from knowledge.overlay_figures import row_of
from knowledge.types import DocumentOrigin, Instrument, Parameter


def instruments_in(connection: Connection, town: str) -> dict[str, Instrument]:
    """Every instrument by id."""
    asked = select(instruments).where(instruments.c.town == town).order_by(instruments.c.id)
    return {row["id"]: instrument_of(row) for row in connection.execute(asked).mappings()}


def parameters_in(connection: Connection, town: str) -> dict[str, Parameter]:
    """Every figure by id, its values in order."""
    known = instruments_in(connection, town)
    values: defaultdict[str, list[RowMapping]] = defaultdict(list)
    asked = select(parameter_values).where(parameter_values.c.town == town)
    for value in connection.execute(asked.order_by(parameter_values.c.ordinal)).mappings():
        values[value["parameter_id"]].append(value)
    rows = connection.execute(select(parameters).where(parameters.c.town == town).order_by(parameters.c.id))
    return {row["id"]: parameter_of(row, values[row["id"]], known) for row in rows.mappings()}


def desk_figures_in(connection: Connection, town: str) -> dict[str, Parameter]:
    """The figures that the desk wrote, by id."""
    of_desk = _written_at_the_desk(connection, town)
    return {key: figure for key, figure in parameters_in(connection, town).items() if key in of_desk}


def put_figures(
    connection: Connection, town: str, wanted: Mapping[str, Parameter], resting_on: Mapping[str, Instrument]
) -> bool:
    """Make bundled figures and instruments what the folder says; False when they were so already.

    Figures that the desk wrote are left alone. Bundled figures no longer wanted are removed.
    """
    of_desk = _written_at_the_desk(connection, town)
    note_bundled(connection, town, {key: wanted[key] for key in of_desk & wanted.keys()})
    held = parameters_in(connection, town)
    known = instruments_in(connection, town)
    changed = [figure for key, figure in wanted.items() if key not in of_desk and held.get(key) != figure]
    gone = [key for key in held if key not in wanted and key not in of_desk]
    new = {key: item for key, item in resting_on.items() if known.get(key) != item}
    if not (changed or gone or new):
        return False
    put_instruments(connection, town, new)
    remove_parameters(connection, town, gone)
    for parameter in changed:
        put_parameter(connection, town, parameter, DocumentOrigin.BUNDLED)
    return True


def note_bundled(connection: Connection, town: str, wanted: Mapping[str, Parameter]) -> None:
    """Keep what is bundled now beside each figure that the desk wrote over, where it is not what it was then."""
    asked = select(figure_overlays).where(figure_overlays.c.town == town)
    for row in connection.execute(asked).mappings().all():
        if row["parameter_id"] not in wanted:
            continue
        now = row_of(wanted[row["parameter_id"]])
        bundled = None if now == row["base"] else now
        if bundled != row["bundled"]:
            same = (figure_overlays.c.town == town, figure_overlays.c.parameter_id == row["parameter_id"])
            connection.execute(update(figure_overlays).where(*same).values(bundled=bundled))


def put_instruments(connection: Connection, town: str, wanted: Mapping[str, Instrument]) -> None:
    """Add or change; none is removed, since a version that stays may rest on it."""
    held = select(instruments.c.id).where(instruments.c.town == town)
    known = set(connection.execute(held).scalars())
    for instrument in wanted.values():
        row = instrument_row(town, instrument)
        if instrument.id in known:
            same = (instruments.c.town == town, instruments.c.id == instrument.id)
            connection.execute(update(instruments).where(*same).values(body=row["body"]))
        else:
            connection.execute(insert(instruments), row)


def put_parameter(connection: Connection, town: str, parameter: Parameter, origin: DocumentOrigin) -> None:
    """Write a figure and its values anew. Its instruments must be there."""
    remove_parameters(connection, town, [parameter.id])
    connection.execute(insert(parameters), parameter_row(town, parameter, origin))
    rows = value_rows(town, parameter)
    if rows:
        connection.execute(insert(parameter_values), rows)


def remove_parameters(connection: Connection, town: str, ids: Iterable[str]) -> None:
    for parameter_id in ids:
        connection.execute(
            delete(parameter_values).where(
                parameter_values.c.town == town, parameter_values.c.parameter_id == parameter_id
            )
        )
        connection.execute(
            delete(parameters).where(parameters.c.town == town, parameters.c.id == parameter_id)
        )


def _written_at_the_desk(connection: Connection, town: str) -> set[str]:
    asked = select(parameters.c.id).where(
        parameters.c.town == town, parameters.c.origin != DocumentOrigin.BUNDLED.value
    )
    return set(connection.execute(asked).scalars())
