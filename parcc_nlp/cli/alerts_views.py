"""``parcc alerts`` and ``parcc refresh``: do it, and tell it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from parcc_nlp.api import day
from parcc_nlp.cli.exits import Exit
from parcc_nlp.cli.library_option import opened
from parcc_nlp.cli.streams import say, spoken, terminal
from parcc_nlp.library.alerts.delivering import deliver
from parcc_nlp.library.alerts.digest import document_name
from parcc_nlp.library.alerts.listing import acknowledge, alert_dict, alerts
from parcc_nlp.library.alerts.settings import read_notify
from parcc_nlp.library.alerts.wording import words
from parcc_nlp.library.following import follow_up
from parcc_nlp.library.refreshing import refresh
from parcc_nlp.report.layout import Run, blank, labelled, paragraph, written
from parcc_nlp.report.wording import legible, written_day

if TYPE_CHECKING:
    from pathlib import Path

    from parcc_nlp.library.alerts.delivering import Delivered
    from parcc_nlp.library.alerts.listing import ListedAlert
    from parcc_nlp.library.alerts.wording import Language
    from parcc_nlp.library.following import FollowUp
    from parcc_nlp.library.refreshing import Refreshed
    from parcc_nlp.report.layout import Paragraph

__all__ = ["acknowledge_alerts", "refresh_library", "send_alerts", "show_alerts"]


def show_alerts(
    where: str | None, *, everything: bool, since: str | None, document: str | None, most: int, form: str
) -> Exit:
    """List alerts."""
    lang = spoken()
    with opened(where) as library:
        document_id = None if document is None else library.document(document).id
        with library.reading() as connection:
            found = alerts(
                connection,
                acknowledged=None if everything else False,
                since=None if since is None else day(since),
                document_id=document_id,
                most=most + 1,
                lang=lang,
            )
    shown, more = found[:most], len(found) > most
    if form == "json":
        value = {"schema": "parcc-alerts/1", "more": more, "alerts": [alert_dict(one) for one in shown]}
        return _tell_json(value)
    look = terminal()
    parts = [part for one in shown for part in _paragraphs(one, lang)] or [paragraph(words("none", lang))]
    if more:
        parts.append(paragraph(words("more", lang)))
    say(written(parts, width=look.width, colour=look.colour))
    return Exit.DONE


def acknowledge_alerts(where: str | None, numbers: list[int], *, by: str | None) -> Exit:
    """Note that somebody has seen alerts."""
    with opened(where) as library, library.writing() as connection:
        count = acknowledge(connection, numbers, who=by, at=library.now())
    say(words("acknowledged", spoken(), count=count) + "\n")
    return Exit.DONE


def send_alerts(where: str | None, settings: Path, *, form: str) -> Exit:
    """Send what was not sent yet."""
    lang, notify = spoken(), read_notify(settings)
    with opened(where) as library:
        sent = deliver(library, notify)
    code = Exit.NOT_EXAMINED if any(one.failed for one in sent) else Exit.DONE
    if form == "json":
        _tell_json({"schema": "parcc-alerts-sent/1", "digests": [asdict(one) for one in sent]})
        return code
    told = [_sent_line(one, lang) for one in sent] or [words("nothing_sent", lang)]
    say(legible("\n".join(told)) + "\n")
    return code


def refresh_library(where: str | None, *, jobs: int, form: str) -> Exit:
    """Learn what is still to be learned, and review every document as of today."""
    lang = spoken()
    with opened(where) as library:
        followed = follow_up(library, jobs=jobs)
        refreshed = refresh(library, jobs=jobs)
    failures = followed.renewed.failures + refreshed.renewed.failures
    if form == "json":
        _tell_json(_refreshed_dict(followed, refreshed))
    else:
        say(f"{_followed_line(followed, lang)}\n{_refreshed_line(refreshed, lang)}\n")
    return Exit.NOT_EXAMINED if failures else Exit.DONE


def _paragraphs(one: ListedAlert, lang: Language) -> list[Paragraph]:
    alert = one.alert
    rows: list[tuple[str, list[Run | str]]] = [("", [legible(alert.message)])]
    if alert.clause and alert.clause not in alert.message:
        rows.append((words("label_clause", lang), [legible(alert.clause)]))
    if alert.effective and written_day(alert.effective) not in alert.message:
        rows.append((words("label_since", lang), [written_day(alert.effective)]))
    rows.append((words("label_do", lang), [one.action]))
    if alert.acknowledged_at:
        seen = (written_day(alert.acknowledged_at[:10]), alert.acknowledged_by)
        rows.append((words("label_seen", lang), [legible(", ".join(part for part in seen if part))]))
    kind = words(f"kind_{alert.kind}", lang)
    head = paragraph(Run(f"{alert.id}. {legible(document_name(one))}", "bold"), f" [{kind}]", rest="   ")
    return [head, *labelled(rows, indent=3), blank()]


def _sent_line(one: Delivered, lang: Language) -> str:
    key = "given_up" if one.given_up else "failed" if one.failed else "sent"
    return words(key, lang, channel=one.channel, alerts=one.alerts, problem=one.problem or "")


def _followed_line(one: FollowUp, lang: Language) -> str:
    return words(
        "followed",
        lang,
        learned=one.learned.versions,
        relations=one.learned.relations,
        refused=one.learned.refusals,
        reviewed=one.renewed.documents,
        alerts=one.alerts,
    )


def _refreshed_line(one: Refreshed, lang: Language) -> str:
    done = one.renewed
    return words(
        "refreshed",
        lang,
        documents=done.documents,
        rate=f"{one.rate:.1f}",
        findings=done.findings,
        alerts=done.alerts,
        failures=done.failures,
    )


def _refreshed_dict(followed: FollowUp, refreshed: Refreshed) -> dict[str, object]:
    return {
        "schema": "parcc-refreshed/1",
        "learned": {**asdict(followed.learned), "refused": dict(followed.learned.refused)},
        "followed": asdict(followed.renewed),
        "waiting": followed.waiting,
        "refreshed": asdict(refreshed.renewed),
        "seconds": round(refreshed.seconds, 2),
        "documents_a_second": round(refreshed.rate, 1),
    }


def _tell_json(value: dict[str, object]) -> Exit:
    say(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
    return Exit.DONE
