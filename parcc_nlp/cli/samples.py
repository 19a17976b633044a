"""The documents written for this project and shipped with it."""

from __future__ import annotations

from pathlib import Path

import parcc_nlp
from parcc_nlp.cli.inputs import Input, gather
from parcc_nlp.errors import UsageError

__all__ = ["samples"]


def samples() -> tuple[Input, ...]:
    """List the samples, from the installed package or from the checkout.

    Raises
    ------
    UsageError
        E310: there are none.
    """
    package = Path(parcc_nlp.__file__).parent
    for home in (package, package.parent):
        folder = home / "corpora" / "samples"
        if folder.is_dir():
            found = tuple(one for one in gather([str(folder)]).documents if Path(one.name).stem != "README")
            if found:
                return found
    raise UsageError("E310")
