"""What a library gives back: documents, versions, findings with their state, import tasks, alerts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from parcc_nlp.model import Finding

__all__ = [
    "Alert",
    "AlertKind",
    "DocumentState",
    "FindingEvent",
    "FindingState",
    "ImportTask",
    "Rendition",
    "StoredDocument",
    "StoredFinding",
    "StoredVersion",
    "TaskState",
]

DocumentState = Literal["active", "frozen"]
"""A document that its issuer recalled is frozen, never deleted (NĐ 30/2020/NĐ-CP, Phụ lục VI)."""
FindingState = Literal["open", "acknowledged", "set_aside", "resolved"]
"""Found; seen by an officer; set aside by an officer with a reason; no longer found."""
TaskState = Literal["pending", "started", "done", "duplicate", "failed", "quarantined"]
"""``failed`` is tried again; ``quarantined`` is not, until an officer says so."""
AlertKind = Literal["affected", "version", "recalled", "disagreement"]


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document of the library, as its current version says.

    `identity` is its id in the graph; `due` why it waits for another review.
    """

    id: int
    identity: str
    doc_type: str | None
    number: str | None
    issuer: str | None
    issued: str | None
    title: str | None
    place: str | None
    draft: bool
    state: DocumentState
    state_reason: str | None
    version_id: int
    versions: int
    added_at: str
    changed_at: str
    reviewed_on: str | None
    due: str | None


@dataclass(frozen=True, slots=True)
class StoredVersion:
    """One text of a document."""

    id: int
    document_id: int
    ordinal: int
    text_sha256: str
    media_type: str
    pages: int | None
    characters: int
    added_at: str
    program: str
    registry: str
    learned_at: str | None
    unlearnable: str | None


@dataclass(frozen=True, slots=True)
class Rendition:
    """A file of a version; its bytes are kept under `sha256`."""

    sha256: str
    version_id: int
    name: str
    origin: str | None
    added_at: str


@dataclass(frozen=True, slots=True)
class FindingEvent:
    """A change of the state of a finding: when, to what, by whom, why."""

    at: str
    state: FindingState
    who: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class StoredFinding:
    """A finding on a document of the library; `by_review` is false for those that importing itself makes."""

    id: int
    document_id: int
    finding: Finding
    state: FindingState
    by_review: bool
    first_seen: str
    last_seen: str


@dataclass(frozen=True, slots=True)
class ImportTask:
    """A file on its way into the library, and what became of it."""

    id: int
    name: str
    origin: str | None
    sha256: str | None
    size: int | None
    state: TaskState
    attempts: int
    interruptions: int
    due_at: str | None
    code: str | None
    reason: str | None
    document_id: int | None
    version_id: int | None
    submitted_at: str
    started_at: str | None
    finished_at: str | None
    acknowledged_at: str | None
    acknowledged_by: str | None


@dataclass(frozen=True, slots=True)
class Alert:
    """What somebody must be told of a document: `cause` did `relation` to `target`, on which it rests."""

    id: int
    document_id: int
    kind: AlertKind
    cause: str
    relation: str
    target: str
    message: str
    effective: str | None
    clause: str | None
    created_at: str
    acknowledged_at: str | None
    acknowledged_by: str | None
