"""What is known of instruments: identity, resolution of a citation, status on a date, each with its evidence."""

from parcc_nlp.registry.identity import instrument_id
from parcc_nlp.registry.registry import Registry
from parcc_nlp.registry.resolve import Resolved
from parcc_nlp.registry.status import KnockOn
from parcc_nlp.registry.tables import Reorganisation

__all__ = ["KnockOn", "Registry", "Reorganisation", "Resolved", "instrument_id"]
