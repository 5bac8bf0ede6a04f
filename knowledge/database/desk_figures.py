"""Changes of figures on their way through two pairs of eyes, and bundled figures that the desk wrote over."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import Connection, Engine, RowMapping, delete, insert, select, update

from knowledge.database import staff_log
from knowledge.database.desk_records import put_paper
from knowledge.database.desk_values import UNDO, Outcome
from knowledge.database.engine import reading
from knowledge.database.figures import instruments_in, parameters_in, put_instruments, put_parameter
from knowledge.database.models import parameters
from knowledge.database.publishing import raise_revision
from knowledge.database.record_models import figure_changes, figure_overlays
from knowledge.database.staff_values import Deed
from knowledge.overlay_figures import changed, row_of
from knowledge.overlay_values import ChangeState, FigureChange, FigureOverlay, Paper
from knowledge.parameters import faults, parameter_of
from knowledge.types import DocumentOrigin, Instrument, Parameter

_C = figure_changes.c
_O = figure_overlays.c


def put_over(connection: Connection, town: str, parameter: Parameter) -> None:
    """Write a figure as the desk's. What was bundled until then is kept beside it."""
    origin = connection.execute(
        select(parameters.c.origin).where(parameters.c.town == town, parameters.c.id == parameter.id)
    ).scalar()
    if origin == DocumentOrigin.BUNDLED.value:
        base = row_of(parameters_in(connection, town)[parameter.id])
        connection.execute(delete(figure_overlays).where(_O.town == town, _O.parameter_id == parameter.id))
        row = {"town": town, "parameter_id": parameter.id, "base": base, "bundled": None}
        connection.execute(insert(figure_overlays), row)
    put_parameter(connection, town, parameter, DocumentOrigin.DESK)


def _taken_back(connection: Connection, town: str, parameter: Parameter) -> bool:
    """Where it is what an upgrade brought, it is the program's again, and nothing is left to compare."""
    same = (_O.town == town, _O.parameter_id == parameter.id)
    bundled = connection.execute(select(_O.bundled).where(*same)).scalar()
    if bundled is None or bundled != row_of(parameter):
        return False
    put_parameter(connection, town, parameter, DocumentOrigin.BUNDLED)
    connection.execute(delete(figure_overlays).where(*same))
    return True


class FigureStore:
    """Each call is one transaction, logged when it ends with DONE.

    The subject of a deed is the figure: a change of another one is GONE, so the log never names the wrong figure.
    """

    def __init__(self, engine: Engine, town: str) -> None:
        self._engine = engine
        self._town = town

    def parameters(self) -> dict[str, Parameter]:
        with reading(self._engine) as connection:
            return parameters_in(connection, self._town)

    def instruments(self) -> dict[str, Instrument]:
        with reading(self._engine) as connection:
            return instruments_in(connection, self._town)

    def changes(self, parameter_id: str = "") -> list[FigureChange]:
        """Newest first; of one figure, where named."""
        asked = select(figure_changes).where(_C.town == self._town)
        if parameter_id:
            asked = asked.where(_C.parameter_id == parameter_id)
        with reading(self._engine) as connection:
            rows = connection.execute(asked.order_by(_C.made_at.desc(), _C.id)).mappings().all()
        return [_change(row) for row in rows]

    def overlays(self) -> list[FigureOverlay]:
        with reading(self._engine) as connection:
            asked = select(figure_overlays).where(_O.town == self._town).order_by(_O.parameter_id)
            rows = connection.execute(asked).mappings().all()
        return [FigureOverlay(row["parameter_id"], row["base"], row["bundled"]) for row in rows]

    def propose(
        self, change: FigureChange, deed: Deed, instrument: Instrument | None = None, paper: Paper | None = None
    ) -> Outcome:
        """Hand a change in for the second look. instrument: a new one that it rests on."""

        def act(connection: Connection) -> Outcome:
            if _waiting(connection, self._town, change.parameter_id) is not None:
                return Outcome.GONE
            if instrument is not None:
                put_instruments(connection, self._town, {instrument.id: instrument})
            if paper is not None:
                put_paper(connection, self._town, paper)
            row = {name: getattr(change, name) for name in FigureChange.__slots__}
            row |= {"town": self._town, "state": change.state.value, "body": dict(change.body)}
            connection.execute(insert(figure_changes), row | {"before": dict(change.before)})
            return Outcome.DONE

        return self._do(deed, act)

    def publish(self, change_id: str, deed: Deed, *, two_person: bool) -> Outcome:
        """The figure as changed holds from now on in every answer; what it was until then is kept for the undo."""

        def act(connection: Connection) -> Outcome:
            change = _of(connection, self._town, change_id, deed.subject)
            if change is None or change.state is not ChangeState.IN_REVIEW:
                return Outcome.GONE
            if two_person and deed.who == change.made_by:
                return Outcome.SAME_PERSON
            held = parameters_in(connection, self._town).get(change.parameter_id)
            if held is None:
                return Outcome.GONE
            new = changed(held, change.body, instruments_in(connection, self._town))
            if faults(new):
                return Outcome.WRONG_DAY
            if not _taken_back(connection, self._town, new):
                put_over(connection, self._town, new)
            self._settle(connection, change_id, ChangeState.PUBLISHED, deed, before=row_of(held))
            raise_revision(connection, self._town, deed.at)
            return Outcome.DONE

        return self._do(deed, act)

    def drop(self, change_id: str, deed: Deed) -> Outcome:
        """Not this one: it goes from the waiting list, with the reason."""

        def act(connection: Connection) -> Outcome:
            change = _of(connection, self._town, change_id, deed.subject)
            if change is None or change.state is not ChangeState.IN_REVIEW:
                return Outcome.GONE
            self._settle(connection, change_id, ChangeState.DROPPED, deed)
            return Outcome.DONE

        return self._do(deed, act)

    def undo(self, change_id: str, deed: Deed) -> Outcome:
        """Within a day: the figure is again what it was before the change, if nothing else was changed since."""

        def act(connection: Connection) -> Outcome:
            change = _of(connection, self._town, change_id, deed.subject)
            if change is None or change.state is not ChangeState.PUBLISHED or change.settled_at is None:
                return Outcome.GONE
            if deed.at - change.settled_at >= UNDO:
                return Outcome.TOO_LATE
            known = instruments_in(connection, self._town)
            before = parameter_of(change.before, known)
            present = parameters_in(connection, self._town).get(change.parameter_id)
            if present != changed(before, change.body, known):
                return Outcome.GONE
            put_over(connection, self._town, before)
            self._settle(connection, change_id, ChangeState.UNDONE, deed, before=change.before)
            raise_revision(connection, self._town, deed.at)
            return Outcome.DONE

        return self._do(deed, act)

    def keep_ours(self, parameter_id: str, deed: Deed) -> Outcome:
        """A bundled figure changed under ours: ours stays, and this is settled. Theirs is taken as a change of it."""

        def act(connection: Connection) -> Outcome:
            same = (_O.town == self._town, _O.parameter_id == parameter_id)
            row = connection.execute(select(figure_overlays).where(*same)).mappings().first()
            if row is None or row["bundled"] is None:
                return Outcome.GONE
            kept = {"base": row["bundled"], "bundled": None}
            connection.execute(update(figure_overlays).where(*same).values(**kept))
            return Outcome.DONE

        return self._do(deed, act)

    def _settle(
        self, connection: Connection, change_id: str, state: ChangeState, deed: Deed, before: Mapping[str, object] | None = None
    ) -> None:
        values: dict[str, object] = {"state": state.value, "settled_by": deed.who, "settled_at": deed.at}
        values["settled_why"] = deed.why
        if before is not None:
            values["before"] = dict(before)
        connection.execute(
            update(figure_changes).where(_C.town == self._town, _C.id == change_id).values(**values)
        )

    def _do(self, deed: Deed, act: Callable[[Connection], Outcome]) -> Outcome:
        return staff_log.logged(self._engine, self._town, deed, act, Outcome.DONE)


def _of(connection: Connection, town: str, change_id: str, parameter_id: str) -> FigureChange | None:
    same = (_C.town == town, _C.id == change_id, _C.parameter_id == parameter_id)
    row = connection.execute(select(figure_changes).where(*same)).mappings().first()
    return None if row is None else _change(row)


def _waiting(connection: Connection, town: str, parameter_id: str) -> str | None:
    """The change of a figure that waits for the second look: one at a time."""
    asked = select(_C.id).where(
        _C.town == town, _C.parameter_id == parameter_id, _C.state == ChangeState.IN_REVIEW.value
    )
    found: str | None = connection.execute(asked).scalar()
    return found


def _change(row: RowMapping) -> FigureChange:
    held = {name: row[name] for name in FigureChange.__slots__ if name != "state"}
    return FigureChange(state=ChangeState(row["state"]), **held)
