"""The words of the reports, Vietnamese and English, and how dates, places and instruments are written for a reader."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from parcc_nlp.model import (
        Citation,
        Contradiction,
        Evidence,
        Finding,
        Instrument,
        Metadata,
        Proof,
        Related,
        Status,
        Where,
    )

__all__ = [
    "Language",
    "citation_name",
    "contradiction_line",
    "evidence_line",
    "finding_tags",
    "instrument_name",
    "legible",
    "place",
    "proof_line",
    "related_line",
    "status_rows",
    "suppression_line",
    "words",
    "written_day",
    "written_name",
    "written_status",
]

Language = Literal["vi", "en"]

_NAMED_UNITS = ("Phần", "Chương", "Mục", "Tiểu mục", "Điều", "khoản", "điểm", "Phụ lục")
# Control characters (a terminal would obey them) and the marks that reorder text on screen; tab and line break stay.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def words(key: str, lang: Language = "vi", /, **fields: object) -> str:
    """Give a wording of ``words.csv`` with its fields filled in.

    Examples
    --------
    >>> words("coverage", verified=18, citations=22, not_known=4)
    '18/22 viện dẫn xác minh được; 4 chưa rõ'
    """
    return _table()[key][lang].format(**fields)


def known_word(key: str, otherwise: str, lang: Language = "vi") -> str:
    """Give a wording, or `otherwise` where the table has none for a value that data may extend."""
    entry = _table().get(key)
    return entry[lang] if entry else otherwise


@cache
def _table() -> dict[str, dict[Language, str]]:
    """Read the table of wordings once."""
    with (files("parcc_nlp.report") / "words.csv").open(encoding="utf-8") as lines:
        return {row["key"]: {"vi": row["vi"], "en": row["en"]} for row in csv.DictReader(lines)}


_ISO_DAY = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")
_SEEN = frozenset({"in_force", "cited_as_basis"})
"""Relations that show an instrument alive on a day and make nothing take effect."""


def legible(text: str) -> str:
    """Replace characters that a terminal or page would obey instead of showing, one for one.

    Examples
    --------
    >>> legible(chr(27) + "[31mđỏ")
    '�[31mđỏ'
    """
    return _UNSAFE.sub("\ufffd", text)


def written_day(day: str) -> str:
    """Write an ISO date as Vietnamese documents do, as precise as it is.

    Days below 10 and the months 1 and 2 carry a zero before them (Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II,
    khoản 4).

    Examples
    --------
    >>> written_day("2023-07-01"), written_day("2025-12"), written_day("2019")
    ('01/7/2023', '12/2025', '2019')
    """
    year, *rest = day.split("-")
    month = rest[0] if rest and rest[0] in {"01", "02"} else rest[0].lstrip("0") if rest else ""
    return "/".join(part for part in (*rest[1:], month, year) if part)


def written_name(  # noqa: PLR0913 - an instrument is named by five things
    *,
    doc_type: str | None,
    number: str | None,
    name: str | None,
    issued: str | None,
    issuer: str | None,
    lang: Language,
) -> str:
    """Write the full name of an instrument: type, number, date, issuer; what is not known is left out.

    Examples
    --------
    >>> written_name(
    ...     doc_type="Nghị định", number="63/2010/NĐ-CP", name=None, issued="2010-06-08", issuer="Chính phủ", lang="vi"
    ... )
    'Nghị định số 63/2010/NĐ-CP ngày 08/6/2010 của Chính phủ'
    """
    head = name or doc_type or ""
    parts = (
        head,
        words("number", lang, number=number) if number else "",
        words("issued", lang, day=written_day(issued)) if issued else "",
        words("issued_by", lang, issuer=issuer) if issuer else "",
    )
    return " ".join(part for part in parts if part)


def citation_name(citation: Citation, lang: Language = "vi") -> str:
    """Write what a citation names, or its own words where it names neither type nor number."""
    named = written_name(
        doc_type=citation.doc_type,
        number=citation.number,
        name=citation.name,
        issued=citation.issued,
        issuer=citation.issuer,
        lang=lang,
    )
    return named if citation.number or citation.name else citation.text


def instrument_name(instrument: Instrument | Status | Metadata, lang: Language = "vi") -> str:
    """Write the full name of an instrument, a status' instrument, or the document itself."""
    # A law is called by its title: "Luật Đất đai số 31/2024/QH15".
    title = instrument.title or ""
    named_by_title = bool(instrument.doc_type) and title.startswith(instrument.doc_type or " ")
    return written_name(
        doc_type=instrument.doc_type,
        number=instrument.number,
        name=title if named_by_title else None,
        issued=instrument.issued,
        issuer=instrument.issuer,
        lang=lang,
    )


def place(where: Where, lang: Language = "vi") -> str:
    """Write a place a person can find.

    Examples
    --------
    >>> from parcc_nlp.model import Where
    >>> place(Where(page=3, paragraph=57, section="II.2.a"))
    'trang 3, đoạn 57, mục II.2.a'
    """
    section = where.section
    parts = (
        words("page", lang, page=where.page) if where.page is not None else "",
        words("paragraph", lang, paragraph=where.paragraph) if where.paragraph is not None else "",
        "" if not section else section if section.startswith(_NAMED_UNITS) else words("section", lang, section=section),
    )
    return ", ".join(part for part in parts if part)


def finding_tags(finding: Finding, lang: Language = "vi") -> tuple[str, ...]:
    """Say how sure a finding is, where it is not the facts that say so, and whether an earlier check had it.

    Examples
    --------
    >>> from parcc_nlp.model import Finding, Where
    >>> finding_tags(Finding("VB104", "warning", "review", "", "", 0, 0, "", Where(), "signing", baseline="new"))
    ('cần người xem xét', 'mới')
    """
    sure = () if finding.kind == "fail" else (words(f"kind_{finding.kind}", lang),)
    return (*sure, words(f"baseline_{finding.baseline}", lang)) if finding.baseline else sure


def related_line(related: Related, lang: Language = "vi") -> str:
    """Write another place that a finding speaks of: the file if it is another one, the place, the words there.

    Examples
    --------
    >>> from parcc_nlp.model import Related, Where
    >>> related_line(Related(0, 3, "80%", Where(paragraph=7), path="KH-2025.docx"))
    'KH-2025.docx, đoạn 7: “80%”'
    """
    where = ", ".join(part for part in (related.path or "", place(related.where, lang)) if part)
    return f"{where}: “{' '.join(related.text.split())}”"


def suppression_line(finding: Finding, lang: Language = "vi") -> str:
    """Write why a finding was set aside, by whom and when.

    Examples
    --------
    >>> from parcc_nlp.model import Finding, Suppression, Where
    >>> said = Suppression("Bản gốc in như vậy", by="Văn An", on="2026-11-23")
    >>> suppression_line(Finding("VB206", "warning", "fail", "", "", 0, 0, "", Where(), "signing", suppressed=said))
    'Lý do: Bản gốc in như vậy (Văn An, 23/11/2026)'
    """
    said = finding.suppressed
    if said is None:
        return ""
    signed = ", ".join(part for part in (said.by, written_day(said.on) if said.on else None) if part)
    return words("suppressed_why", lang, reason=said.reason) + (f" ({signed})" if signed else "")


def evidence_line(evidence: Evidence, lang: Language = "vi") -> str:
    """Write where something is known from: instrument, clause, its words, the day it was looked up.

    Examples
    --------
    >>> from parcc_nlp.model import Evidence
    >>> evidence_line(Evidence(source="118/2025/NĐ-CP", clause="khoản 2 Điều 31", retrieved="2026-11-01"))
    '118/2025/NĐ-CP, khoản 2 Điều 31 (tra cứu 01/11/2026)'
    """
    line = ", ".join(part for part in (evidence.source, evidence.clause) if part)
    if evidence.quote:
        line = f"{line}: “{evidence.quote}”"
    return f"{line} ({words('retrieved', lang, day=written_day(evidence.retrieved))})" if evidence.retrieved else line


def proof_line(proof: Proof, lang: Language = "vi") -> str:
    """Write a relation that proves a status.

    Examples
    --------
    >>> from parcc_nlp.model import Proof
    >>> proof_line(Proof("replaces", "118/2025/NĐ-CP", "khoản 2 Điều 31", "2025-07-01", None, "verified"))
    'được thay thế bởi 118/2025/NĐ-CP, khoản 2 Điều 31, hiệu lực từ 01/7/2025 (đã kiểm chứng)'
    """
    relation = known_word(f"by_{proof.relation}", proof.relation, lang)
    clause = proof.clause or ""
    when = "seen_on" if proof.relation in _SEEN else "effective_from"
    parts = (
        f"{relation} {proof.by}",
        clause,
        words(when, lang, day=written_day(proof.effective)) if proof.effective else None,
        words("except", lang, what=proof.exception) if proof.exception and proof.exception not in clause else None,
    )
    line = ", ".join(part for part in parts if part)
    source = f"; {proof.source}" if proof.source else ""
    return f"{line} ({known_word(f'confidence_{proof.confidence}', proof.confidence, lang)}{source})"


def written_status(status: Status, lang: Language = "vi") -> str:
    """Write a verdict: what holds on the day, since when, and how that is known.

    Examples
    --------
    >>> from parcc_nlp.model import Status
    >>> written_status(
    ...     Status(None, None, None, None, None, "2026-11-23", "expired", "stated", since="2025-07-01")
    ... )
    'hết hiệu lực từ ngày 01/7/2025 (được nêu trong văn bản)'
    """
    verdict = words(f"status_{status.status}", lang)
    since = f" {words('since', lang, day=written_day(status.since))}" if status.since else ""
    basis = f" ({words(f'basis_{status.basis}', lang)})" if status.basis != "none" else ""
    return f"{verdict}{since}{basis}"


def contradiction_line(one: Contradiction, lang: Language = "vi") -> str:
    """Write two sources that differ side by side.

    Examples
    --------
    >>> from parcc_nlp.model import Contradiction
    >>> contradiction_line(Contradiction("vn/-/-/-/1", "effective", "2026-05-01", "văn bản", "2026-04-01", "bảng"))
    'Ngày có hiệu lực: giữ 01/5/2026 (văn bản); khác 01/4/2026 (bảng)'
    """
    kind, _, facing = one.field.partition(" ")
    act = f"{known_word(f'relation_{kind}', kind, lang)} {facing}".strip()
    what = known_word(f"differ_{one.field}", act, lang)
    kept = _told(one.kept, one.kept_from, lang)
    return words("differ_line", lang, what=what, kept=kept, other=_told(one.other, one.other_from, lang))


def _told(value: str | None, source: str, lang: Language) -> str:
    """Write what a source tells, its days as officers write them."""
    said = _ISO_DAY.sub(_shown_day, value) if value else words("differ_nothing", lang)
    return f"{said} ({source})" if source else said


def _shown_day(day: re.Match[str]) -> str:
    return written_day(day[0])


def _proof_on(proof: Proof, day: str, lang: Language) -> str:
    """Write a proof, saying of what took effect only after the day asked about that it was later."""
    line = proof_line(proof, lang)
    later = proof.effective is not None and proof.effective > day and proof.relation not in _SEEN | {"takes_effect"}
    return words("later", lang, what=line) if later else line


def status_rows(status: Status, lang: Language = "vi") -> list[tuple[str, str]]:
    """List what is known beside a verdict, as label and value.

    Proof, successor, amendments, leads, where sources differ, note, registry.
    """
    rows = [(words("proof", lang), _proof_on(one, status.as_of, lang)) for one in status.proof]
    if status.successor:
        way = " → ".join(status.chain) if len(status.chain) > 1 else status.successor
        rows.append((words("successor", lang), way))
    for one in status.amended_by:
        since = words("effective_from", lang, day=written_day(one.effective)) if one.effective else None
        parts = (one.by, one.clause, since)
        rows.append((words("amended_by", lang), ", ".join(part for part in parts if part)))
    rows += [(words("leads", lang), proof_line(one, lang)) for one in status.leads]
    rows += [(words("differ", lang), contradiction_line(one, lang)) for one in status.contradictions]
    if status.note:
        rows.append((words("note", lang), status.note))
    if status.registry:
        rows.append((words("registry", lang), status.registry))
    return rows
