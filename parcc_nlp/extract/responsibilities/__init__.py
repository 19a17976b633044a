"""The assignments a document makes: who leads, coordinates, implements, and to whom one reports."""

from __future__ import annotations

from parcc_nlp.extract.responsibilities.find import find_responsibilities

__all__ = ["find_responsibilities"]
