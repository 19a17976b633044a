"""``parcc status``: where an instrument, or one of its provisions, stands on a day."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from parcc_nlp.api import coarse_day, day
from parcc_nlp.cli.exits import Exit
from parcc_nlp.cli.known import registry as known
from parcc_nlp.cli.streams import say, terminal
from parcc_nlp.errors import UsageError
from parcc_nlp.model import Instrument, Status
from parcc_nlp.registry import Registry
from parcc_nlp.registry.pinpoints import parts_of, written_parts
from parcc_nlp.report.layout import Run, blank, labelled, paragraph, written
from parcc_nlp.report.wording import instrument_name, known_word, legible, proof_line, words, written_day

if TYPE_CHECKING:
    from pathlib import Path

    from parcc_nlp.cli.streams import Language
    from parcc_nlp.model import ProvisionStatus
    from parcc_nlp.report.layout import Paragraph

__all__ = ["Asked", "show_provisions", "statuses"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about a number: the registry that answers, the instruments that bear it, and the answers."""

    registry: Registry
    bearers: tuple[Instrument, ...]
    found: Status | tuple[Status, ...]
    on: str
    known_on: str | None


def statuses(
    number: str,
    *,
    known_as: tuple[str | None, str | None, str | None],
    as_of: str,
    registry: Path | None,
    known_on: str | None,
) -> Asked:
    """Ask for the status of every instrument that bears a number.

    Raises
    ------
    UsageError
        E301: a date is none.
    RegistryError
        The registry cannot be read.
    """
    opened = known(str(registry) if registry is not None else None)
    doc_type, issuer, issued = known_as
    issued = coarse_day(issued) if issued else None
    on, then = day(as_of), day(known_on) if known_on else None
    bearers = opened.find(number, doc_type=doc_type, issuer=issuer, issued=issued)
    answers = tuple(opened.status(bearer, on=on, known_on=then) for bearer in bearers)
    if not answers:
        answers = (opened.unknown(number, doc_type=doc_type, issuer=issuer, issued=issued, on=on),)
    return Asked(opened, bearers, answers[0] if len(answers) == 1 else answers, on, then)


def show_provisions(asked: Asked, phrase: str, *, form: str, lang: Language) -> Exit:
    """Show where provisions stand.

    Raises
    ------
    UsageError
        E332: the phrase names no provision.
    """
    provisions = parts_of(phrase)
    if not provisions:
        raise UsageError("E332", value=phrase)
    answers = [
        (bearer, asked.registry.provision_status(bearer, provision, on=asked.on, known_on=asked.known_on))
        for bearer in asked.bearers
        for provision in provisions
    ]
    if form == "json":
        told = [
            {"schema": "parcc-provision/1", "number": bearer.number, "written": written_parts((answer.provision,))}
            | asdict(answer)
            for bearer, answer in answers
        ]
        say(json.dumps(told[0] if len(told) == 1 else told, ensure_ascii=False, indent=2) + "\n")
        return Exit.DONE
    look = terminal()
    parts: list[Paragraph] = []
    for bearer, answer in answers:
        parts += [blank()] if parts else []
        parts += _provision(bearer, answer, lang)
    if not answers:
        parts = [paragraph(legible(one.note or "")) for one in _all(asked.found)]
    say(written(parts, width=look.width, colour=look.colour))
    return Exit.DONE


def _all(found: Status | tuple[Status, ...]) -> tuple[Status, ...]:
    return found if isinstance(found, tuple) else (found,)


def _provision(bearer: Instrument, answer: ProvisionStatus, lang: Language) -> list[Paragraph]:
    """Write one answer about a provision."""
    verdict = known_word(f"status_{answer.status}", answer.status, lang)
    since = f" {words('since', lang, day=written_day(answer.since))}" if answer.since else ""
    basis = f" ({words(f'basis_{answer.basis}', lang)})" if answer.basis != "none" else ""
    told = words(
        "status_on",
        lang,
        day=written_day(answer.as_of),
        status=words(
            "reg_provision", lang, provision=written_parts((answer.provision,)), verdict=f"{verdict}{since}{basis}"
        ),
    )
    rows = [(words("proof", lang), proof_line(proof, lang)) for proof in answer.proof]
    if answer.note:
        rows.append((words("note", lang), answer.note))
    if answer.registry:
        rows.append((words("registry", lang), answer.registry))
    return [
        paragraph(Run(legible(instrument_name(bearer, lang)), "bold")),
        paragraph(Run(legible(told), "bold")),
        *labelled([(label, [legible(value)]) for label, value in rows]),
    ]
