"""The verbs: read a file, extract what it says, review it as of a date, ask whether an instrument is in force."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from parcc_nlp.errors import UsageError
from parcc_nlp.model import Citation, Document, Extraction, Instrument, Responsibility, Status, Target

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    import pandas as pd

    from parcc_nlp.library import Library
    from parcc_nlp.model import Review
    from parcc_nlp.registry import Registry
    from parcc_nlp.review.together import Together

__all__ = ["coarse_day", "day", "extract", "open_library", "read", "review", "status", "to_dataframe", "together"]

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WRITTEN_DAY = re.compile(r"(?P<day>[0-9]{1,2})/(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})")
_COARSE = re.compile(r"[0-9]{4}(?:-[0-9]{2})?")


def read(source: str | Path | bytes, *, name: str | None = None) -> Document:
    """Read a file into one document: its text, and the place of everything in it.

    Parameters
    ----------
    source
        A path, or the bytes of a file. The kind of file is recognised by its content, never by its name.
    name
        What to call the file in results and errors; the path by default.

    Returns
    -------
    Document
        Text (NFC, LF line ends), blocks and tables with their origin in the file.

    Raises
    ------
    ReadError
        The file is missing, empty, damaged, encrypted, a scan without text, or of a kind that is not read.

    Examples
    --------
    >>> read("Căn cứ Luật Đất đai năm 2013;".encode(), name="dat-dai.txt").text
    'Căn cứ Luật Đất đai năm 2013;'
    """
    from parcc_nlp.read import read as read_file

    return read_file(source, name=name)


def extract(
    document: Document | str,
    *,
    registry: Registry | None = None,
    resolve: bool = True,
    duties: Collection[Literal["targets", "responsibilities"]] = ("targets", "responsibilities"),
    effects: bool = True,
) -> Extraction:
    """Find metadata, structure, citations, effects on other documents, targets and assignments in a document.

    Parameters
    ----------
    document
        What `read` gave, or a plain text (taken in NFC, with LF line ends).
    registry
        What citations are identified with; the registry shipped with the library by default.
    resolve
        False leaves every citation unresolved and needs no registry.
    duties
        Which of the layers ``"targets"`` and ``"responsibilities"`` to read; a check of citations needs neither.
    effects
        Whether to read what the document does to others; a check of citations does not need it.

    Returns
    -------
    Extraction
        Every span is in code points of `Extraction.text`.

    Examples
    --------
    >>> found = extract("Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08 tháng 6 năm 2010 của Chính phủ;")
    >>> [(citation.number, citation.issued) for citation in found.citations]
    [('63/2010/NĐ-CP', '2010-06-08')]
    """
    from parcc_nlp.extract.run import extract_layers

    read_from = _from_text(document) if isinstance(document, str) else document
    extraction = extract_layers(read_from, duties=duties, effects=effects)
    return _registry(registry).resolve_all(extraction) if resolve else extraction


def review(  # noqa: PLR0913 - every option is keyword-only and has a working default
    extraction: Extraction,
    *,
    as_of: str | date = "signing",
    registry: Registry | None = None,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
    expiring_within_days: int = 90,
    together: Together | None = None,
    today: date | None = None,
    lang: Literal["vi", "en"] = "vi",
) -> Review:
    """Check what a document cites and how, as of a date.

    Parameters
    ----------
    extraction
        What `extract` gave.
    as_of
        ``"signing"`` (was it right on the day the document was signed?), ``"today"`` (must it be looked at now?) or a
        day (``"2023-12-22"``, ``"22/12/2023"`` or a `datetime.date`).
    registry
        What is known of instruments; the registry shipped with the library by default.
    select, ignore
        Rule codes or their beginnings (``"VB1"``): run only these, leave these out.
    expiring_within_days
        How many days ahead the rule on instruments about to expire (VB109) looks.
    together
        Documents to compare this one with, itself among them (`together`); rules that compare are skipped without.
    today
        The day that ``"today"`` means; the day of the computer's clock by default.
    lang
        Language of the findings.

    Returns
    -------
    Review
        Findings with evidence, and how much of the document could be answered for. Where the signing date is asked for
        and the document does not say it, `Review.as_of` is ``"signing"`` and rules that need a day are skipped.

    Raises
    ------
    UsageError
        `as_of` is no date (E301); `select` or `ignore` fits no rule (E304).

    Examples
    --------
    >>> found = extract("Căn cứ Nghị định số 107/2021/NĐ-CP ngày 06 tháng 12 năm 2021 của Chính phủ;")
    >>> review(found, as_of="2026-11-23").as_of
    '2026-11-23'
    """
    from parcc_nlp.review import review as run_rules

    return run_rules(
        extraction,
        as_of=as_of if as_of in {"signing", "today"} else day(as_of),
        registry=_registry(registry),
        select=select,
        ignore=ignore,
        expiring_within_days=expiring_within_days,
        together=together,
        today=today,
        lang=lang,
    )


def together(extractions: Iterable[Extraction], *, registry: Registry | None = None) -> Together:
    """Put documents together so that `review` compares each of them with the others.

    Parameters
    ----------
    extractions
        What `extract` gave for every document. What they cite is identified here: two documents are of one lineage
        where one cites the other.
    registry
        What citations are identified with; the registry shipped with the library by default.

    Returns
    -------
    Together
        For the parameter `together` of `review`: review each of its `documents` with it.

    Examples
    --------
    >>> lot = together([extract("Một", resolve=False), extract("Hai", resolve=False)])
    >>> [review(one, together=lot).findings for one in lot.documents]
    [(), ()]
    """
    from parcc_nlp.review.together import Together as Lot

    known = _registry(registry)
    return Lot(tuple(known.resolve_all(one) for one in extractions))


def status(  # noqa: PLR0913 - identity is (type, number, issuer, date): every part may be given
    instrument: str | Instrument,
    *,
    doc_type: str | None = None,
    issuer: str | None = None,
    issued: str | None = None,
    as_of: str | date = "today",
    registry: Registry | None = None,
    today: date | None = None,
) -> Status | tuple[Status, ...]:
    """Say whether an instrument is in force on a day, with the relation and clause that prove it.

    Parameters
    ----------
    instrument
        A number (``"107/2021/NĐ-CP"``) or an `Instrument` of the registry.
    doc_type, issuer, issued
        The rest of its identity, where the number alone fits several; the date as precise as known (``"2021-12-06"``,
        ``"06/12/2021"``, ``"2021-12"``, ``"2021"``).
    as_of
        ``"today"`` or a day.
    registry
        What is known of instruments; the registry shipped with the library by default.
    today
        The day that ``"today"`` means; the day of the computer's clock by default.

    Returns
    -------
    Status or tuple of Status
        One answer; several where several instruments bear the number. What the registry does not know is answered
        ``not_known`` without proof.

    Raises
    ------
    UsageError
        `as_of` or `issued` is no date (E301).

    Examples
    --------
    >>> status("999999/2021/NĐ-CP", as_of="2026-11-23").status
    'not_known'
    """
    known = _registry(registry)
    on = day(as_of, today=today)
    if isinstance(instrument, Instrument):
        return known.status(instrument, on=on)
    issued = coarse_day(issued) if issued else None
    bearers = known.find(instrument, doc_type=doc_type, issuer=issuer, issued=issued)
    answers = tuple(known.status(bearer, on=on) for bearer in bearers)
    if not answers:
        return known.unknown(instrument, doc_type=doc_type, issuer=issuer, issued=issued, on=on)
    return answers[0] if len(answers) == 1 else answers


def open_library(where: str | Path, *, files: Path | None = None, create: bool = True) -> Library:
    """Open the library of an office: its documents with versions, files, findings and links.

    Parameters
    ----------
    where
        A file (SQLite), or the URL of a PostgreSQL database.
    files
        The folder of the original files; beside the SQLite file by default.
    create
        Whether to make a library where there is none.

    Raises
    ------
    LibraryError
        E501 to E504, E512, E517: it is no library, is not there, is newer than the program, or cannot be reached.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder, open_library(f"{folder}/tuphap.db") as library:
    ...     library.add(extract("Kế hoạch cải cách hành chính năm 2026", resolve=False)).outcome
    'added'
    """
    from parcc_nlp.library import open_library as opened

    return opened(where, files=files, create=create)


_ROW_TYPES = {"responsibilities": Responsibility, "targets": Target, "citations": Citation}


def to_dataframe(
    extractions: Extraction | Iterable[Extraction],
    *,
    of: Literal["responsibilities", "targets", "citations"] = "responsibilities",
) -> pd.DataFrame:
    """Give a layer of one or many extractions as a pandas table, a row for each item.

    Parameters
    ----------
    extractions
        What `extract` gave, for one document or for many.
    of
        The layer.

    Returns
    -------
    pandas.DataFrame
        The column ``path`` (the file, None for a text) and one for each field of the items, named as in the contract;
        the columns are there when there is no row, too.

    Raises
    ------
    UsageError
        E321: pandas, which this library does not need otherwise, is not installed.

    Examples
    --------
    >>> found = extract("Căn cứ Luật Đất đai năm 2013;", resolve=False)
    >>> to_dataframe(found, of="citations")["name"][0]  # doctest: +SKIP
    'Luật Đất đai'
    """
    try:
        import pandas as pd
    except ImportError:
        raise UsageError("E321") from None
    many = (extractions,) if isinstance(extractions, Extraction) else extractions
    rows = [{"path": one.source.path, **asdict(item)} for one in many for item in getattr(one, of)]
    return pd.DataFrame(rows, columns=["path", *(field.name for field in fields(_ROW_TYPES[of]))])


def day(value: str | date, *, today: date | None = None) -> str:
    """Give the ISO date that ``"today"``, an ISO day, a day as officers write it or a `datetime.date` means.

    Raises
    ------
    UsageError
        E301: it is none of these, or no day of the calendar.

    Examples
    --------
    >>> day("today", today=date(2026, 11, 23))
    '2026-11-23'
    >>> day("22/12/2023")
    '2023-12-22'
    >>> day("2023-02-30")
    Traceback (most recent call last):
    parcc_nlp.errors.UsageError: Ngày “2023-02-30” không hợp lệ. ...
    """
    if isinstance(value, date):
        return value.strftime("%Y-%m-%d")
    if value == "today":
        return (today or datetime.now().astimezone().date()).isoformat()
    written = _WRITTEN_DAY.fullmatch(value)
    iso = f"{written['year']}-{int(written['month']):02}-{int(written['day']):02}" if written else value
    if not _ISO_DAY.fullmatch(iso):
        raise UsageError("E301", value=value)
    try:
        return date.fromisoformat(iso).isoformat()
    except ValueError:
        raise UsageError("E301", value=value) from None


def coarse_day(value: str) -> str:
    """Give an ISO date as precise as the one written: a year, a month or a day.

    Raises
    ------
    UsageError
        E301: it is none of these.

    Examples
    --------
    >>> coarse_day("2021"), coarse_day("06/12/2021")
    ('2021', '2021-12-06')
    """
    if _COARSE.fullmatch(value):
        day(f"{value}-01-01"[:10])
        return value
    return day(value)


def _from_text(text: str) -> Document:
    """Take a plain text as a document, as a reader of text files would."""
    return Document(text=unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")))


def _registry(registry: Registry | None) -> Registry:
    """Take the registry given, or the one shipped."""
    if registry is not None:
        return registry
    from parcc_nlp.registry import Registry as Known

    return Known.shipped()
