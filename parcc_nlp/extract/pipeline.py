"""The spaCy pipeline of this package: Vietnamese, our tokenizer, and one component a layer.

For a script that wants citations and no tokens, `parcc_nlp.extract` gives the same values without spaCy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import spacy

from parcc_nlp.extract import components
from parcc_nlp.extract.tokenizer import REGISTERED_NAME

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["COMPONENTS", "build_pipeline"]

COMPONENTS = (
    "parcc_metadata",
    "parcc_structure",
    "parcc_citations",
    "parcc_targets",
    "parcc_agencies",
    "parcc_responsibilities",
    "parcc_effects",
)
"""Names of the components in the order they run: those behind use the metadata and structure found before."""


def build_pipeline() -> Language:
    """Make the pipeline: ``spacy.blank("vi")`` with our tokenizer and components; it needs no pyvi and no download.

    Returns
    -------
    Language
        A new pipeline. Its ``max_length`` is spaCy's (one million characters); as no component keeps arrays of the
        text, it may be raised where memory allows.

    Examples
    --------
    >>> nlp = build_pipeline()
    >>> doc = nlp("Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08/6/2010 của Chính phủ;")
    >>> [(span.text, span._.citation.issued) for span in doc.spans["citations"]]
    [('Nghị định số 63/2010/NĐ-CP ngày 08/6/2010 của Chính phủ', '2010-06-08')]
    """
    components.register_extensions()
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": REGISTERED_NAME}}})
    for name in COMPONENTS:
        nlp.add_pipe(name)
    return nlp
