"""Small documents, an engine inside this process, and what stands in a folder of results."""

from dataclasses import dataclass
from datetime import date

import pyarrow.parquet as pq
import pytest

from parcc_nlp.library.batch import TABLES, register_engine, run_batch
from parcc_nlp.library.batch.inputs import found_in

DAY = date(2026, 11, 23)
PLAN = """ỦY BAN NHÂN DÂN TỈNH HÒA GIANG
Số: {number}/QĐ-UBND
Hòa Giang, ngày 15 tháng 01 năm 2024
QUYẾT ĐỊNH
Về việc ban hành Kế hoạch cải cách hành chính năm 2024
Căn cứ Nghị định số 45/2020/NĐ-CP ngày 08 tháng 4 năm 2020 của Chính phủ;
Điều 1. Sở Nội vụ chủ trì, phối hợp với Sở Tư pháp giải quyết {number}% hồ sơ đúng hạn, hoàn thành trong tháng 12/2024.
Thực hiện Chỉ thị số 03/CT- UBND ngày 20 tháng 01 năm 2021 của UBND tỉnh.
Điều 2. Quyết định này thay thế Quyết định số 99/2019/QĐ-UBND ngày 09 tháng 6 năm 2019 của UBND tỉnh.
"""
FILES = 13


class Here:
    """An engine in this process: nothing to start, and nothing examined twice in one session of tests."""

    done = {}  # noqa: RUF012 - one memory for all of them

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def run(self, work, setting, chunks, *, alone=False):
        for chunk in chunks:
            key = (work, setting, chunk)
            if key not in self.done:
                self.done[key] = work(setting, chunk)
            yield chunk, self.done[key]


register_engine("here", lambda _: Here())


def rows(output):
    """All rows of a run, by table, in the order of the files they stand in."""
    found = {}
    for table in TABLES:
        parts = sorted((output / table).glob("*.parquet"))
        found[table] = [row for part in parts for row in pq.read_table(part).to_pylist()]
    return found


@dataclass(frozen=True)
class Batches:
    """Runs over one folder of documents."""

    folder: object

    def run(self, output, **options):
        options = {"engine": "here", "registry": "shipped", "today": DAY, "chunk": 3, **options}
        return run_batch([self.folder], output=output, **options)

    rows = staticmethod(rows)
    inputs = staticmethod(found_in)


@pytest.fixture(scope="session")
def batches(tmp_path_factory):
    """Thirteen files, one of them empty and one no text, in two folders."""
    folder = tmp_path_factory.mktemp("documents")
    for number in range(FILES - 2):
        path = folder / ("b" if number % 3 else "a") / f"{number:02}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(PLAN.format(number=number + 80), encoding="utf-8")
    (folder / "a" / "empty.txt").write_bytes(b"")
    (folder / "b" / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    return Batches(folder)


@pytest.fixture(scope="session")
def expected(batches, tmp_path_factory):
    """The rows of a run that nothing disturbed."""
    output = tmp_path_factory.mktemp("expected") / "results"
    batches.run(output)
    return rows(output)
