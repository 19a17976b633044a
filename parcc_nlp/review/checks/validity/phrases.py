"""Parts of findings about validity: what is cited, by what it was changed or ended, on what grounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcc_nlp.review.naming import as_evidence, cited_name, day, in_brackets, mentions, named
from parcc_nlp.review.rule import phrase

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcc_nlp.model import Citation, Evidence, Proof, Status
    from parcc_nlp.review.context import Cited, RuleContext
    from parcc_nlp.review.rule import Phrase

__all__ = ["ENDINGS", "common_fields", "done_by", "grounds", "subject_of"]

ENDINGS = {"replaces": "replaced_by", "repeals": "repealed_by"}
"""Relations that end an instrument, with the key of their wording."""


def common_fields(cited: Cited, citation: Citation) -> dict[str, str | Phrase | None]:
    """Give the fields of every finding on validity: the words of the citation, and how often else it is cited."""
    return {"cited": cited_name(citation), "mentions": mentions(cited, shown=citation)}


def done_by(key: str, proof: Proof, context: RuleContext, *, dated: bool) -> Phrase:
    """Name the instrument that does something to another, with its clause and, if asked, its date."""
    fields: dict[str, str | Phrase | None] = {
        "by": named(proof.by, context.known),
        "clause": in_brackets(proof.clause),
    }
    if dated:
        fields["since"] = phrase("since", day=day(proof.effective)) if proof.effective else None
    return phrase(key, **fields)


def grounds(status: Status, context: RuleContext) -> tuple[Evidence, ...]:
    """Give what proves a status."""
    return tuple(as_evidence(proof, context.known) for proof in status.proof)


def subject_of(cited: Cited, by: Iterable[str]) -> str:
    """Give what a flag is about: the instrument and what was done to it.

    What an officer has set aside about one amendment must come up again when another one follows.
    """
    return " ".join((cited.key, *sorted(set(by))))
