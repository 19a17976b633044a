"""A second opinion on what the grammar leaves undecided: verb or noun, and where a name ends. Off unless asked for.

The layers decide by their grammar alone. Whoever wants another view of the doubtful places passes what was extracted
through `reconsider` with an opinion: underthesea's part-of-speech tagger (`UndertheseaOpinion`) or spaCy's matchers
(`MatcherOpinion`), or one of their own that follows `SecondOpinion`. `benchmarks/ablation.py` measures what each adds.
"""

from parcc_nlp.extract.segmentation.matcher import MatcherOpinion
from parcc_nlp.extract.segmentation.opinion import SecondOpinion
from parcc_nlp.extract.segmentation.reconsider import (
    reconsider,
    reconsider_responsibilities,
    reconsider_targets,
)
from parcc_nlp.extract.segmentation.tagger import UndertheseaOpinion

__all__ = [
    "MatcherOpinion",
    "SecondOpinion",
    "UndertheseaOpinion",
    "reconsider",
    "reconsider_responsibilities",
    "reconsider_targets",
]
