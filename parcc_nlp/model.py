"""The values everything passes on: documents, what was found in them, what is known of instruments.

Every class is a frozen, slotted dataclass with plain fields, so that it can be compared, hashed, pickled and written to
JSON (`parcc_nlp.contract`). Offsets are code points into `Document.text`; for every value with `start`, `end` and
`text`, `document.text[start:end] == text` holds. Dates are ISO strings as precise as the source is: ``"2023-12-22"``,
``"2025-12"`` or ``"2019"``. What is not known is ``None``, never missing.

Field meanings follow the published contract (docs/OUTPUT.md): document fields are those of Nghị định 30/2020/NĐ-CP,
relations those of ELI and Akoma Ntoso.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

__all__ = [
    "AgencyMention",
    "Alias",
    "AmendedBy",
    "Block",
    "BlockKind",
    "Cell",
    "Citation",
    "CitationRelation",
    "Contradiction",
    "Coverage",
    "Document",
    "DocumentPart",
    "Effect",
    "Evidence",
    "Extraction",
    "Finding",
    "Instrument",
    "Metadata",
    "Origin",
    "PartKind",
    "Period",
    "Pinpoint",
    "Proof",
    "ProvisionStatus",
    "ProvisionStatusKind",
    "Related",
    "Relation",
    "RelationKind",
    "Resolution",
    "Responsibility",
    "Review",
    "Section",
    "SectionKind",
    "Severity",
    "SkippedRule",
    "Source",
    "Span",
    "Status",
    "StatusKind",
    "Suppression",
    "Table",
    "Target",
    "TaskHolder",
    "TaskRow",
    "Where",
]

BlockKind = Literal["paragraph", "heading", "table", "header", "footer", "textbox", "footnote"]
SectionKind = Literal[
    "phan", "chuong", "muc", "tieu_muc", "dieu", "khoan", "diem", "section", "bullet", "phu_luc", "table", "row"
]
PartKind = Literal["head", "body", "closing", "attached", "tail", "quoted"]
CitationRelation = Literal["basis", "implements", "amends", "replaces", "repeals", "self", "cites"]
Resolution = Literal["exact", "inferred", "ambiguous", "unresolved"]
StatusKind = Literal["in_force", "partly_expired", "expired", "suspended", "not_yet", "not_known"]
ProvisionStatusKind = Literal["in_force", "amended", "expired", "suspended", "not_yet", "not_known"]
RelationKind = Literal[
    "replaces",
    "repeals",
    "partially_repeals",
    "amends",
    "suspends",
    "corrects",
    "consolidates",
    "guides",
    "continues",
    "date_shift",
    "extends",
]
Severity = Literal["error", "warning", "info", "unknown"]
Confidence = Literal["verified", "partial", "unverified"]


def _without_trailing_underscore(name: str) -> str:
    """Give the JSON name of a field whose plain name is a Python keyword (``from_`` is printed as ``from``)."""
    return name.rstrip("_")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of `Document.text`, half open, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a block or cell stood in the file it came from. What the format does not have is None.

    `page` is 1-based; `box` is (x0, top, x1, bottom) in PDF points from the top left; `paragraph` is the 0-based number
    of the paragraph in document order and `part` the package part it stands in (``word/document.xml``); `table`, `row`
    and `column` are 0-based.
    """

    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    part: str | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or table of a document, in reading order."""

    kind: BlockKind
    start: int
    end: int
    origin: Origin = Origin()
    label: str | None = None
    """The automatic number that the word processor shows and that was computed into the text (``"Điều 3."``)."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: a merged cell stands once, at its upper left place, with its spans."""

    row: int
    column: int
    start: int
    end: int
    row_span: int = 1
    column_span: int = 1
    origin: Origin = Origin()


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a document. In the text its cells are separated by tabs and its rows by line breaks."""

    start: int
    end: int
    rows: int
    columns: int
    cells: tuple[Cell, ...]
    header_rows: int = 0
    origin: Origin = Origin()


@dataclass(frozen=True, slots=True)
class Source:
    """The file a document was read from."""

    path: str | None = None
    media_type: str = "text/plain"
    sha256: str | None = None
    pages: int | None = None
    text_layer: Literal["native", "ocr", "none"] = "native"
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A file as text, with the place of everything in it.

    `text` is NFC with ``"\\n"`` line ends and is never rewritten afterwards. Headers and footers of pages are not part
    of `text`; they stand in `marginalia`.
    """

    text: str
    source: Source = Source()
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    marginalia: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """The time a plan is made for, both days included."""

    __pydantic_config__: ClassVar[dict[str, Any]] = {
        "alias_generator": _without_trailing_underscore,
        "serialize_by_alias": True,
        "populate_by_name": True,
    }

    from_: str
    to: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a document says of itself (NĐ 30/2020/NĐ-CP, Điều 8)."""

    doc_type: str | None = None
    number: str | None = None
    issued: str | None = None
    issuer: str | None = None
    place: str | None = None
    title: str | None = None
    effective: str | None = None
    expires: str | None = None
    signer: str | None = None
    signer_title: str | None = None
    recipients: tuple[str, ...] = ()
    attached_type: str | None = None
    attached_title: str | None = None
    normative: bool | None = None
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A structural unit: Phần, Chương, Mục, Điều, khoản, điểm, a plan's I./1./a)/-, phụ lục, a table or a row.

    `parent` is the `eid` of the unit it stands in; `eid` follows the Akoma Ntoso naming convention.
    """

    kind: SectionKind
    label: str | None
    heading: str | None
    start: int
    end: int
    parent: str | None
    eid: str


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """A stretch of a document with a part of its own to play (NĐ 30/2020/NĐ-CP, Phụ lục I, Phần I).

    ``head`` is letterhead, title and the căn cứ lines; ``body`` what is decided; ``closing`` recipients and signature;
    ``attached`` a document issued with this one, from the line of its type to the next one or the end; ``tail`` what a
    portal wrote behind it. ``quoted`` is wording in quotation marks over several lines, which another document says; it
    lies within the others.
    """

    kind: PartKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """One cited provision of an instrument, every label as printed ("37a", "đ", "III")."""

    dieu: str | None = None
    khoan: str | None = None
    diem: str | None = None
    chuong: str | None = None
    muc: str | None = None
    phu_luc: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention of another legal or Party document, or of a formal standard."""

    start: int
    end: int
    text: str
    doc_type: str | None = None
    number: str | None = None
    name: str | None = None
    issued: str | None = None
    issuer: str | None = None
    title: str | None = None
    relation: CitationRelation = "cites"
    pinpoints: tuple[Pinpoint, ...] = ()
    mention: Literal["first", "later"] = "first"
    instrument: str | None = None
    resolution: Resolution = "unresolved"
    candidates: tuple[str, ...] = ()
    internal: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """A quantified goal that the document commits to reach or keep."""

    start: int
    end: int
    text: str
    value: float
    value_max: float | None = None
    unit: str | None = None
    comparator: Literal[">=", "<=", "="] = "="
    change: Literal["increase", "decrease"] | None = None
    subject: str | None = None
    scope: str | None = None
    exceptions: str | None = None
    deadline: str | None = None
    modality: Literal["committed", "aspired"] = "committed"
    sentence: Span | None = None
    section: str | None = None
    responsible: tuple[str, ...] = ()
    """Who leads or carries out what the same paragraph assigns, as written."""
    part_of: Span | None = None
    """The value of the target this one is a part of ("90%; trong đó, lĩnh vực đất đai 85%")."""


@dataclass(frozen=True, slots=True)
class AgencyMention:
    """A body that the text names: an agency, a collective of agencies, or a head standing for the body.

    `name` is the name with its field spelled out ("Sở GD&ĐT" is "Sở Giáo dục và Đào tạo"); `agency_id` is None for a
    collective and for a body that is not known.
    """

    start: int
    end: int
    text: str
    name: str
    agency_id: str | None = None
    level: Literal["central", "province", "district", "commune"] | None = None
    place: str | None = None
    collective: bool = False
    head: bool = False
    """Whether the body's head is named in its stead ("Giám đốc Sở Nội vụ")."""


@dataclass(frozen=True, slots=True)
class Responsibility:
    """An assignment this document makes: one agency, one role, one paragraph."""

    start: int
    end: int
    text: str
    agency: str
    role: Literal["lead", "coordinate", "implement", "report_to"]
    agency_id: str | None = None
    deadline: str | None = None
    recurrence: str | None = None
    product: str | None = None
    funding: str | None = None
    origin: Literal["prose", "table"] = "prose"
    section: str | None = None


@dataclass(frozen=True, slots=True)
class TaskHolder:
    """An agency in a cell of a task table, with the role that the column or the cell gives it.

    `start` and `end` are the place of its name in the cell; `agency` is the name on one line.
    """

    start: int
    end: int
    agency: str
    role: Literal["lead", "coordinate", "implement", "report_to"]
    agency_id: str | None = None


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A row of a table that lists tasks: what is to be done, by whom, with what result, by when.

    `start` and `end` reach over all its cells, joined over a page break; `table` is the 0-based number of the table in
    `Document.tables` (None where cells had become lines of text) and `row` the 0-based row in it. `section` is the
    heading of the group the row stands in. `doubts` names the fields that the table does not decide: they are empty
    here and nobody is made responsible on their ground.
    """

    start: int
    end: int
    table: int | None
    row: int
    number: str | None = None
    task: str | None = None
    task_span: Span | None = None
    holders: tuple[TaskHolder, ...] = ()
    product: str | None = None
    deadline: str | None = None
    recurrence: str | None = None
    funding: str | None = None
    section: str | None = None
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Effect:
    """What this document does to another in its own operative clauses.

    `target` is the canonical number, or the name where the text gives none; `doc_type`, `issued` and `issuer` are what
    the clause says of it. `parts` are the provisions touched, empty for the whole; `exception` is what the clause keeps
    back ("trừ Điều 5"), as written; `content` describes a part that has no number ("các quy định về bưu chính"): then
    not the whole is meant although `parts` is empty. `clause` is the provision of this document that says so ("khoản 2
    Điều 31") and `basis` whether an operative clause says it or only the title. `effective` is the day it takes effect,
    `expires` the last day of an effect that is limited in time (a suspension, an extension, a pilot).
    """

    relation: RelationKind
    target: str
    parts: tuple[Pinpoint, ...]
    effective: str | None
    start: int
    end: int
    text: str
    doc_type: str | None = None
    issued: str | None = None
    issuer: str | None = None
    exception: str | None = None
    clause: str | None = None
    content: str | None = None
    expires: str | None = None
    basis: Literal["clause", "title"] = "clause"


@dataclass(frozen=True, slots=True)
class Alias:
    """A short name the document gives ("sau đây gọi tắt là ...", "cải cách hành chính (CCHC)").

    `start` and `end` are the place of the short form where it is introduced.
    """

    short: str
    long: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one document."""

    text: str
    source: Source = Source()
    metadata: Metadata = Metadata()
    structure: tuple[Section, ...] = ()
    citations: tuple[Citation, ...] = ()
    targets: tuple[Target, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    effects: tuple[Effect, ...] = ()
    relations: tuple[Effect, ...] = ()
    """What it says of others without changing them: guides, consolidates, continues, extends, moves a date."""
    aliases: tuple[Alias, ...] = ()
    blocks: tuple[Block, ...] = ()
    """Where the text came from; kept for the places named in findings, not part of the JSON contract."""
    parts: tuple[DocumentPart, ...] = ()
    """Head, body, closing, attached documents; for the review; like the fields that follow not in the JSON contract."""
    agencies: tuple[AgencyMention, ...] = ()
    tasks: tuple[TaskRow, ...] = ()
    """The rows of tables that list tasks."""
    unread: tuple[Literal["targets", "responsibilities", "effects"], ...] = ()
    """Layers that were not read, so that finding nothing in them says nothing."""


@dataclass(frozen=True, slots=True)
class Instrument:
    """A legal or Party document that the registry knows.

    Its identity is (type, number, issuer, date), never the number alone.
    `id` is the path of those four (``vn/nghi-dinh/chinh-phu/2010-06-08/63-2010-nd-cp``). A field that the facts only
    remember is None. `confidence` says how far the row may be believed; `source` where it is known from.
    """

    id: str
    number: str | None
    doc_type: str | None
    title: str | None = None
    issuer: str | None = None
    issued: str | None = None
    effective: str | None = None
    expires: str | None = None
    source: str | None = None
    confidence: Confidence = "verified"
    checked_on: str | None = None
    """The day up to which its validity was checked against a source that states it."""
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """What one instrument does to another, with the clause that says so.

    `parts` are the provisions of the target, empty for the whole or where they are not known. `effective` is the day it
    takes effect (valid time); `learned` the day it came to be known and `withdrawn` the day it was taken back (known
    time). `origin` is the kind of source that says it; `id` names a relation that an office added, for withdrawing it.
    """

    source: str
    kind: RelationKind
    target: str
    effective: str | None = None
    clause: str | None = None
    exception: str | None = None
    evidence: str | None = None
    confidence: Confidence = "verified"
    parts: tuple[Pinpoint, ...] = ()
    learned: str | None = None
    withdrawn: str | None = None
    origin: str = "shipped"
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """A relation as it stands in an answer: what was done, by which instrument, by which clause, from when.

    `parts` are the provisions concerned, where they are known.
    """

    relation: str
    by: str
    clause: str | None
    effective: str | None
    source: str | None
    confidence: Confidence
    exception: str | None = None
    parts: tuple[Pinpoint, ...] = ()


@dataclass(frozen=True, slots=True)
class AmendedBy:
    """An amendment that had taken effect on the day asked about."""

    by: str
    clause: str | None
    effective: str | None
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two sources that differ: what is kept and what is not, each with where it is from. Nothing is hidden.

    `field` is a field of the instrument, or a relation to another ("replaces 107/2021/NĐ-CP"). A value is None where
    neither source is believed more than the other, so that none is kept.
    """

    instrument: str
    field: str
    kept: str | None
    kept_from: str
    other: str | None
    other_from: str


@dataclass(frozen=True, slots=True)
class Status:
    """The answer to "is this instrument in force on that day?", with its proof (contract: ``parcc-status/1``)."""

    number: str | None
    doc_type: str | None
    issuer: str | None
    issued: str | None
    title: str | None
    as_of: str
    status: StatusKind
    basis: Literal["stated", "inferred", "none"]
    since: str | None = None
    successor: str | None = None
    chain: tuple[str, ...] = ()
    """The way to `successor`: every replacing instrument in order, the last one in force on the day or not known."""
    proof: tuple[Proof, ...] = ()
    amended_by: tuple[AmendedBy, ...] = ()
    leads: tuple[Proof, ...] = ()
    """Unverified relations: shown as something to look up, never the ground of a verdict."""
    contradictions: tuple[Contradiction, ...] = ()
    """Where sources differ on this instrument: shown side by side, whatever the answer."""
    note: str | None = None
    instrument: str | None = None
    known_on: str | None = None
    """The day whose knowledge answered, where it was asked for; None is all that is known."""
    registry: str | None = None


@dataclass(frozen=True, slots=True)
class ProvisionStatus:
    """The answer to "is this provision of that instrument in force on that day?".

    `provision` is the one asked for; `since`, `by` and `clause` tell what changed it, `proof` everything that did.
    """

    instrument: str
    provision: Pinpoint
    as_of: str
    status: ProvisionStatusKind
    basis: Literal["stated", "inferred", "none"]
    since: str | None = None
    by: str | None = None
    clause: str | None = None
    proof: tuple[Proof, ...] = ()
    note: str | None = None
    known_on: str | None = None
    registry: str | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """A place a person can find: page, paragraph (1-based line of the text), section."""

    page: int | None = None
    paragraph: int | None = None
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a finding is known from."""

    source: str
    clause: str | None = None
    quote: str | None = None
    retrieved: str | None = None


@dataclass(frozen=True, slots=True)
class Related:
    """Another place a finding speaks of: in the same document (`path` None) or in another one."""

    start: int
    end: int
    text: str
    where: Where
    path: str | None = None


@dataclass(frozen=True, slots=True)
class Suppression:
    """An officer's decision not to be told of a finding any more: why, by whom, on which day."""

    reason: str
    by: str | None = None
    on: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the review asks the officer to look at.

    `related` are the other places it speaks of. `suppressed` says that and why an officer set it aside; `baseline` is
    ``"unchanged"`` where an earlier check that serves as the baseline had it already, ``"new"`` where it had not, None
    without a baseline. Neither takes the finding out of the report.
    """

    rule: str
    severity: Severity
    kind: Literal["fail", "open", "review"]
    message: str
    reason: str
    start: int
    end: int
    text: str
    where: Where
    as_of: str
    instrument: str | None = None
    evidence: tuple[Evidence, ...] = ()
    suggestion: str | None = None
    applicability: Literal["safe", "review"] = "review"
    fingerprint: str = ""
    related: tuple[Related, ...] = ()
    suppressed: Suppression | None = None
    baseline: Literal["new", "unchanged"] | None = None


@dataclass(frozen=True, slots=True)
class SkippedRule:
    """A rule that did not run, and why."""

    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of the document the review could answer for."""

    citations: int
    resolved: int
    valid: int
    not_valid: int
    not_known: int
    rules_run: tuple[str, ...]
    rules_skipped: tuple[SkippedRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """The findings of one document as of one date."""

    as_of: str
    source: Source
    coverage: Coverage
    findings: tuple[Finding, ...]
