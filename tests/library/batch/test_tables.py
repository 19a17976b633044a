"""The tables are as they were published, and hold all that the model has."""

import csv
from dataclasses import fields
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from parcc_nlp.errors import ReadError
from parcc_nlp.library.batch import TABLES, arrow_schema, run_batch
from parcc_nlp.library.batch.parquet import encoded
from parcc_nlp.library.batch.work import crashed, done_with
from parcc_nlp.model import Citation, Effect, Finding, Metadata, Responsibility, Target

with (Path(__file__).parent / "schema.csv").open(encoding="utf-8", newline="") as lines:
    SCHEMA = list(csv.DictReader(lines))


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_the_columns_it_was_published_with(table, batches, tmp_path_factory, expected):
    published = [(row["column"], row["type"], row["nullable"]) for row in SCHEMA if row["table"] == table]
    written = pq.read_schema(tmp_path_factory.getbasetemp() / "expected0" / "results" / table / "part-00000000.parquet")
    assert [(field.name, str(field.type), "yes" if field.nullable else "no") for field in written] == published
    assert written == arrow_schema(table)


# What a table has in another form, or what a batch cannot know.
ELSEWHERE = {"period", "sentence", "part_of", "where", "suppressed", "baseline"}


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        ("documents", Metadata),
        ("citations", Citation),
        ("targets", Target),
        ("responsibilities", Responsibility),
        ("effects", Effect),
        ("findings", Finding),
    ],
)
def test_no_field_of_the_model_is_left_out(table, kind):
    columns = {column.name for column in TABLES[table]}
    assert {field.name for field in fields(kind)} - ELSEWHERE <= columns


def test_every_row_has_the_path_and_the_digest_of_its_file(expected):
    import hashlib

    for table, rows in expected.items():
        for row in rows:
            assert row["sha256"] == hashlib.sha256(Path(row["path"]).read_bytes()).hexdigest(), table


def test_rows_say_what_the_document_says(expected):
    first = expected["documents"][0]
    assert (first["number"], first["issued"], first["as_of"]) == ("80/QĐ-UBND", "2024-01-15", "2026-11-23")
    mine = {table: [row for row in rows if row["path"] == first["path"]] for table, rows in expected.items()}
    assert "45/2020/NĐ-CP" in [row["number"] for row in mine["citations"]]
    assert [row["value"] for row in mine["targets"]] == [80.0]
    assert {(row["agency"], row["role"]) for row in mine["responsibilities"]} >= {("Sở Nội vụ", "lead")}
    assert [(row["relation"], row["target"]) for row in mine["effects"]] == [("replaces", "99/2019/QĐ-UBND")]
    assert "VB206" in [row["rule"] for row in mine["findings"]]


def test_errors_say_why_in_vietnamese(expected):
    assert [row["code"] for row in expected["errors"]] == ["E101", "E115"]
    assert "Tệp rỗng." in expected["errors"][0]["message"]


def test_a_file_that_is_not_there_is_an_error_without_digest(tmp_path):
    run_batch([tmp_path / "odd-\udcff.txt"], output=tmp_path / "results", engine="here", registry="shipped")
    (row,) = pq.read_table(tmp_path / "results" / "errors").to_pylist()
    assert (row["code"], row["sha256"], Path(row["path"]).name) == ("E102", None, r"odd-\udcff.txt")


def test_rows_that_no_table_can_hold_cost_only_their_own_document(expected):
    good, bad = ({"documents": [dict(row)]} for row in expected["documents"][:2])
    bad["documents"][0]["title"] = "nửa chữ \ud800"
    done = done_with(0, [good, bad])
    assert (done.documents, done.errors) == (1, 1)
    assert done.parts["errors"] != encoded([])["errors"]


def test_a_crash_is_told_with_its_code(tmp_path):
    (row,) = crashed(str(tmp_path / "a.txt"), number=7)["errors"]
    assert (row["code"], row["input_number"]) == ("E398", 7)
    assert row["message"] == ReadError("E398", path=str(tmp_path / "a.txt")).message(lang="vi")
