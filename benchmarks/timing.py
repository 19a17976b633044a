"""How time is taken.

Work inside this process (one thread, no waiting) is timed by the processor time it used, best of several runs: on a
free machine that is the wall clock, and on a shared one it leaves out the turns of others. Whole processes are timed by
the wall clock, median of several runs, as a user would feel it.
"""

import gc
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One measured figure; `target` is what the project wants of it and `met` whether it got it."""

    name: str
    value: float
    unit: str
    target: str = ""
    met: bool | None = None
    note: str = ""


def at_least(name: str, value: float, unit: str, *, target: float, note: str = "") -> Row:
    """Give a row whose value should be `target` or more."""
    return Row(name, value, unit, f">= {target:,g}", value >= target, note)


def at_most(name: str, value: float, unit: str, *, target: float, note: str = "") -> Row:
    """Give a row whose value should be `target` or less."""
    return Row(name, value, unit, f"<= {target:,g}", value <= target, note)


def best_seconds(run: Callable[[], object], *, runs: int = 5, enough_seconds: float = 20.0) -> float:
    """Best processor time of `runs` runs, fewer when together they take longer than `enough_seconds` (but two)."""
    taken: list[float] = []
    while len(taken) < runs and (len(taken) < 2 or sum(taken) < enough_seconds):
        gc.collect()
        started = time.process_time()
        run()
        taken.append(time.process_time() - started)
    return min(taken)


def best_of_both(
    ours: Callable[[], object], theirs: Callable[[], object], *, rounds: int = 5, enough_seconds: float = 60.0
) -> tuple[float, float]:
    """Best processor time of either, taken in turns, so that a busy spell of the machine falls on both."""
    best = [float("inf"), float("inf")]
    spent = 0.0
    for turn in range(rounds):
        best[0] = min(best[0], best_seconds(ours))
        started = time.process_time()
        theirs()
        taken = time.process_time() - started
        best[1] = min(best[1], taken)
        spent += taken
        if turn and spent > enough_seconds:
            break
    return best[0], best[1]


def once_seconds(run: Callable[[], object]) -> float:
    """Processor time of the first run, for work whose answers may be remembered."""
    started = time.process_time()
    run()
    return time.process_time() - started


def process_seconds(command: Sequence[str], *, runs: int, may_find: bool = False) -> float:
    """Median wall time of a whole process, after one run that fills the file cache and is not counted.

    With `may_find` the process may end with 1, as a check that finds something does.
    """
    taken: list[float] = []
    for _ in range(runs + 1):
        started = time.perf_counter()
        _run(command, good=(0, 1) if may_find else (0,))
        taken.append(time.perf_counter() - started)
    return statistics.median(taken[1:])


def printed_seconds(code: str, *, runs: int) -> float:
    """Median of the seconds that a fresh interpreter prints when it runs `code`."""
    printed = [float(_run([sys.executable, "-c", code])) for _ in range(runs + 1)]
    return statistics.median(printed[1:])


def _run(command: Sequence[str], *, good: tuple[int, ...] = (0,)) -> bytes:
    """Run a process to its end and give what it printed."""
    # An installed package has its bytecode; here the uncounted first run writes it.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    run = subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL, env=environment)
    if run.returncode not in good:
        raise RuntimeError(f"{' '.join(command)} ended with {run.returncode}:\n{run.stderr.decode()[-1000:]}")
    return run.stdout
