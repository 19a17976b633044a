"""Where alerts are sent to (``notify.yaml``; docs/examples/notify.yaml shows every key); nothing is sent without it."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal
from urllib.parse import urlsplit

from parcc_nlp.errors import UsageError

__all__ = ["Email", "Notify", "Webhook", "read_notify"]

_STRICT: dict[str, Any] = {"extra": "forbid"}
_VARIABLE = re.compile(r"\$\{(?P<name>[A-Za-z_][A-Za-z0-9_]*)\}")
_ADDRESS = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+")


@dataclass(frozen=True, slots=True)
class Email:
    """An SMTP server and who gets the digest. `security` is how the connection is encrypted."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT

    host: str
    sender: str
    recipients: tuple[str, ...]
    port: int = 587
    security: Literal["starttls", "ssl", "none"] = "starttls"
    username: str | None = None
    password: str | None = None
    html: bool = True
    ca_file: Path | None = None
    """Certificates of the office's own authority (PEM)."""
    timeout_seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class Webhook:
    """An address that gets the digest as JSON, signed with `secret` where one is given."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT

    url: str
    secret: str | None = None
    retries: int = 3
    timeout_seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class Notify:
    """What stands in ``notify.yaml``."""

    __pydantic_config__: ClassVar[dict[str, Any]] = _STRICT

    email: Email | None = None
    webhook: Webhook | None = None
    language: Literal["vi", "en"] = "vi"


def read_notify(path: Path) -> Notify:
    """Read the settings; ``${NAME}`` in a value stands for an environment variable.

    Raises
    ------
    UsageError
        E540: the file cannot be read; E541: a key is unknown, missing or of a wrong type; E542: an environment variable
        is not set; E543: neither e-mail nor webhook is set.
    """
    import yaml  # noqa: PLC0415 - read only by who sends

    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        detail = getattr(error, "strerror", None) or " ".join(str(error).split())
        raise UsageError("E540", path=str(path), detail=detail) from error
    settings = _checked(_filled(content or {}, (), path), path)
    if settings.email is None and settings.webhook is None:
        raise UsageError("E543", path=str(path))
    _look_at(settings, path)
    return settings


def _filled(value: Any, place: tuple[str, ...], path: Path) -> Any:
    """Put environment variables in their places."""
    if isinstance(value, dict):
        return {key: _filled(one, (*place, str(key)), path) for key, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, (*place, str(order + 1)), path) for order, one in enumerate(value)]
    if not isinstance(value, str):
        return value
    for name in _VARIABLE.findall(value):
        if name not in os.environ:
            raise UsageError("E542", path=str(path), key=".".join(place), name=name)
    return _VARIABLE.sub(_environment, value)


def _environment(found: re.Match[str]) -> str:
    return os.environ[found["name"]]


def _checked(content: Any, path: Path) -> Notify:
    """Check keys and types. The value itself is not told: it may be a secret."""
    from pydantic import TypeAdapter, ValidationError  # noqa: PLC0415 - as above

    try:
        return TypeAdapter(Notify).validate_python(content)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"]) or "notify"
        raise UsageError("E541", path=str(path), key=key, detail=first["msg"]) from None


def _look_at(settings: Notify, path: Path) -> None:
    """Check what types do not say."""
    if settings.email is not None:
        mail = settings.email
        if not mail.recipients:
            raise UsageError("E541", path=str(path), key="email.recipients", detail="0")
        for key, address in (("sender", mail.sender), *(("recipients", one) for one in mail.recipients)):
            if not _ADDRESS.fullmatch(address):
                raise UsageError("E541", path=str(path), key=f"email.{key}", detail=f"“{address}”")
    if settings.webhook is not None and urlsplit(settings.webhook.url).scheme not in {"http", "https"}:
        raise UsageError("E541", path=str(path), key="webhook.url", detail="http, https")
