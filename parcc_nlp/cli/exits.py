"""Exit statuses, and the command group that maps every way to end to one of them."""

from __future__ import annotations

import os
import sys
from enum import IntEnum
from typing import TYPE_CHECKING, Any, cast

import typer
from typer.core import TyperGroup

from parcc_nlp.cli.streams import complain, speak, use_utf8
from parcc_nlp.errors import ParccError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Exit", "ParccGroup"]

# Typer does not publish the root of its usage errors under one name in every version; it publishes this child of it.
_WrongUsage = cast("type[Exception]", typer.BadParameter.__mro__[1])


class Exit(IntEnum):
    """Exit statuses of ``parcc``."""

    DONE = 0
    FINDINGS = 1
    NOT_EXAMINED = 2
    WRONG_USAGE = 3
    INTERRUPTED = 130
    BROKEN_PIPE = 141
    """What a shell reports for a filter whose reader went away (128 + SIGPIPE)."""


class ParccGroup(TyperGroup):
    """The group of all commands: UTF-8 streams, coded errors, exit statuses of the contract."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command line and end the process with one of `Exit`."""
        use_utf8()
        speak("vi")
        given = args[0] if args else kwargs.pop("args", None)
        words = _language_first(sys.argv[1:] if given is None else given)
        code = self._run(words, *args[1:], **{**kwargs, "standalone_mode": False})
        sys.exit(int(code))

    def invoke(self, ctx: Any) -> Any:
        """Run a command; a reader that goes away ends it quietly, before Typer takes it for a failure."""
        try:
            code = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            _leave_pipe()
            return Exit.BROKEN_PIPE
        return code

    def _run(self, *args: Any, **kwargs: Any) -> int:
        """Run the command line and give the exit status."""
        try:
            code = super().main(*args, **kwargs)
        except UsageError as error:
            complain(error)
            return Exit.WRONG_USAGE
        except ParccError as error:
            complain(error)
            return Exit.NOT_EXAMINED
        except _WrongUsage as error:
            _explain(error)
            return Exit.WRONG_USAGE
        except (KeyboardInterrupt, typer.Abort):
            return Exit.INTERRUPTED
        return code if isinstance(code, int) else Exit.DONE


def _language_first(args: Sequence[str]) -> list[str]:
    """Move ``--lang`` before the command: it holds for all of them, so it may stand anywhere."""
    ends = args.index("--") if "--" in args else len(args)
    for number, word in enumerate(args[:ends]):
        taken = 1 if word.startswith("--lang=") else 2 if word == "--lang" else 0
        if taken:
            return [*args[number : number + taken], *args[:number], *args[number + taken :]]
    return list(args)


def _explain(error: Exception) -> None:
    """Print a usage error of the command line parser as one of ours."""
    told = str(getattr(error, "format_message", error.__str__)())
    if "\n" in told.strip():  # no command given: what is told is the whole help page
        sys.stderr.write(told.rstrip() + "\n")
        return
    name = _shown_name(getattr(error, "param", None))
    kind = type(error).__name__
    if kind == "NoSuchOption":
        complain(UsageError("E311", name=getattr(error, "option_name", "")))
    elif kind == "MissingParameter" and name:
        complain(UsageError("E312", name=name))
    elif kind == "BadParameter" and name:
        complain(UsageError("E313", name=name, detail=str(error).removeprefix("Value error, ").rstrip(".")))
    else:
        complain(UsageError("E302", detail=told.rstrip(".?")))


def _shown_name(param: Any) -> str:
    """Name a parameter as the help page does: an option by its long form, an argument by its placeholder."""
    if param is None:
        return ""
    if param.param_type_name == "argument":
        return str(param.metavar or param.name).rstrip(".")
    return str(max(param.opts, key=len))


def _leave_pipe() -> None:
    """Let the interpreter flush into nothing at its end instead of failing once more."""
    for stream in (sys.stdout, sys.stderr):
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        except (OSError, ValueError):  # a stream that is no file has nothing to be flushed into
            continue
