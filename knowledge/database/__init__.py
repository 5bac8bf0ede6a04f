"""The database: one metadata, one chain of migrations, and the port of truth on top of them."""
