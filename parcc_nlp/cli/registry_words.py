"""An officer's own word: ``parcc registry set``, ``audit``, ``withdraw``."""

from __future__ import annotations

import getpass
import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, cast

from parcc_nlp.api import day
from parcc_nlp.cli.exits import Exit
from parcc_nlp.cli.known import ledger_file
from parcc_nlp.cli.registry_names import written_field, written_name, written_value
from parcc_nlp.cli.streams import say, terminal
from parcc_nlp.errors import UsageError
from parcc_nlp.registry import Registry
from parcc_nlp.registry.claims import Provenance, Reference, RelationClaim
from parcc_nlp.registry.identity import is_local
from parcc_nlp.registry.ledger import Ledger
from parcc_nlp.registry.mentions import mentions_in
from parcc_nlp.registry.pinpoints import parts_of
from parcc_nlp.report.layout import blank, labelled, paragraph, written
from parcc_nlp.report.wording import legible, words, written_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from parcc_nlp.cli.streams import Language
    from parcc_nlp.model import Pinpoint, RelationKind
    from parcc_nlp.registry.ledger import Correction
    from parcc_nlp.report.layout import Paragraph

__all__ = ["Word", "list_words", "set_word", "withdraw_word"]

_DATED = ("effective", "expires", "issued")


@dataclass(frozen=True, slots=True)
class Word:
    """What an officer says of an instrument; what is not said is None."""

    fields: dict[str, str | None] = field(default_factory=dict)
    status: str | None = None
    since: str | None = None
    relations: dict[str, str | None] = field(default_factory=dict)
    parts: str | None = None


def set_word(
    number: str,
    word: Word,
    *,
    because: str,
    by: str | None,
    registry: Path | None,
    known_as: tuple[str | None, str | None, str | None],
    lang: Language,
) -> Exit:
    """Write what an officer says, every part of it or nothing.

    Raises
    ------
    UsageError
        E301 a date is none; E330 no reason is given; E331 nothing is said; E332 the parts or a number cannot be read.
    RegistryError
        The instrument is not identified, or the file cannot be written.
    """
    reason = _reason(because)
    reference = _reference(number, known_as)
    fields = {name: _value(name, value) for name, value in word.fields.items() if value is not None}
    relations = [(cast("RelationKind", kind), value) for kind, value in word.relations.items() if value is not None]
    if not (fields or relations or word.status):
        raise UsageError("E331")
    since = day(word.since) if word.since else None
    parts = _parts(word.parts)
    officer, today = by or getpass.getuser(), day("today")
    done: list[Correction] = []
    claims = [_claim(kind, value, reference, parts, since, officer, today) for kind, value in relations]
    with Ledger.open(ledger_file(registry)) as ledger:
        for name, value in fields.items():
            done.append(ledger.correct(reference, field=name, value=value, because=reason, by=officer, on=today))
        if word.status:
            done.append(
                ledger.correct(
                    reference, field="status", value=word.status, because=reason, by=officer, on=today, since=since
                )
            )
        done += [ledger.correct_relation(claim, because=reason, by=officer, on=today) for claim in claims]
        opened = ledger.registry
    for one in done:
        told = words(
            "reg_set_done",
            lang,
            id=one.id,
            instrument=written_name(one.instrument, opened),
            field=written_field(one.field, opened, lang),
            value=written_value(one.field, one.value, lang),
        )
        say(legible(told) + "\n")
    return Exit.DONE


def _reason(because: str) -> str:
    """Take the reason; a blank one is none."""
    if not because.strip():
        raise UsageError("E330")
    return " ".join(because.split())


def _reference(number: str, known_as: tuple[str | None, str | None, str | None]) -> Reference:
    doc_type, issuer, issued = known_as
    return Reference(number, doc_type=doc_type, issuer=issuer, issued=day(issued) if issued else None)


def _value(name: str, value: str) -> str:
    return day(value) if name in _DATED else value


def _parts(text: str | None) -> tuple[Pinpoint, ...]:
    """Read the provisions; words that name none are refused, for "no parts" would mean the whole."""
    if text is None:
        return ()
    found = parts_of(text)
    if not found:
        raise UsageError("E332", value=text)
    return found


def _claim(
    kind: RelationKind,
    by_number: str,
    reference: Reference,
    parts: tuple[Pinpoint, ...],
    since: str | None,
    officer: str,
    today: str,
) -> RelationClaim:
    """Make the claim that another instrument acted on the one spoken of."""
    found = mentions_in(by_number)
    if len(found) != 1:
        raise UsageError("E332", value=by_number)
    acting = found[0]
    issuer = acting.issuer or (reference.issuer if is_local(acting.number) else None)
    whole = not parts or kind == "amends"
    return RelationClaim(
        Reference(acting.number, doc_type=acting.doc_type, issuer=issuer, issued=acting.issued),
        kind if whole else "partially_repeals",
        reference,
        Provenance("officer", officer, today),
        parts=parts,
        effective=since,
    )


def list_words(*, registry: Path | None, form: str, lang: Language) -> Exit:
    """List every correction."""
    path = ledger_file(registry)
    found: tuple[Correction, ...] = ()
    opened = Registry.shipped()
    if path.is_file():
        with Ledger.open(path) as ledger:
            found, opened = ledger.audit(), ledger.registry
    if form == "json":
        say(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2) + "\n")
        return Exit.DONE
    look = terminal()
    parts: list[Paragraph] = [] if found else [paragraph(words("reg_audit_none", lang))]
    for one in found:
        parts += [blank()] if parts else []
        parts += _correction(one, opened, lang)
    say(written(parts, width=look.width, colour=look.colour))
    return Exit.DONE


def _correction(one: Correction, opened: Registry, lang: Language) -> Sequence[Paragraph]:
    """Write one correction."""
    value = written_value(one.field, one.value, lang)
    if one.since and written_day(one.since) not in value:
        value += f" ({words('since', lang, day=written_day(one.since))})"
    rows = [
        (words("reg_number", lang), written_name(one.instrument, opened)),
        (words("reg_field", lang), written_field(one.field, opened, lang)),
        (words("reg_value", lang), value),
        (words("reg_because", lang), one.because),
        (words("reg_by", lang), f"{one.by}, {written_day(one.on)}"),
    ]
    if one.withdrawn:
        told = words("reg_withdrawn_on", lang, day=written_day(one.withdrawn))
        rows.append((told, ", ".join(filter(None, (one.withdrawn_by, one.withdrawn_because)))))
    return [paragraph(one.id), *labelled([(label, [legible(text)]) for label, text in rows])]


def withdraw_word(correction: str, *, because: str, by: str | None, registry: Path | None, lang: Language) -> Exit:
    """Withdraw a correction.

    Raises
    ------
    UsageError
        E330: no reason is given.
    """
    reason = _reason(because)
    with Ledger.open(ledger_file(registry)) as ledger:
        done = ledger.withdraw(correction, because=reason, by=by or getpass.getuser(), on=day("today"))
    say(words("reg_withdrawn", lang, id=done.id) + "\n")
    return Exit.DONE
