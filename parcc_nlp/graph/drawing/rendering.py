"""Graphviz as a process: a text in, a picture out, within limits of time."""

from __future__ import annotations

import re
import shutil
import subprocess
from typing import Literal

from parcc_nlp.errors import UsageError

__all__ = ["measured", "rendered"]

_SECONDS = 60.0
_DOTS_PER_INCH = 220
_POINTS = 72.0
_SIZE = re.compile(rb"^graph \S+ (\S+) (\S+)")


def rendered(source: str, *, form: Literal["svg", "png", "plain"]) -> bytes:
    """Draw a text in the language of Graphviz.

    Raises
    ------
    UsageError
        E380: Graphviz is not installed; E381: it did not finish in time or could not draw the text.
    """
    program = shutil.which("dot")
    if program is None:
        raise UsageError("E380")
    command = [program, f"-T{form}", f"-Gdpi={_DOTS_PER_INCH}"] if form == "png" else [program, f"-T{form}"]
    try:
        run = subprocess.run(  # noqa: S603 - a program found by its name; the text goes through a pipe
            command, input=source.encode(), capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise UsageError("E381", detail=f"> {_SECONDS:.0f} s") from None
    if run.returncode or not run.stdout:
        said = run.stderr.decode(errors="replace").strip().splitlines()
        raise UsageError("E381", detail=said[0] if said else f"dot: {run.returncode}")
    return run.stdout


def measured(source: str) -> tuple[float, float]:
    """Give width and height of what a text draws, in points.

    Raises
    ------
    UsageError
        E380, E381: as for `rendered`.
    """
    found = _SIZE.match(rendered(source, form="plain"))
    if found is None:
        raise UsageError("E381", detail="dot -Tplain")
    return float(found[1]) * _POINTS, float(found[2]) * _POINTS
