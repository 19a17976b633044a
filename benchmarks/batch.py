"""A batch of small documents: documents a second and the memory that stays, for one and two processes.

The documents are texts of `benchmarks.texts`, each its own seed. Memory is that of the run and all its processes
together, looked at whenever a chunk is done: its peak, and how much more the second half needed than the first.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import texts
from benchmarks.timing import Row, at_most

DOCUMENTS = 2_000
CHARACTERS = 3_000
CHUNK = 50
GROWTH = 1.10
"""Peak memory of the second half of a run, as a multiple of that of the first: what still counts as flat."""

# A process of its own: memory that this one has used before must not hide what the run needs.
_PROGRAM = """
import json, sys, time
from datetime import date
import psutil
from parcc_nlp.library.batch import run_batch

def resident():
    this = psutil.Process()
    return [process.memory_info().rss for process in [this, *this.children(recursive=True)]]

def looked(done, of):
    seen.append((done, time.perf_counter(), resident()))

if __name__ == "__main__":
    seen = []
    folder, output, jobs, chunk = sys.argv[1:]
    run_batch([folder], output=output, jobs=int(jobs), chunk=int(chunk), registry="shipped",
              today=date(2026, 11, 23), progress=looked)
    print(json.dumps(seen))
"""


def batches() -> Iterator[Row]:
    """Run the same documents with one process and with two."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "documents")
        folder.mkdir()
        for number in range(DOCUMENTS):
            (folder / f"{number:05}.txt").write_text(texts.vietnamese(CHARACTERS, seed=number), encoding="utf-8")
        program = Path(place, "program.py")
        program.write_text(_PROGRAM, encoding="utf-8")
        for jobs in (1, 2):
            yield from _measured(program, folder, Path(place, f"results-{jobs}"), jobs)


def _measured(program: Path, folder: Path, output: Path, jobs: int) -> Iterator[Row]:
    command = [sys.executable, str(program), str(folder), str(output), str(jobs), str(CHUNK)]
    environment = {**os.environ, "PYTHONPATH": str(texts.ROOT)}
    printed = subprocess.run(command, check=True, capture_output=True, env=environment).stdout
    seen = json.loads(printed)
    name = f"{DOCUMENTS:,} documents of {CHARACTERS // 1000} KB, {jobs} process{'es' if jobs > 1 else ''}"
    load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    # From the first chunk done on: starting the processes is paid once, whatever the number of documents.
    (first, started, _), (last, ended, _) = seen[1], seen[-1]
    yield Row(f"batch, {name}", (last - first) / (ended - started), "documents/s", note=load)
    memory = [sum(resident) for _, _, resident in seen[1:]]
    yield Row(
        f"batch, peak memory, {name}", max(memory) / 2**20, "MB", note="all processes, shared pages counted in each"
    )
    half = len(memory) // 2
    growth = max(memory[half:]) / max(memory[:half])
    yield at_most(f"batch, peak of second half / first, {name}", growth, "times", target=GROWTH)


if __name__ == "__main__":
    for row in batches():
        print(f"{row.name}: {row.value:.3g} {row.unit} {row.note}")
