"""The two ways a digest leaves the house: e-mail through an SMTP server, and a POST to a webhook.

Each send gives the problem in a few words, or None where the receiver took it. A digest carries the name of its set of
alerts (Message-ID, Idempotency-Key), so that a receiver can drop one that comes twice.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import smtplib
import ssl
import time
from email.message import EmailMessage
from email.utils import formatdate
from typing import TYPE_CHECKING

from parcc_nlp.library.alerts.digest import digest_dict, digest_html, digest_text, subject

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from parcc_nlp.library.alerts.listing import ListedAlert
    from parcc_nlp.library.alerts.settings import Email, Webhook
    from parcc_nlp.library.alerts.wording import Language

__all__ = ["PARTLY", "SIGNATURE", "TIMESTAMP", "post", "send_mail", "signature"]

SIGNATURE = "X-Parcc-Signature"
TIMESTAMP = "X-Parcc-Timestamp"
PARTLY = "250"
"""What a problem begins with where the message was taken, but not for all recipients."""
_TOO_MANY = 429
_REDIRECT, _SERVER = 300, 500
_LONGEST_PROBLEM = 300


def send_mail(settings: Email, alerts: Sequence[ListedAlert], *, key: str, lang: Language) -> str | None:
    """Send one mail with all alerts."""
    message = _message(settings, alerts, key, lang)
    try:
        with _server(settings) as server:
            if settings.username is not None:
                server.login(settings.username, settings.password or "")
            refused = server.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        return _told(error)
    # Who was refused is told, and the others have it: sending it again would send it to them twice.
    return f"{PARTLY}; {', '.join(sorted(refused))}" if refused else None


def post(
    settings: Webhook,
    alerts: Sequence[ListedAlert],
    *,
    key: str,
    now: float,
    sleep: Callable[[float], None] = time.sleep,
) -> str | None:
    """Post the alerts as JSON; a server in trouble is asked again, with growing pauses."""
    import httpx  # noqa: PLC0415 - loaded only by who posts

    body = json.dumps(digest_dict(alerts, key), ensure_ascii=False).encode()
    stamp = str(int(now))
    headers = {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": key, TIMESTAMP: stamp}
    if settings.secret is not None:
        headers[SIGNATURE] = signature(settings.secret, stamp, body)
    problem = None
    with httpx.Client(timeout=settings.timeout_seconds, follow_redirects=False) as client:
        for attempt in range(settings.retries + 1):
            if attempt:
                sleep(2.0 ** (attempt - 1))
            try:
                status = client.post(settings.url, content=body, headers=headers).status_code
            except httpx.HTTPError as error:
                problem = _told(error)
                continue
            if status < _REDIRECT:
                return None
            problem = f"HTTP {status}"
            if status < _SERVER and status != _TOO_MANY:
                break
    return problem


def signature(secret: str, stamp: str, body: bytes) -> str:
    """Sign a body and its moment (HMAC-SHA256), so that a receiver knows who sent it and that it is not an old one.

    Examples
    --------
    >>> signature("bí mật", "1790000000", b"{}")[:15]
    'sha256=ad1a285e'
    """
    return "sha256=" + hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def _message(settings: Email, alerts: Sequence[ListedAlert], key: str, lang: Language) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = subject(alerts, lang)
    message["From"] = settings.sender
    message["To"] = ", ".join(settings.recipients)
    message["Date"] = formatdate(localtime=True)
    message["Message-ID"] = f"<parcc.{key}@{settings.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(digest_text(alerts, lang))
    if settings.html:
        message.add_alternative(digest_html(alerts, lang), subtype="html")
    return message


def _server(settings: Email) -> smtplib.SMTP:
    """Connect, encrypted as the settings say."""
    context = ssl.create_default_context(cafile=str(settings.ca_file) if settings.ca_file else None)
    if settings.security == "ssl":
        return smtplib.SMTP_SSL(settings.host, settings.port, timeout=settings.timeout_seconds, context=context)
    server = smtplib.SMTP(settings.host, settings.port, timeout=settings.timeout_seconds)
    if settings.security == "starttls":
        try:
            server.starttls(context=context)
        except (OSError, smtplib.SMTPException):
            server.close()
            raise
    return server


def _told(error: Exception) -> str:
    """Write a failure in a few words."""
    return f"{type(error).__name__}: {' '.join(str(error).split())}"[:_LONGEST_PROBLEM]
