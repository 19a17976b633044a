"""The tables of a library. Moments are UTC ("2026-11-23T08:00:00Z"), days ISO days, both as text.

What a table may hold is said by `CheckConstraint`s, so that the database refuses what no part of the program should
write. The full text index is made by `parcc_nlp.library.text_index`, because every database has its own.
"""

from __future__ import annotations

from typing import get_args

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from parcc_nlp.library.values import AlertKind, DocumentState, FindingState, TaskState

__all__ = [
    "ALERT",
    "DELIVERY",
    "DOCUMENT",
    "EDGE",
    "FINDING",
    "FINDING_EVENT",
    "INSTRUMENT",
    "MESSAGE",
    "MESSAGE_REFERENCE",
    "META",
    "METADATA",
    "ORIGINAL",
    "RENDITION",
    "SEEN",
    "TASK",
    "VERSION",
]

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
_SHA256 = String(64)
_MOMENT = String(27)
_DAY = String(10)


def _one_of(column: str, values: object) -> CheckConstraint:
    """Say that a column holds one of the values of a Literal."""
    allowed = ", ".join(f"'{value}'" for value in get_args(values))
    return CheckConstraint(f"{column} IN ({allowed})", name=column)


META = Table(
    "library_meta",
    METADATA,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
ORIGINAL = Table(
    "original",
    METADATA,
    Column("sha256", _SHA256, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("stored_at", _MOMENT, nullable=False),
)
"""The bytes kept under their hash (`parcc_nlp.library.originals`)."""
DOCUMENT = Table(
    "document",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("identity", Text, nullable=False, unique=True),
    Column("doc_type", Text),
    Column("number", Text),
    Column("number_key", Text, index=True),
    Column("issuer", Text),
    Column("issued", _DAY, index=True),
    Column("title", Text),
    Column("place", Text),
    Column("draft", Boolean, nullable=False),
    Column("state", String(10), nullable=False),
    Column("state_reason", Text),
    Column("version_id", Integer),
    Column("versions", Integer, nullable=False),
    Column("added_at", _MOMENT, nullable=False),
    Column("changed_at", _MOMENT, nullable=False),
    Column("reviewed_on", _DAY),
    Column("due", Text, index=True),
    Index(None, "draft", "doc_type"),  # a new document is compared with the drafts of its type
    _one_of("state", DocumentState),
)
"""One document, whatever versions and files it has; `due` says why it has to be reviewed again."""
VERSION = Table(
    "version",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("document_id", ForeignKey("document.id"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("text_sha256", _SHA256, nullable=False, index=True),
    Column("media_type", Text, nullable=False),
    Column("pages", Integer),
    Column("characters", Integer, nullable=False),
    Column("extraction", LargeBinary, nullable=False),
    Column("unlearnable", String(4)),
    Column("learned_at", _MOMENT, index=True),
    Column("program", Text, nullable=False),
    Column("registry", Text, nullable=False),
    Column("added_at", _MOMENT, nullable=False),
    UniqueConstraint("document_id", "ordinal"),
)
"""One text of a document, with what was found in it (`parcc_nlp.library.packing`)."""
RENDITION = Table(
    "rendition",
    METADATA,
    Column("sha256", ForeignKey("original.sha256"), primary_key=True),
    Column("version_id", ForeignKey("version.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("origin", Text),
    Column("added_at", _MOMENT, nullable=False),
)
"""A file of a version: the same text may come as Word and as PDF."""
INSTRUMENT = Table(
    "instrument",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("number_key", Text, index=True),
    Column("label", Text, nullable=False),
    Column("properties", Text, nullable=False),
)
"""An instrument that a document of the library is, cites or acts on."""
EDGE = Table(
    "edge",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("document_id", ForeignKey("document.id"), nullable=False, index=True),
    Column("source", ForeignKey("instrument.id"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("target", ForeignKey("instrument.id"), nullable=False),
    Column("unit", Text, nullable=False),
    Column("since", _DAY),
    Column("until", _DAY),
    Column("properties", Text, nullable=False),
    Index(None, "target", "kind"),
    Index(None, "source", "kind", "target"),  # covers what asks only where a document leads
)
"""What the current version of a document says of an instrument, or of the unit of it with this eId."""
FINDING = Table(
    "finding",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("document_id", ForeignKey("document.id"), nullable=False),
    Column("version_id", ForeignKey("version.id"), nullable=False),
    Column("fingerprint", String(80), nullable=False),
    Column("rule", String(12), nullable=False, index=True),
    Column("severity", String(8), nullable=False),
    Column("instrument", Text),
    Column("state", String(12), nullable=False),
    Column("by_review", Boolean, nullable=False),
    Column("value", Text, nullable=False),
    Column("first_seen", _DAY, nullable=False),
    Column("last_seen", _DAY, nullable=False),
    UniqueConstraint("document_id", "fingerprint"),
    Index(None, "state", "severity"),
    _one_of("state", FindingState),
)
FINDING_EVENT = Table(
    "finding_event",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("finding_id", ForeignKey("finding.id"), nullable=False, index=True),
    Column("at", _MOMENT, nullable=False),
    Column("state", String(12), nullable=False),
    Column("who", Text),
    Column("reason", Text),
    _one_of("state", FindingState),
)
TASK = Table(
    "task",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("origin", Text),
    Column("sha256", ForeignKey("original.sha256"), index=True),
    Column("size", BigInteger),
    Column("state", String(12), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("interruptions", Integer, nullable=False),
    Column("due_at", _MOMENT),
    Column("code", String(4)),
    Column("reason", Text),
    Column("document_id", ForeignKey("document.id"), index=True),
    Column("version_id", ForeignKey("version.id")),
    Column("submitted_at", _MOMENT, nullable=False),
    Column("started_at", _MOMENT),
    Column("finished_at", _MOMENT),
    Column("acknowledged_at", _MOMENT),
    Column("acknowledged_by", Text),
    Index(None, "state", "due_at"),
    Index(None, "state", "interruptions", "id"),
    _one_of("state", TaskState),
)
SEEN = Table(
    "seen_file",
    METADATA,
    Column("path", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("modified_ns", BigInteger, nullable=False),
    Column("task_id", ForeignKey("task.id"), nullable=False),
)
"""Files of inbox folders that were taken in, so that looking again costs no reading."""
MESSAGE = Table(
    "message",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("sha256", ForeignKey("original.sha256"), nullable=False, unique=True),
    Column("message_key", Text, index=True),
    Column("business", String(12), nullable=False),
    Column("sender", Text),
    Column("received_at", _MOMENT, nullable=False),
    Column("document_id", ForeignKey("document.id"), index=True),
    Column("value", Text, nullable=False),
)
"""A message of the document exchange; what it brought is a document."""
MESSAGE_REFERENCE = Table(
    "message_reference",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("message_id", ForeignKey("message.id"), nullable=False, index=True),
    Column("key", Text, nullable=False, index=True),
    Column("document_id", ForeignKey("document.id")),
)
"""A document that a message recalls or replaces, by its key of the exchange; the document once it is in the library."""
ALERT = Table(
    "alert",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("document_id", ForeignKey("document.id"), nullable=False, index=True),
    Column("kind", String(12), nullable=False),
    Column("cause", Text, nullable=False),
    Column("relation", String(20), nullable=False),
    Column("target", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("created_at", _MOMENT, nullable=False, index=True),
    Column("acknowledged_at", _MOMENT),
    Column("acknowledged_by", Text),
    UniqueConstraint("document_id", "kind", "cause", "relation", "target"),
    _one_of("kind", AlertKind),
)
"""What somebody must be told of a document: once for each cause (an instrument) and what it does to which target."""
DELIVERY = Table(
    "delivery",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("alert_id", ForeignKey("alert.id"), nullable=False),
    Column("channel", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("due_at", _MOMENT),
    Column("delivered_at", _MOMENT),
    Column("problem", Text),
    UniqueConstraint("alert_id", "channel"),
)
