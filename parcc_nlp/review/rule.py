"""What a rule is: a small function that flags places, bound to the texts that a ``rules.yaml`` keeps for its code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal

from parcc_nlp.model import Evidence, Extraction, Severity

if TYPE_CHECKING:
    from parcc_nlp.review.context import RuleContext

__all__ = [
    "Check",
    "Example",
    "Flag",
    "LegalReason",
    "Need",
    "Phrase",
    "Place",
    "Rule",
    "Text",
    "phrase",
    "rule",
    "shared_texts",
]

FAMILIES = ("validity", "identity", "citing", "coherence", "names", "targets", "duties", "issuing")
"""The families of checks, each a folder of ``checks/`` with its ``rules.yaml``, in the order of their codes."""
Language = Literal["vi", "en"]
Kind = Literal["fail", "open", "review"]
Need = Literal["registry", "as_of", "signed", "targets", "responsibilities", "effects", "together"]
"""What a rule cannot run without: a registry, a day to ask about, the signing date of the document, a layer of the
extraction that is not always read, other documents to compare with."""


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

    `signed` is the document's own signing date, `as_of` the day asked about ("signing" or an ISO day). `whole` says
    that the lines are a document of their own, letterhead and all; `beside` are whole documents checked together with
    it.
    """

    text: str
    signed: str
    as_of: str = "signing"
    whole: bool = False
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Another place that a flag speaks of: in the document itself, or in `document`, one that is checked with it."""

    start: int
    end: int
    document: Extraction | None = None


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
    related: tuple[Place, ...] = ()


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


def rule(
    code: str, *, needs: tuple[Need, ...] = (), texts: Mapping[str, Mapping[str, Any]] | None = None
) -> Callable[[Check], Rule]:
    """Bind a checking function to the texts of `code` and give the `Rule`.

    Parameters
    ----------
    code
        The code, for example ``"VB101"``.
    needs
        What the rule cannot run without; where it is missing the rule is reported as skipped.
    texts
        Where the texts of the rule stand, by code, as in the ``rules.yaml`` files of this package; those by default. A
        rule of another package, found by its entry point in the group ``parcc_nlp.rules``, brings its own.

    Raises
    ------
    KeyError
        When there are no texts for `code`.

    Examples
    --------
    >>> both = {"vi": "Nháp", "en": "Draft"}
    >>> example = {"signed": "2026-01-15", "text": "Dự thảo"}
    >>> entry = {"severity": "info", "name": both, "about": both, "reasons": [both], "messages": {"draft": both}}
    >>> @rule("XX901", texts={"XX901": {**entry, "fires": example, "silent": example}})
    ... def xx901(context):
    ...     at = context.extraction.text.find("Dự thảo")
    ...     return [Flag(at, at + 7, phrase("draft"), "draft")] if at >= 0 else []
    >>> xx901.code, xx901.name.vi
    ('XX901', 'Nháp')
    """

    def bind(check: Check) -> Rule:
        entry = (rule_texts() if texts is None else texts)[code]
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
    return {key: _text(value) for key, value in _read("phrases.yaml").items()}


@cache
def rule_texts() -> Mapping[str, Mapping[str, Any]]:
    """Give the texts of the rules of this package, by code: the ``rules.yaml`` of every family of checks."""
    return {code: entry for family in FAMILIES for code, entry in _read(f"checks/{family}/rules.yaml").items()}


def _read(name: str) -> dict[str, Any]:
    """Read a file of texts, with the C parser where it is there: the plain one takes a tenth of a second."""
    import yaml  # noqa: PLC0415  # only a review needs it; `import parcc_nlp` must not pay for it

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (files("parcc_nlp.review") / name).read_text(encoding="utf-8")
    content: dict[str, Any] | None = yaml.load(text, Loader=loader)  # noqa: S506  # both loaders are the safe ones
    return content or {}


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


def _example(value: Mapping[str, Any]) -> Example:
    return Example(
        text=value["text"].strip(),
        signed=value["signed"],
        as_of=value.get("as_of", "signing"),
        whole=value.get("whole", False),
        beside=tuple(text.strip() for text in value.get("beside", ())),
    )
