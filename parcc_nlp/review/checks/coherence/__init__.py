"""VB4: whether a document agrees with itself: its citations, provisions, figures, numbering, attached plan."""

from parcc_nlp.review.checks.coherence.annexes import vb405
from parcc_nlp.review.checks.coherence.attached import vb404
from parcc_nlp.review.checks.coherence.figures import vb407
from parcc_nlp.review.checks.coherence.later import vb402
from parcc_nlp.review.checks.coherence.numbering import vb408
from parcc_nlp.review.checks.coherence.one_instrument import vb401
from parcc_nlp.review.checks.coherence.references import vb406
from parcc_nlp.review.checks.coherence.replaced import vb403

__all__ = ["RULES"]

RULES = (vb401, vb402, vb403, vb404, vb405, vb406, vb407, vb408)
