"""What a registry holds, shown: ``parcc registry show``, ``stats``, ``diff``, ``verify``, ``export``."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from parcc_nlp.cli.exits import Exit
from parcc_nlp.cli.known import registry as known
from parcc_nlp.cli.registry_names import written_field, written_name, written_value
from parcc_nlp.cli.streams import say, terminal
from parcc_nlp.contract import to_dict
from parcc_nlp.errors import UsageError
from parcc_nlp.registry.comparing import Edge
from parcc_nlp.registry.pinpoints import written_parts
from parcc_nlp.report.layout import Run, blank, labelled, paragraph, written
from parcc_nlp.report.text import status_text
from parcc_nlp.report.wording import known_word, legible, words, written_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from parcc_nlp.cli.streams import Language
    from parcc_nlp.model import Contradiction, Instrument, Relation, Status
    from parcc_nlp.registry import Registry
    from parcc_nlp.registry.checking import Impossible
    from parcc_nlp.registry.comparing import Answer, Change, Differences
    from parcc_nlp.registry.lineage import Lineage
    from parcc_nlp.report.layout import Paragraph

__all__ = ["export_registry", "show_differences", "show_figures", "show_instrument", "verify_registry"]


def _opened(path: Path | None) -> Registry:
    return known(str(path) if path is not None else None)


def _say(parts: Iterable[Paragraph]) -> None:
    look = terminal()
    say(written(parts, width=look.width, colour=look.colour))


def _say_json(value: Any) -> None:
    say(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def _heading(title: str) -> list[Paragraph]:
    return [blank(), paragraph(Run(title.upper(), "bold"))]


def show_instrument(
    number: str,
    *,
    registry: Path | None,
    known_as: tuple[str | None, str | None, str | None],
    as_of: str,
    known_on: str | None,
    form: str,
    lang: Language,
) -> Exit:
    """Show all that is known of the instruments that bear a number."""
    from parcc_nlp import api

    opened = _opened(registry)
    doc_type, issuer, issued = known_as
    issued = api.coarse_day(issued) if issued else None
    bearers = opened.find(number, doc_type=doc_type, issuer=issuer, issued=issued)
    if not bearers:
        absent = opened.unknown(number, doc_type=doc_type, issuer=issuer, issued=issued, on=as_of)
        _say_json([to_dict(absent)]) if form == "json" else say(_status(absent, lang))
        return Exit.DONE
    if form == "json":
        _say_json([_instrument_dict(opened, one, as_of, known_on) for one in bearers])
        return Exit.DONE
    for position, one in enumerate(bearers):
        say("\n" if position else "")
        say(_status(opened.status(one, on=as_of, known_on=known_on), lang))
        _say(_told(opened, one, known_on, lang))
    return Exit.DONE


def _status(status: Status, lang: Language) -> str:
    look = terminal()
    return status_text((status,), lang=lang, width=look.width, colour=look.colour)


def _instrument_dict(opened: Registry, one: Instrument, as_of: str, known_on: str | None) -> dict[str, Any]:
    return {
        "instrument": asdict(one),
        "status": to_dict(opened.status(one, on=as_of, known_on=known_on)),
        "history": [_relation_dict(tie) for tie in opened.history(one.id, known_on=known_on, everything=True)],
        "does": [_relation_dict(tie) for tie in opened.relations_of(one.id, known_on=known_on)],
        "lineage": asdict(opened.lineage(one.id, known_on=known_on)),
        "contradictions": [asdict(clash) for clash in opened.contradictions(one.id, known_on=known_on)],
    }


def _relation_dict(tie: Relation) -> dict[str, Any]:
    return {**asdict(tie), "parts": written_parts(tie.parts) or None}


def _told(opened: Registry, one: Instrument, known_on: str | None, lang: Language) -> list[Paragraph]:
    """Write what is known beside the status: history, acts, lineage, contradictions, where it is from."""
    facts = [
        ("metadata_effective", written_day(one.effective) if one.effective else None),
        ("metadata_expires", written_day(one.expires) if one.expires else None),
        ("evidence", one.source),
        ("note", one.note),
    ]
    rows = [(words(key, lang), [legible(value)]) for key, value in facts if value]
    parts: list[Paragraph] = labelled(rows) if rows else []
    history = opened.history(one.id, known_on=known_on, everything=True)
    parts += _relations(opened, history, words("reg_events_done", lang), lang, mine=False)
    done = opened.relations_of(one.id, known_on=known_on)
    parts += _relations(opened, done, words("reg_events_own", lang), lang, mine=True)
    parts += _lineage(opened.lineage(one.id, known_on=known_on), lang)
    parts += _contradictions(opened, opened.contradictions(one.id, known_on=known_on), lang)
    return parts


def _relations(
    opened: Registry, ties: Sequence[Relation], title: str, lang: Language, *, mine: bool
) -> list[Paragraph]:
    """List relations with both their times: when they hold, and since when that is known."""
    if not ties:
        return []
    parts = _heading(f"{title} ({len(ties)})")
    for tie in ties:
        other = opened.get(tie.target if mine else tie.source)
        name = other.number if other and other.number else tie.target if mine else tie.source
        verb = f"reg_kind_{tie.kind}" if mine else f"by_{tie.kind}"
        facts = (
            f"{known_word(verb, tie.kind, lang)} {name}",
            words("reg_parts", lang, parts=written_parts(tie.parts)) if tie.parts else None,
            tie.clause,
            words("except", lang, what=tie.exception) if tie.exception else None,
            words("effective_from", lang, day=written_day(tie.effective)) if tie.effective else None,
            words("reg_learned", lang, day=written_day(tie.learned)) if tie.learned else None,
            words("reg_withdrawn_on", lang, day=written_day(tie.withdrawn)) if tie.withdrawn else None,
            known_word(f"confidence_{tie.confidence}", tie.confidence, lang),
            tie.evidence,
            tie.id,
        )
        parts.append(paragraph(legible(", ".join(fact for fact in facts if fact)), first="- ", rest="  "))
    return parts


def _lineage(line: Lineage, lang: Language) -> list[Paragraph]:
    """Write the line of replacements, oldest first, and circles."""
    steps = [*reversed(line.predecessors), *line.successors]
    told = [
        f"{step.instrument} → {step.by} ({known_word(f'reg_kind_{step.kind}', step.kind, lang)}, "
        f"{written_day(step.effective) if step.effective else '?'})"
        for step in steps
    ]
    told += [f"{words('reg_circles', lang)}: {' → '.join(circle)}" for circle in line.circles]
    if not told:
        return []
    return [*_heading(words("reg_lineage", lang)), *(paragraph(legible(one), first="- ", rest="  ") for one in told)]


def _contradictions(opened: Registry, clashes: Sequence[Contradiction], lang: Language) -> list[Paragraph]:
    """Write where sources differ."""
    if not clashes:
        return []
    parts = _heading(f"{words('reg_contradictions', lang)} ({len(clashes)})")
    for clash in clashes:
        kept = words(
            "reg_kept",
            lang,
            kept=written_value(clash.field, clash.kept, lang),
            kept_from=clash.kept_from,
            other=written_value(clash.field, clash.other, lang),
            other_from=clash.other_from,
        )
        parts.append(paragraph(legible(f"{written_field(clash.field, opened, lang)}: {kept}"), first="- ", rest="  "))
    return parts


def show_figures(*, registry: Path | None, form: str, lang: Language) -> Exit:
    """Show how much a registry knows."""
    from parcc_nlp.registry.figures import figures_of

    figures = figures_of(_opened(registry))
    if form == "json":
        _say_json({"schema": "parcc-registry-figures/1", **asdict(figures)})
        return Exit.DONE
    counted = {
        "registry": figures.version,
        "reg_instruments": figures.instruments,
        "reg_effective": figures.effective,
        "reg_ended": figures.ended,
        "reg_fresh": figures.fresh,
        "reg_relations": figures.relations,
        "reg_leads": figures.leads,
        "reg_corrections": figures.corrections,
    }
    parts = labelled([(words(key, lang), [str(value)]) for key, value in counted.items()])
    breakdowns = {
        "reg_by_type": list(figures.by_type),
        "reg_by_confidence": _worded("confidence", figures.by_confidence, lang),
        "reg_by_source": _worded("reg_origin", figures.by_source, lang),
        "reg_by_kind": _worded("reg_kind", figures.relations_by_kind, lang),
        "reg_by_relation_source": _worded("reg_origin", figures.relations_by_source, lang),
    }
    for key, rows in breakdowns.items():
        if rows:
            parts += _heading(words(key, lang))
            parts += labelled([(legible(name), [str(count)]) for name, count in rows])
    _say(parts)
    return Exit.DONE


def _worded(prefix: str, counts: Sequence[tuple[str, int]], lang: Language) -> list[tuple[str, int]]:
    return [(known_word(f"{prefix}_{name}", name, lang), count) for name, count in counts]


def show_differences(before: str, after: str, *, as_of: str, form: str, lang: Language) -> Exit:
    """Show what differs between two registries."""
    from parcc_nlp.registry.comparing import compare

    found = compare(known(before), known(after), on=as_of)
    if form == "json":
        _say_json({"schema": "parcc-registry-diff/1", "as_of": as_of, **asdict(found)})
        return Exit.DONE
    _say(
        _differences(found, (known(before), known(after)), as_of, lang)
        if found
        else [paragraph(words("reg_diff_none", lang))]
    )
    return Exit.DONE


def _differences(found: Differences, both: tuple[Registry, Registry], as_of: str, lang: Language) -> list[Paragraph]:
    """Write differences, each kind under its heading."""
    before, after = both
    listed = {
        "reg_instruments_added": [_name(one) for one in found.added],
        "reg_instruments_removed": [_name(one) for one in found.removed],
        "reg_changed": [_change(written_name(one.subject, after), one, after, lang) for one in found.changed],
        "reg_relations_added": [_edge(edge, after, lang) for edge in found.relations_added],
        "reg_relations_removed": [_edge(edge, before, lang) for edge in found.relations_removed],
        "reg_relations_changed": [
            _change(_subject(one.subject, after, lang), one, after, lang) for one in found.relations_changed
        ],
        "reg_answers": [_answer(one, lang) for one in found.answers],
    }
    parts: list[Paragraph] = []
    for key, lines in listed.items():
        if lines:
            day = f", {written_day(as_of)}" if key == "reg_answers" else ""
            parts += _heading(f"{words(key, lang)} ({len(lines)}){day}")
            parts += [paragraph(legible(line), first="- ", rest="  ") for line in lines]
    return parts[1:]


def _answer(one: Answer, lang: Language) -> str:
    before, after = (words(f"status_{status}", lang) for status in (one.before, one.after))
    return f"{one.number or one.instrument}: {before} → {after}"


def _name(one: Instrument) -> str:
    return f"{one.number or '-'} ({one.id})"


def _edge(edge: Edge, opened: Registry, lang: Language) -> str:
    """Write a relation as an officer says it."""
    source, target = written_name(edge.source, opened), written_name(edge.target, opened)
    told = f"{source} {known_word(f'reg_kind_{edge.kind}', edge.kind, lang)} {target}"
    return f"{told}, {words('reg_parts', lang, parts=edge.parts)}" if edge.parts else told


def _subject(name: str, opened: Registry, lang: Language) -> str:
    """Write the name of a relation (`Edge.name`) in words."""
    source, kind, target, *parts = name.split(" ", 3)
    return _edge(Edge(source, kind, target, " ".join(parts)), opened, lang)


def _change(name: str, one: Change, opened: Registry, lang: Language) -> str:
    before, after = (written_value(one.field, value, lang) for value in (one.before, one.after))
    return f"{name}: {written_field(one.field, opened, lang)}: {before} → {after}"


def export_registry(target: Path, *, registry: Path | None, lang: Language) -> Exit:
    """Write a registry as a file or a folder.

    Raises
    ------
    UsageError
        E308: it cannot be written there.
    """
    from parcc_nlp.registry.publishing import json_of, workbook_of

    opened = _opened(registry)
    kind = target.suffix.lower()
    if kind in {".json", ".xlsx"}:
        content = json_of(opened).encode() if kind == ".json" else workbook_of(opened)
        try:
            target.write_bytes(content)
        except OSError as error:
            raise UsageError("E308", path=str(target), detail=error.strerror or str(error)) from error
    else:
        opened.export(target)
    say(words("reg_exported", lang, path=str(target)) + "\n")
    return Exit.DONE


def verify_registry(path: Path | None, *, everything: bool, form: str, lang: Language) -> Exit:
    """Show what cannot be true of a registry.

    Returns
    -------
    Exit
        FINDINGS where there is anything beside the known exceptions.
    """
    from parcc_nlp.registry.checking import verify

    opened = _opened(path)
    opened.verify()
    found = verify(opened, excused=everything)
    wrong = [one for one in found if one.excused is None]
    if form == "json":
        told = [
            {"code": one.code, "subject": one.subject, "message": one.message(lang=lang), "excused": one.excused}
            for one in found
        ]
        _say_json({"schema": "parcc-registry-verify/1", "version": opened.version, "found": told})
    else:
        for one in found:
            say(legible(_line(one, lang)) + "\n")
        say(words("reg_verify_found", lang, count=len(wrong)) if wrong else words("reg_verify_clean", lang))
        say("\n")
    return Exit.FINDINGS if wrong else Exit.DONE


def _line(one: Impossible, lang: Language) -> str:
    """Write one finding on one line, for whoever counts or filters them."""
    excused = f" ({words('reg_verify_excused', lang, reason=one.excused)})" if one.excused else ""
    return one.message(lang=lang) + excused
