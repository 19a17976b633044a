"""The agencies a text names: bodies, collectives of them, and heads standing for their body."""

from __future__ import annotations

from parcc_nlp.extract.agencies.find import find_agencies

__all__ = ["find_agencies"]
