"""What a document does to others in its operative clauses, and from when."""

from parcc_nlp.extract.effects.find import Statements, find_effects

__all__ = ["Statements", "find_effects"]
