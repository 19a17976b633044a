"""The words and codes of databases and lists: relations, statuses, lines of a history, each with how it is known.

The tables stand beside this module (``relation_codes.csv``, ``status_labels.csv``, ``history_labels.csv``) and say for
every row where its meaning is evidenced. A code whose meaning or direction the sources do not settle is `disputed`: it
is refused and never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from parcc_nlp.model import RelationKind
from parcc_nlp.registry.identity import read_rules, slug

__all__ = [
    "HistoryLabel",
    "RelationLabel",
    "StatusLabel",
    "history_by_label",
    "relation_by_code",
    "relation_by_label",
    "status_by_code",
    "status_by_label",
]

Direction = Literal["outgoing", "incoming"]
"""Whether the document acts on the one listed under the label, or is acted on by it."""


@dataclass(frozen=True, slots=True)
class RelationLabel:
    """What a relation code or label means; `kind` is None where it has no bearing on validity."""

    code: str | None
    label: str | None
    direction: Direction
    kind: RelationKind | Literal["basis"] | None
    needs_dates: bool
    """Whether the direction is to be believed only where both signing dates agree with it."""
    disputed: bool
    note: str
    evidence: str


@dataclass(frozen=True, slots=True)
class StatusLabel:
    """What a status means: in_force, expired, partly_expired, suspended, partly_suspended, not_yet, unsuitable."""

    code: str | None
    label: str
    status: str


@dataclass(frozen=True, slots=True)
class HistoryLabel:
    """What a line of a history of validity tells: an event, and for a relation its kind."""

    label: str
    event: Literal["issued", "effective", "expired", "relation"]
    kind: RelationKind | None


@cache
def _relations() -> tuple[RelationLabel, ...]:
    return tuple(
        RelationLabel(
            row["code"] or None,
            row["label"] or None,
            cast("Direction", row["direction"]),
            cast("RelationKind | None", row["kind"] or None),
            row["dates"] == "required",
            row["disputed"] == "yes",
            row["note"],
            row["evidence"],
        )
        for row in read_rules("relation_codes.csv")
    )


@cache
def _codes() -> dict[tuple[str, str], RelationLabel]:
    return {(one.code, one.direction): one for one in _relations() if one.code}


@cache
def _labels() -> dict[str, RelationLabel]:
    return {_key(one.label): one for one in _relations() if one.label}


@cache
def _statuses() -> tuple[StatusLabel, ...]:
    return tuple(
        StatusLabel(row["code"] or None, row["label"], row["status"]) for row in read_rules("status_labels.csv")
    )


@cache
def _histories() -> dict[str, HistoryLabel]:
    return {
        _key(row["label"]): HistoryLabel(
            row["label"],
            cast('Literal["issued", "effective", "expired", "relation"]', row["event"]),
            cast("RelationKind | None", row["kind"] or None),
        )
        for row in read_rules("history_labels.csv")
    }


def _key(label: str) -> str:
    return slug(label.rstrip(" :"))


def relation_by_code(code: str, direction: Direction) -> RelationLabel | None:
    """Give the meaning of a code of the national database; None where the table does not have it.

    Examples
    --------
    >>> relation_by_code("10", "outgoing").kind
    'amends'
    >>> relation_by_code("8", "outgoing").disputed
    True
    """
    return _codes().get((code, direction))


def relation_by_label(label: str) -> RelationLabel | None:
    """Give the meaning of a label, blind to case, commas and tone marks.

    Examples
    --------
    >>> found = relation_by_label("Văn bản thay thế")
    >>> found.kind, found.direction
    ('replaces', 'incoming')
    """
    return _labels().get(_key(label))


def status_by_label(label: str) -> StatusLabel | None:
    """Give the meaning of a status label.

    Examples
    --------
    >>> status_by_label("Hết hiệu lực một phần").status
    'partly_expired'
    """
    return next((one for one in _statuses() if _key(one.label) == _key(label)), None)


def status_by_code(code: str) -> StatusLabel | None:
    """Give the meaning of a status code of the national database.

    Examples
    --------
    >>> status_by_code("HHL").status
    'expired'
    """
    return next((one for one in _statuses() if one.code == code), None)


def history_by_label(label: str) -> HistoryLabel | None:
    """Give the meaning of a line of a history.

    Examples
    --------
    >>> history_by_label("Bị thay thế bởi").kind
    'replaces'
    """
    return _histories().get(_key(label))
