"""The revisions of a library's tables (Alembic)."""
