"""What the desk has confirmed, over what the files say: for commands that read the folder and not the library."""

from __future__ import annotations

from dataclasses import replace

from knowledge.check import Context
from knowledge.database.desk_records import records_in
from knowledge.database.engine import open_database, reading, sqlite_path
from knowledge.database.figures import desk_figures_in
from knowledge.overlay_town import with_records


def with_confirmed(context: Context, database: str) -> Context:
    """The context with the desk's offices, hotlines and figures; as it is where no desk has worked yet.

    database: SQLAlchemy address. A missing SQLite file is not made. Raises DatabaseFault.
    """
    file = sqlite_path(database)
    if file is not None and not file.exists():
        return context
    engine = open_database(database, migrate=False)
    try:
        with reading(engine) as connection:
            records = records_in(connection, context.town.id)
            figures = desk_figures_in(connection, context.town.id)
    finally:
        engine.dispose()
    return replace(
        context, town=with_records(context.town, records), parameters={**context.parameters, **figures}
    )
