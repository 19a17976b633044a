"""The review: rules that ask a legal officer to look at something, each with its code, its legal reason, its evidence.

`review` runs the rules over an extraction; `rules` lists them; `explain` says in words what one of them looks for.
Texts an officer may correct (names, reasons, wording, examples) stand in ``rules.yaml``, not in code.
"""

from parcc_nlp.review.context import Cited, RegistryView, RuleContext
from parcc_nlp.review.explain import explain
from parcc_nlp.review.rule import Example, Flag, LegalReason, Phrase, Rule, Text, phrase, rule
from parcc_nlp.review.run import review, rules

__all__ = [
    "Cited",
    "Example",
    "Flag",
    "LegalReason",
    "Phrase",
    "RegistryView",
    "Rule",
    "RuleContext",
    "Text",
    "explain",
    "phrase",
    "review",
    "rule",
    "rules",
]
