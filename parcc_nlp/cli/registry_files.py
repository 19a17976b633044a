"""Files taken into a registry: ``parcc registry import`` and ``parcc registry learn``."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parcc_nlp.api import day
from parcc_nlp.cli.batch import examine_all, progress
from parcc_nlp.cli.exits import Exit
from parcc_nlp.cli.inputs import gather
from parcc_nlp.cli.known import ledger_file
from parcc_nlp.cli.streams import complain, note, say, terminal
from parcc_nlp.cli.work import Task
from parcc_nlp.errors import ParccError, ReadError
from parcc_nlp.registry.claims import RelationClaim
from parcc_nlp.registry.importing import read_source
from parcc_nlp.registry.ledger import Ledger, Taken
from parcc_nlp.registry.passes import take_in_passes
from parcc_nlp.registry.pinpoints import written_parts
from parcc_nlp.registry.sources import Origin
from parcc_nlp.report.layout import paragraph, written
from parcc_nlp.report.wording import legible, words, written_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from parcc_nlp.cli.streams import Language
    from parcc_nlp.cli.work import Outcome
    from parcc_nlp.registry.claims import Claim, Reference
    from parcc_nlp.registry.sources import Reading
    from parcc_nlp.report.layout import Paragraph

__all__ = ["import_files", "learn_files"]


@dataclass(slots=True)
class _Sum:
    """What a run added up to."""

    instruments: int = 0
    fields: int = 0
    relations: int = 0
    lives: int = 0
    known: int = 0
    refused: int = 0
    contradictions: int = 0

    def add(self, taken: Taken) -> None:
        """Count what became of the claims of one file."""
        self.instruments += len(taken.instruments_added)
        self.fields += taken.fields_added
        self.relations += taken.relations_added
        self.lives += taken.lives_added
        self.known += taken.already_known
        self.refused += len(taken.refused)
        self.contradictions += len(taken.contradictions)

    @property
    def new(self) -> int:
        """How many facts are new."""
        return self.instruments + self.fields + self.relations + self.lives


def _added(total: _Sum, lang: Language) -> str:
    return words(
        "reg_added",
        lang,
        relations=total.relations,
        instruments=total.instruments,
        fields=total.fields,
        lives=total.lives,
        known=total.known,
    )


@contextmanager
def _ledger(path: Path, *, dry_run: bool) -> Iterator[Ledger]:
    """Open the file to write to; for a trial, a copy that is thrown away."""
    if not dry_run:
        with Ledger.open(path) as ledger:
            yield ledger
        return
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        if path.is_file():
            shutil.copyfile(path, copy)
        with Ledger.open(copy) as ledger:
            yield ledger


def import_files(
    names: Sequence[str],
    *,
    registry: Path | None,
    stated: str | None,
    issuer: str | None,
    dry_run: bool,
    form: str,
    lang: Language,
) -> Exit:
    """Take tables into a registry, each file in one transaction.

    Returns
    -------
    Exit
        NOT_EXAMINED where a file or a row could not be read or was refused; the rest is taken all the same.
    """
    learned = day("today")
    total = _Sum()
    told: list[dict[str, Any]] = []
    rows = refused = notes = failures = 0
    with _ledger(ledger_file(registry), dry_run=dry_run) as ledger:
        for name in names:
            try:
                reading, digest = _read(name, learned, stated, issuer)
                taken = ledger.take(reading.claims)
            except ParccError as error:
                complain(error)
                failures += 1
                told.append({"file": name, "error": {"code": error.code, "message": error.message(lang=lang)}})
                continue
            total.add(taken)
            rows += reading.rows
            refused += len(reading.refused) + len(taken.refused)
            notes += len(reading.notes)
            for each in (*reading.refused, *reading.notes):
                complain(each)
            _complain_of(name, taken, lang)
            told.append({"file": name, "sha256": digest, **_import_dict(reading, taken, lang)})
    if form == "json":
        value = {"schema": "parcc-imported/1", "dry_run": dry_run, "files": told, "total": _total_dict(total)}
        say(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
    else:
        done = words(
            "reg_import_done",
            lang,
            files=len(names),
            rows=rows,
            added=_added(total, lang),
            refused=refused,
            notes=notes,
            contradictions=total.contradictions,
        )
        _finish([paragraph(done)], lang, dry_run=dry_run)
    return Exit.NOT_EXAMINED if failures or refused else Exit.DONE


def _read(name: str, learned: str, stated: str | None, issuer: str | None) -> tuple[Reading, str]:
    """Read one file into claims."""
    path = Path(name)
    if path.is_dir():
        raise ReadError("E103", path=name)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise ReadError("E102", path=name) from None
    except PermissionError:
        raise ReadError("E105", path=name) from None
    except OSError:
        raise ReadError("E106", path=name) from None
    digest = hashlib.sha256(data).hexdigest()
    return read_source(data, Origin(path.name, learned, stated=stated, issuer=issuer, digest=digest)), digest


def _import_dict(reading: Reading, taken: Taken, lang: Language) -> dict[str, Any]:
    return {
        "rows": reading.rows,
        "refused": [
            {"code": error.code, "place": error.place, "message": error.message(lang=lang)} for error in reading.refused
        ],
        "notes": [
            {"code": error.code, "place": error.place, "message": error.message(lang=lang)} for error in reading.notes
        ],
        **_taken_dict(taken),
    }


def _taken_dict(taken: Taken) -> dict[str, Any]:
    return {
        "instruments_added": list(taken.instruments_added),
        "fields_added": taken.fields_added,
        "relations_added": taken.relations_added,
        "lives_added": taken.lives_added,
        "already_known": taken.already_known,
        "not_taken": [
            {"code": one.code, "place": one.claim.provenance.place, "message": one.message} for one in taken.refused
        ],
        "contradictions": [
            {
                "instrument": one.instrument,
                "field": one.field,
                "kept": one.kept,
                "kept_from": one.kept_from,
                "other": one.other,
                "other_from": one.other_from,
            }
            for one in taken.contradictions
        ],
    }


def _total_dict(total: _Sum) -> dict[str, int]:
    return {name: getattr(total, name) for name in total.__slots__}


def _complain_of(name: str, taken: Taken, lang: Language) -> None:
    """Tell what the ledger refused and where sources differ."""
    for one in taken.refused:
        place = one.claim.provenance.place
        what = words("reg_refused", lang, what=one.message)
        note(f"{name}{', ' + place if place else ''}: {what} [{one.code}]")
    for clash in taken.contradictions:
        kept = words(
            "reg_kept",
            lang,
            kept=clash.kept or "-",
            kept_from=clash.kept_from,
            other=clash.other or "-",
            other_from=clash.other_from,
        )
        note(f"{name}: {words('reg_contradictions', lang)}: {clash.instrument} {clash.field}: {kept}")


def _finish(parts: Sequence[Paragraph], lang: Language, *, dry_run: bool) -> None:
    look = terminal()
    ending = [paragraph(words("reg_dry", lang))] if dry_run else []
    say(written([*parts, *ending], width=look.width, colour=look.colour))


@dataclass(slots=True)
class _Learned:
    """What a run over full texts added up to."""

    documents: int = 0
    taught: int = 0
    unlearnable: int = 0
    failures: int = 0
    seconds: float = 0.0
    total: _Sum = field(default_factory=_Sum)

    @property
    def rate(self) -> float:
        """Documents a second."""
        return self.documents / self.seconds if self.seconds else 0.0


def learn_files(
    names: Sequence[str], *, registry: Path | None, jobs: int, dry_run: bool, form: str, lang: Language
) -> Exit:
    """Read full texts and take in what they teach.

    Documents are read by several processes where asked for. Who is who is taken in first, of all documents, and only
    then what they do to each other, so that the order in which they are named does not matter and learning them again
    changes nothing.

    Returns
    -------
    Exit
        NOT_EXAMINED where a file could not be read; a document that teaches nothing is told and is no failure.
    """
    inputs = gather(list(names))
    for error in inputs.barren:
        complain(error)
    if inputs.passed_over:
        note(words("passed_over", lang, count=inputs.passed_over))
    task = Task("learn", lang=lang, learned=day("today"))
    learned = _Learned()
    told: list[dict[str, Any]] = []
    started = time.monotonic()
    shown = len(inputs.documents) > 1 and sys.stderr.isatty()
    with (
        _ledger(ledger_file(registry), dry_run=dry_run) as ledger,
        progress(words("reg_progress", lang), len(inputs.documents), shown=shown) as advance,
    ):
        taught = _taught(examine_all(task, inputs.documents, jobs=jobs), advance)
        for (outcome,), taken in take_in_passes(ledger, taught):
            told.append(_tell(outcome, taken, learned, form, lang))
    learned.seconds = time.monotonic() - started
    if form == "json":
        value = {"schema": "parcc-learned/1", "dry_run": dry_run, "documents": told, "total": _learned_dict(learned)}
        say(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
    else:
        _finish([paragraph(), paragraph(_learned_line(learned, lang))], lang, dry_run=dry_run)
    return Exit.NOT_EXAMINED if learned.failures or inputs.barren else Exit.DONE


def _taught(outcomes: Iterable[Outcome], advance: Callable[[], None]) -> Iterator[tuple[Outcome, Sequence[Claim]]]:
    """Give what each document teaches, as it is read."""
    for outcome in outcomes:
        advance()
        yield outcome, outcome.claims


def _learned_dict(learned: _Learned) -> dict[str, Any]:
    return {
        **_total_dict(learned.total),
        "documents": learned.documents,
        "taught": learned.taught,
        "unlearnable": learned.unlearnable,
        "failures": learned.failures,
        "seconds": round(learned.seconds, 2),
        "documents_a_second": round(learned.rate, 1),
    }


def _learned_line(learned: _Learned, lang: Language) -> str:
    return words(
        "reg_learn_done",
        lang,
        documents=learned.documents,
        taught=learned.taught,
        added=_added(learned.total, lang),
        unlearnable=learned.unlearnable,
        refused=learned.total.refused,
        contradictions=learned.total.contradictions,
        failures=learned.failures,
        seconds=f"{learned.seconds:.1f}",
        rate=f"{learned.rate:.1f}",
    )


def _tell(outcome: Outcome, taken: Taken, learned: _Learned, form: str, lang: Language) -> dict[str, Any]:
    """Count and tell what one document taught."""
    learned.documents += 1
    for key, error in (("error", outcome.error), ("why", outcome.why)):
        if error is not None:
            learned.failures += key == "error"
            learned.unlearnable += key == "why"
            complain(error)
            return {"file": outcome.name, key: {"code": error.code, "message": error.message(lang=lang)}}
    learned.total.add(taken)
    one = _Sum()
    one.add(taken)
    learned.taught += one.new > 0
    if form == "text":
        look = terminal()
        say(written(_document(outcome, one, taken, lang), width=look.width, colour=look.colour))
    return {
        "file": outcome.name,
        "number": outcome.title,
        "relations": [_relation_dict(claim) for claim in outcome.claims if isinstance(claim, RelationClaim)],
        **_taken_dict(taken),
    }


def _document(outcome: Outcome, one: _Sum, taken: Taken, lang: Language) -> list[Paragraph]:
    """Write what one document taught."""
    summary = _added(one, lang) if one.new else words("reg_nothing_new", lang)
    parts = [paragraph(legible(f"{outcome.name}: {outcome.title}: {summary}"), rest="  ")]
    if one.new:
        told = [claim for claim in outcome.claims if isinstance(claim, RelationClaim)]
        parts += [paragraph(legible(_line(claim, lang)), first="  - ", rest="    ") for claim in told]
    parts += [
        paragraph(legible(f"{words('reg_refused', lang, what=each.message)} [{each.code}]"), first="  ! ", rest="    ")
        for each in taken.refused
    ]
    for clash in taken.contradictions:
        kept = words(
            "reg_kept",
            lang,
            kept=clash.kept or "-",
            kept_from=clash.kept_from,
            other=clash.other or "-",
            other_from=clash.other_from,
        )
        line = f"{words('reg_contradictions', lang)}: {clash.instrument} {clash.field}: {kept}"
        parts.append(paragraph(legible(line), first="  ≠ ", rest="    "))
    return parts


def _line(claim: RelationClaim, lang: Language) -> str:
    """Write one relation as a document states it."""
    target = " ".join(part for part in (claim.target.doc_type, claim.target.number or claim.target.name) if part)
    facts = (
        f"{words(f'reg_kind_{claim.kind}', lang)} {target}",
        words("reg_parts", lang, parts=written_parts(claim.parts)) if claim.parts else None,
        words("except", lang, what=claim.exception) if claim.exception else None,
        claim.clause,
        words("effective_from", lang, day=written_day(claim.effective)) if claim.effective else None,
        None if claim.confidence == "verified" else words(f"confidence_{claim.confidence}", lang),
    )
    return ", ".join(fact for fact in facts if fact)


def _relation_dict(claim: RelationClaim) -> dict[str, Any]:
    return {
        "relation": claim.kind,
        "target": _reference_dict(claim.target),
        "parts": written_parts(claim.parts) or None,
        "effective": claim.effective,
        "clause": claim.clause,
        "exception": claim.exception,
        "quote": claim.quote,
        "confidence": claim.confidence,
    }


def _reference_dict(reference: Reference) -> dict[str, Any]:
    return {
        "number": reference.number,
        "doc_type": reference.doc_type,
        "issuer": reference.issuer,
        "issued": reference.issued,
        "name": reference.name,
    }
