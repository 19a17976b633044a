"""What is written where: UTF-8 on every stream whatever the locale says, complaints on the error stream."""

from __future__ import annotations

import io
import os
import shutil
import sys
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from parcc_nlp.report.wording import legible

if TYPE_CHECKING:
    from parcc_nlp.errors import ParccError

__all__ = ["Terminal", "complain", "note", "say", "speak", "spoken", "terminal", "use_utf8"]

Language = Literal["vi", "en"]

_NARROWEST, _WIDEST, _PLAIN = 60, 110, 80
_language: ContextVar[Language] = ContextVar("language", default="vi")


@dataclass(frozen=True, slots=True)
class Terminal:
    """How wide and in what colours text is written."""

    width: int = _PLAIN
    colour: bool = False


def use_utf8() -> None:
    """Write UTF-8 although the locale may say otherwise; a lone surrogate is written as its escape, as JSON has it."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def speak(lang: Language) -> None:
    """Choose the language of messages from here on."""
    _language.set(lang)


def spoken() -> Language:
    """Give the language of messages."""
    return _language.get()


def terminal() -> Terminal:
    """Look at where standard output goes. NO_COLOR and TERM=dumb are obeyed."""
    if not sys.stdout.isatty():
        return Terminal()
    width = min(max(shutil.get_terminal_size().columns, _NARROWEST), _WIDEST)
    colour = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Terminal(width, colour)


def say(text: str) -> None:
    """Write to standard output, as it is."""
    sys.stdout.write(text)


def note(text: str) -> None:
    """Write a line to the error stream."""
    sys.stderr.write(legible(text) + "\n")


def complain(error: ParccError) -> None:
    """Write a coded error to the error stream in the language of messages."""
    note(error.message(lang=spoken()))
