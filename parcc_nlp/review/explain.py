"""What a rule looks for, in words: for ``parcc explain`` and for the pages of the documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcc_nlp.errors import UsageError
from parcc_nlp.review.naming import day
from parcc_nlp.review.run import rules

if TYPE_CHECKING:
    from parcc_nlp.review.rule import Example, Language, LegalReason

__all__ = ["explain"]

_LABELS = {
    "vi": {
        "error": "lỗi",
        "warning": "cảnh báo",
        "info": "thông tin",
        "unknown": "chưa rõ",
        "severity": "Mức độ",
        "reasons": "Cơ sở pháp lý",
        "fires": "Ví dụ có phát hiện",
        "silent": "Ví dụ không có phát hiện",
        "signed": "văn bản ký ngày {}",
        "as_of": "hỏi tại ngày {}",
        "since": "ký từ {}",
        "until": "ký trước {}",
        "normative": "văn bản quy phạm pháp luật",
        "administrative": "văn bản hành chính",
    },
    "en": {
        "error": "error",
        "warning": "warning",
        "info": "information",
        "unknown": "not known",
        "severity": "Severity",
        "reasons": "Legal basis",
        "fires": "An example that fires",
        "silent": "An example that does not",
        "signed": "document signed on {}",
        "as_of": "asked as of {}",
        "since": "signed from {}",
        "until": "signed before {}",
        "normative": "normative documents",
        "administrative": "administrative documents",
    },
}


def explain(code: str, *, lang: Language = "vi") -> str:
    """Say what a rule looks for and why, with its clauses and its examples.

    Parameters
    ----------
    code
        The code of a rule; case is ignored.
    lang
        ``"vi"`` or ``"en"``.

    Returns
    -------
    str
        Some lines of plain text.

    Raises
    ------
    UsageError
        There is no such rule (E304).

    Examples
    --------
    >>> print(explain("vb207").splitlines()[0])
    VB207 – Ngày không thể có
    """
    rule = next((rule for rule in rules() if rule.code == code.strip().upper()), None)
    if rule is None:
        raise UsageError("E304", value=code)
    words = _LABELS[lang]
    lines = [
        f"{rule.code} – {rule.name.in_(lang)}",
        f"{words['severity']}: {words[rule.severity]}",
        "",
        rule.about.in_(lang),
        "",
        f"{words['reasons']}:",
        *(f"  - {_reason(reason, lang)}" for reason in rule.reasons),
        "",
        *_example(words["fires"], rule.fires, lang),
        *_example(words["silent"], rule.silent, lang),
    ]
    return "\n".join(lines)


def _reason(reason: LegalReason, lang: Language) -> str:
    words = _LABELS[lang]
    limits = []
    if reason.normative is not None:
        limits.append(words["normative" if reason.normative else "administrative"])
    if reason.since:
        limits.append(words["since"].format(day(reason.since)))
    if reason.until:
        limits.append(words["until"].format(day(reason.until)))
    text = reason.text.in_(lang)
    return f"{text} [{', '.join(limits)}]" if limits else text


def _example(title: str, example: Example, lang: Language) -> tuple[str, str]:
    words = _LABELS[lang]
    when = words["signed"].format(day(example.signed))
    if example.as_of != "signing":
        when += ", " + words["as_of"].format(day(example.as_of))
    return f"{title} ({when}):", f"  {example.text}"
