"""One message for many alerts, grouped by document: as plain text, as HTML, as JSON."""

from __future__ import annotations

import hashlib
from html import escape
from typing import TYPE_CHECKING, Any

from parcc_nlp.library.alerts.listing import alert_dict
from parcc_nlp.library.alerts.wording import words
from parcc_nlp.report.wording import legible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parcc_nlp.library.alerts.listing import ListedAlert
    from parcc_nlp.library.alerts.wording import Language

__all__ = ["digest_dict", "digest_html", "digest_key", "digest_text", "document_name", "subject"]


def digest_key(alerts: Sequence[ListedAlert]) -> str:
    """Name a set of alerts: the same set has the same name whenever it is sent."""
    told = (f"{one.alert.id}|{one.alert.created_at}|{one.document.identity}" for one in alerts)
    return hashlib.sha256("\n".join(sorted(told)).encode()).hexdigest()[:32]


def subject(alerts: Sequence[ListedAlert], lang: Language = "vi") -> str:
    """Write the subject: how many alerts on how many documents."""
    return words("subject", lang, alerts=len(alerts), documents=len(_by_document(alerts)))


def digest_text(alerts: Sequence[ListedAlert], lang: Language = "vi") -> str:
    """Write the alerts as plain text."""
    lines = [words("greeting", lang), ""]
    for group in _by_document(alerts):
        lines.append(document_name(group[0]))
        for one in group:
            lines += [f"- {one.alert.message}", f"  {words('label_do', lang)} {one.action}"]
        lines.append("")
    return legible("\n".join([*lines, words("footer", lang), ""]))


def digest_html(alerts: Sequence[ListedAlert], lang: Language = "vi") -> str:
    """Write the alerts as a page; what stands in documents is escaped."""
    parts = [f'<!DOCTYPE html><html lang="{lang}"><body><p>{escape(words("greeting", lang))}</p>']
    for group in _by_document(alerts):
        parts.append(f"<h3>{escape(legible(document_name(group[0])))}</h3><ul>")
        for one in group:
            told = escape(legible(one.alert.message))
            parts.append(f"<li>{told}<br><b>{escape(words('label_do', lang))}</b> {escape(one.action)}</li>")
        parts.append("</ul>")
    return "".join([*parts, f"<p>{escape(words('footer', lang))}</p></body></html>"])


def digest_dict(alerts: Sequence[ListedAlert], key: str) -> dict[str, Any]:
    """Give the alerts as JSON has them; `key` names the set."""
    return {"schema": "parcc-alerts/1", "key": key, "alerts": [alert_dict(one) for one in alerts]}


def document_name(one: ListedAlert) -> str:
    """Name a document by type, number and title."""
    document = one.document
    named = " ".join(part for part in (document.doc_type, document.number) if part) or f"#{document.id}"
    return f"{named}: {' '.join(document.title.split())}" if document.title else named


def _by_document(alerts: Sequence[ListedAlert]) -> list[list[ListedAlert]]:
    groups: dict[int, list[ListedAlert]] = {}
    for one in alerts:
        groups.setdefault(one.document.id, []).append(one)
    return list(groups.values())
