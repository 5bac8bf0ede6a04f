"""The reason of who settled a change of a figure, beside that of who proposed it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("figure_changes", sa.Column("settled_why", sa.Text(), nullable=False, server_default=""))
