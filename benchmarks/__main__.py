"""Run the measurements, print a table, keep the figures in benchmarks/results/."""

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import batch, checking, citations, extract_speed, graph, importing, registry, startup, text
from benchmarks.timing import Row

RESULTS = Path(__file__).resolve().parent / "results"
MEASUREMENTS: dict[str, Callable[[], Iterator[Row]]] = {
    "eyecite": citations.against_eyecite,
    "growth": citations.growth,
    "extract": extract_speed.extracting,
    "lengths": extract_speed.lengths,
    "import": startup.importing,
    "check": startup.checking,
    "review": checking.reviewing,
    "families": checking.families,
    "registry": registry.asking,
    "graph": graph.asking,
    "import files": importing.importing,
    "batch": batch.batches,
    "normalise": text.normalising,
}


def main() -> int:
    """Run what was asked for; exit code 1 where a target was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *MEASUREMENTS], help="measurements to run (default: all)")
    names = parser.parse_args().names or list(MEASUREMENTS)
    console = Console()
    measured: dict[str, list[Row]] = {}
    for name in names:
        table = Table("measure", "value", "unit", "target", "", title=name, title_justify="left", show_edge=False)
        measured[name] = []
        for row in MEASUREMENTS[name]():
            measured[name].append(row)
            mark = "" if row.met is None else "[green]met[/]" if row.met else "[red]missed[/]"
            table.add_row(row.name, _figure(row.value), row.unit, row.target, f"{mark} {row.note}".strip())
        console.print(table, "")
    file = _keep(measured)
    console.print(f"Kept in {file.relative_to(RESULTS.parent.parent)}")
    return int(any(row.met is False for rows in measured.values() for row in rows))


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def _keep(measured: dict[str, list[Row]]) -> Path:
    """Write the figures with what they were measured on."""
    RESULTS.mkdir(exist_ok=True)
    now = datetime.now(UTC)
    machine = {"python": platform.python_version(), "machine": platform.machine(), "cores": os.cpu_count()}
    rows = {name: [asdict(row) for row in measures] for name, measures in measured.items()}
    file = RESULTS / f"{now:%Y%m%dT%H%M%SZ}.json"
    kept = {"measured": now.isoformat(timespec="seconds"), "on": machine, "results": rows}
    file.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return file


if __name__ == "__main__":
    sys.exit(main())
