"""Extracts what a document says: its own fields, its structure, what it cites."""
