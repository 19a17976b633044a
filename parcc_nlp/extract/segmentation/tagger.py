"""The opinion of underthesea: word segmentation and parts of speech. Nothing is downloaded."""

from __future__ import annotations

from functools import lru_cache

from parcc_nlp.errors import PipelineError
from parcc_nlp.extract.segmentation.alignment import Word, aligned

__all__ = ["UndertheseaOpinion", "tagged_words"]


class UndertheseaOpinion:
    """Ask underthesea's tagger; its models are loaded once a process, with the first question.

    Raises
    ------
    PipelineError
        E406, with the first question, where underthesea is not installed.

    Examples
    --------
    >>> UndertheseaOpinion().is_verb("Tỷ lệ hài lòng đạt 90%.", 15, 18)
    True
    """

    def is_verb(self, sentence: str, start: int, end: int) -> bool | None:
        """Tell whether the tagger takes the word that begins a stretch for a verb; None for neither verb nor noun."""
        for word in tagged_words(sentence):
            if word.start <= start < word.end and word.start < end:
                return True if word.tag.startswith("V") else False if word.tag.startswith("N") else None
        return None

    def name_end(self, sentence: str, start: int, end: int) -> int:
        """Give the end of the word that the name would be cut in: "Ban Chỉ đạo các Chương" ends behind "trình"."""
        for word in tagged_words(sentence):
            if start < word.start < end < word.end:
                return word.end
        return end


@lru_cache(maxsize=64)
def tagged_words(sentence: str) -> tuple[Word, ...]:
    """Give the words of a sentence with their parts of speech, on the text as it is printed.

    Raises
    ------
    PipelineError
        E406 where underthesea is not installed.

    Examples
    --------
    >>> [("đạt  90%"[word.start : word.end], word.tag) for word in tagged_words("đạt  90%")]
    [('đạt', 'V'), ('90', 'M'), ('%', 'N')]
    """
    try:
        from underthesea import pos_tag  # noqa: PLC0415  half a second and fifty megabytes, for those who ask
    except ImportError as error:
        raise PipelineError("E406") from error
    return aligned(sentence, pos_tag(sentence))
