"""What a user waits for before anything happens: importing the package, and one check as a whole process."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import texts
from benchmarks.timing import Row, at_most, printed_seconds, process_seconds

IMPORT_SECONDS = 0.15
CHECK_SECONDS = 1.0
CHECKED_CHARACTERS = 50_000

_TIMED_IMPORT = "import time; t = time.perf_counter(); import parcc_nlp{use}; print(time.perf_counter() - t)"
_LOADED = (
    "import json, sys; before = set(sys.modules); import parcc_nlp; "
    "print(json.dumps(sorted({name.split('.')[0] for name in set(sys.modules) - before} - sys.stdlib_module_names)))"
)


def importing() -> Iterator[Row]:
    """``import parcc_nlp`` in a fresh interpreter, and what it loads beside the standard library."""
    loaded = json.loads(subprocess.run([sys.executable, "-c", _LOADED], capture_output=True, check=True).stdout)
    seconds = printed_seconds(_TIMED_IMPORT.format(use=""), runs=15)
    yield at_most("import parcc_nlp", seconds, "s", target=IMPORT_SECONDS, note="loads " + ", ".join(loaded))
    first_use = printed_seconds(_TIMED_IMPORT.format(use="; parcc_nlp.extract('Nghị định 30/2020/NĐ-CP')"), runs=5)
    yield Row("import parcc_nlp and first extract", first_use, "s")


def checking() -> Iterator[Row]:
    """``parcc check`` of one file of 50 thousand characters as a whole process."""
    parcc = str(Path(sys.executable).with_name("parcc"))
    for kind, text in (
        ("samples", texts.vietnamese(CHECKED_CHARACTERS)),
        ("real plans", texts.real(CHECKED_CHARACTERS)),
    ):
        if text is None:
            continue
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "text.txt")
            file.write_text(text, encoding="utf-8")
            for form in ("json", "text"):
                command = [parcc, "check", str(file), "--as-of", "today", "--format", form]
                seconds = process_seconds(command, runs=10, may_find=True)
                yield at_most(f"parcc check, {kind}, 50 KB, {form}", seconds, "s", target=CHECK_SECONDS)
    yield Row("parcc --help", process_seconds([parcc, "--help"], runs=10), "s")
    yield Row("python -c pass", process_seconds([sys.executable, "-c", "pass"], runs=10), "s")
