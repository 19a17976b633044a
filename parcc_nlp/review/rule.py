"""What a rule is: a small function that flags places, bound to the texts that ``rules.yaml`` keeps for its code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from parcc_nlp.model import Evidence, Severity

if TYPE_CHECKING:
    from parcc_nlp.review.context import RuleContext

__all__ = [
    "Check",
    "Example",
    "Flag",
    "LegalReason",
    "Need",
    "Phrase",
    "Rule",
    "Text",
    "phrase",
    "rule",
    "shared_texts",
]

Language = Literal["vi", "en"]
Kind = Literal["fail", "open", "review"]
Need = Literal["registry", "as_of", "signed"]
"""What a rule cannot run without: a registry, a day to ask about, the signing date of the document."""


@dataclass(frozen=True, slots=True)
class Text:
    """One wording in both languages."""

    vi: str
    en: str

    def in_(self, lang: Language) -> str:
        """Give the wording in one language."""
        return self.vi if lang == "vi" else self.en


@dataclass(frozen=True, slots=True)
class Phrase:
    """A wording still to be rendered: the key of a template and the values of its fields.

    A value is a plain string, a wording, another phrase, or several of them (joined with semicolons). None leaves the
    field empty.
    """

    key: str
    fields: tuple[tuple[str, PhraseValue], ...] = ()


PhraseValue = str | Text | Phrase | tuple["str | Text | Phrase", ...] | None


def phrase(key: str, **fields: PhraseValue) -> Phrase:
    """Make a `Phrase`.

    Examples
    --------
    >>> phrase("since", day="01/7/2025")
    Phrase(key='since', fields=(('day', '01/7/2025'),))
    """
    return Phrase(key, tuple(fields.items()))


@dataclass(frozen=True, slots=True)
class LegalReason:
    """The clause a rule rests on, for documents signed from `since` on and before `until` (ISO days or None).

    `normative` limits it to normative documents (true) or administrative ones (false).
    """

    text: Text
    since: str | None = None
    until: str | None = None
    normative: bool | None = None

    def governs(self, day: str | None, *, normative: bool | None) -> bool:
        """Say whether this clause governs a document signed on `day`; what is not known excludes nothing."""
        if self.normative is not None and normative is not None and self.normative != normative:
            return False
        if day is None:
            return True
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Example:
    """The lines of a document that show a rule at work; they are run as tests.

    `signed` is the document's own signing date, `as_of` the day asked about ("signing" or an ISO day).
    """

    text: str
    signed: str
    as_of: str = "signing"


@dataclass(frozen=True, slots=True)
class Flag:
    """One place a rule asks to look at, still without the rule's texts.

    `subject` is what the flag is about (an instrument's id, or a citation's canonical form); it goes into the
    fingerprint. With `place_matters` the words around the place go in as well: use it where the fault is in the
    wording at that place, and leave it out where the fault is the instrument's, wherever it is cited.
    """

    start: int
    end: int
    message: Phrase
    subject: str
    instrument: str | None = None
    evidence: tuple[Evidence, ...] = ()
    suggestion: Phrase | None = None
    kind: Kind = "fail"
    severity: Severity | None = None
    applicability: Literal["safe", "review"] = "review"
    as_of: str | None = None
    place_matters: bool = False


Check = Callable[["RuleContext"], Iterable[Flag]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the review: its code, its texts, what it needs, and the function that flags places.

    `name` is the short name, `about` says what the rule looks for and why it matters, `reasons` are the clauses it
    rests on, `messages` the templates of its findings, `fires` and `silent` an example of either kind.
    """

    code: str
    severity: Severity
    name: Text
    about: Text
    reasons: tuple[LegalReason, ...]
    messages: Mapping[str, Text]
    fires: Example
    silent: Example
    check: Check
    needs: tuple[Need, ...] = ()

    def reason(self, day: str | None, *, normative: bool | None = None, lang: Language = "vi") -> str:
        """Give the clauses that govern a document signed on `day`, normative or not."""
        governing = (reason for reason in self.reasons if reason.governs(day, normative=normative))
        return "; ".join(reason.text.in_(lang) for reason in governing)

    def render(self, wording: Phrase, *, lang: Language = "vi") -> str:
        """Put the values of a phrase into its template, the rule's own or the shared one."""
        template = self.messages.get(wording.key) or shared_texts()[wording.key]
        values = {name: self._render_value(value, lang) for name, value in wording.fields}
        return _tidy(template.in_(lang).format(**values))

    def _render_value(self, value: PhraseValue, lang: Language) -> str:
        """Render one field."""
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        if isinstance(value, Text):
            return value.in_(lang)
        if isinstance(value, Phrase):
            return self.render(value, lang=lang)
        return "; ".join(self._render_value(part, lang) for part in value)


def rule(code: str, *, needs: tuple[Need, ...] = ()) -> Callable[[Check], Rule]:
    """Bind a checking function to the texts of `code` in ``rules.yaml`` and give the `Rule`.

    Parameters
    ----------
    code
        The code, for example ``"VB101"``; it must have an entry in ``rules.yaml``.
    needs
        What the rule cannot run without; where it is missing the rule is reported as skipped.

    Raises
    ------
    KeyError
        When ``rules.yaml`` has no entry for `code`.
    """

    def bind(check: Check) -> Rule:
        entry = _catalogue()["rules"][code]
        return Rule(
            code=code,
            severity=entry["severity"],
            name=_text(entry["name"]),
            about=_text(entry["about"]),
            reasons=tuple(_reason(reason) for reason in entry["reasons"]),
            messages={key: _text(value) for key, value in entry["messages"].items()},
            fires=_example(entry["fires"]),
            silent=_example(entry["silent"]),
            check=check,
            needs=needs,
        )

    return bind


@cache
def shared_texts() -> Mapping[str, Text]:
    """Give the wordings that several rules use, by key."""
    return {key: _text(value) for key, value in _catalogue()["phrases"].items()}


@cache
def _catalogue() -> dict[str, Any]:
    """Read ``rules.yaml``, with the C parser where it is there: the plain one takes a tenth of a second."""
    import yaml  # noqa: PLC0415  # only a review needs it; `import parcc_nlp` must not pay for it

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (files("parcc_nlp.review") / "rules.yaml").read_text(encoding="utf-8")
    catalogue: dict[str, Any] = yaml.load(text, Loader=loader)  # noqa: S506  # both loaders are the safe ones
    return catalogue


def _tidy(sentence: str) -> str:
    """Close the gaps that empty fields leave in a sentence."""
    sentence = " ".join(sentence.split())
    for mark in (".", ",", ";", ")"):
        sentence = sentence.replace(" " + mark, mark)
    return sentence


def _text(value: Mapping[str, str]) -> Text:
    return Text(vi=_one_line(value["vi"]), en=_one_line(value["en"]))


def _one_line(value: str) -> str:
    """Undo the line breaks of the data file."""
    return " ".join(value.split())


def _reason(value: Mapping[str, Any]) -> LegalReason:
    return LegalReason(
        text=_text(value), since=value.get("since"), until=value.get("until"), normative=value.get("normative")
    )


def _example(value: Mapping[str, str]) -> Example:
    return Example(text=value["text"].strip(), signed=value["signed"], as_of=value.get("as_of", "signing"))
