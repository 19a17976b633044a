"""Rule codes on the command line: choosing rules, listing them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parcc_nlp.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parcc_nlp.cli.streams import Language

__all__ = ["codes", "explained", "listing"]


def codes(values: Iterable[str]) -> tuple[str, ...]:
    """Take rule codes or their beginnings, given one by one or with commas between.

    Raises
    ------
    UsageError
        E304: no rule's code begins so. A slip must not silently choose nothing.
    """
    wanted = tuple(part.strip().upper() for value in values for part in value.split(",") if part.strip())
    if wanted:
        from parcc_nlp.review import rules

        known = [rule.code for rule in rules()]
        for one in wanted:
            if not any(code.startswith(one) for code in known):
                raise UsageError("E304", value=one)
    return wanted


def explained(code: str, *, lang: Language) -> str:
    """Explain a rule of the review, or a finding that the library makes when documents come in (TV9…).

    Raises
    ------
    UsageError
        E304: no rule has this code.
    """
    from parcc_nlp.library.import_codes import import_codes
    from parcc_nlp.review import explain

    noted = import_codes().get(code.strip().upper())
    if noted is None:
        return explain(code, lang=lang)
    return f"{noted.code}: {noted.name[lang]}\n\n{noted.about[lang]}\n\n{noted.reason[lang]}"


def listing(*, lang: Language) -> str:
    """List every rule: code, severity, name."""
    from parcc_nlp.report.wording import words
    from parcc_nlp.review import rules

    rows = [(rule.code, words(f"severity_{rule.severity}", lang), rule.name.in_(lang)) for rule in rules()]
    width = max(len(severity) for _, severity, _ in rows)
    return "".join(f"{code}  {severity:<{width}}  {name}\n" for code, severity, name in rows)
