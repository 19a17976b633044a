"""Real tables against what a person read in them: rows with their holders and deadlines, found and nothing else."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from parcc_nlp.read import read

from .word_tables import held, rows_of

GOLD = sorted((Path(__file__).parent / "table_gold").glob("*.json"))
ENOUGH = 0.95


def words(text):
    return " ".join(re.sub(r"[\W_]+", " ", text.lower()).split())


def agrees(row, gold):
    """Whether a row is the one that the gold has: number, first words, holders of each role, deadline."""
    return (
        row.number == gold["number"]
        and words(row.task or "").startswith(words(gold["task"]))
        and all(
            sorted(map(words, held(row, role))) == sorted(map(words, gold[role]))
            for role in ("lead", "coordinate", "implement")
        )
        and row.deadline == gold["deadline"]
        and bool(row.recurrence) == gold["recurring"]
    )


def f1(rows, gold):
    """The F1 of rows found; 1.0 where there is nothing to find and nothing was found."""
    left, hits = list(rows), 0
    for wanted in gold:
        found = next((row for row in left if agrees(row, wanted)), None)
        if found is not None:
            left.remove(found)
            hits += 1
    return 2 * hits / (len(rows) + len(gold)) if rows or gold else 1.0


def gold_of(path):
    gold = json.loads(path.read_text(encoding="utf-8"))
    return gold["file"], [row for table in gold["tables"] for row in table["rows"]]


def test_the_gold_holds_tables_of_several_kinds():
    kinds = {Path(gold_of(path)[0]).suffix for path in GOLD if gold_of(path)[1]}
    assert {".docx", ".txt"} <= kinds
    assert sum(bool(gold_of(path)[1]) for path in GOLD) >= 3


def test_a_wrong_holder_costs_the_row():
    _, rows = gold_of(next(path for path in GOLD if path.stem == "kiem-tra-2026"))
    from parcc_nlp.model import TaskHolder, TaskRow

    right = [TaskRow(0, 1, 0, 1, number=row["number"], task=row["task"], deadline=row["deadline"]) for row in rows]
    wrong = TaskRow(0, 1, 0, 1, number="1", task=rows[0]["task"], holders=(TaskHolder(0, 1, "Sở Y tế", "lead"),))
    assert f1(right, rows) == 1.0
    assert f1([wrong, *right[1:]], rows) < 1.0


@pytest.mark.shared
@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_rows_of_a_real_document(path, shared_dir):
    file, gold = gold_of(path)
    assert f1(rows_of(read(shared_dir / file)), gold) >= ENOUGH


@pytest.mark.shared
@pytest.mark.parametrize("name", ["tuyen-truyen-2026", "kiem-tra-2026"])
def test_rows_of_a_real_document_printed_to_pdf(name, shared_dir, tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("needs LibreOffice (soffice) to print a Word file to PDF")
    file, gold = gold_of(next(path for path in GOLD if path.stem == name))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, shared_dir / file]
    subprocess.run(list(map(str, command)), check=True, capture_output=True, timeout=180)
    printed = tmp_path / Path(file).with_suffix(".pdf").name
    assert f1(rows_of(read(printed)), gold) >= ENOUGH
