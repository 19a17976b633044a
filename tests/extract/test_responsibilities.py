"""Assignments: one for each line, agency and role, as the annotation guidelines settle them."""

import csv
import importlib.util
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcc_nlp.extract.aliases import find_aliases
from parcc_nlp.extract.metadata import find_metadata
from parcc_nlp.extract.responsibilities import find_responsibilities
from parcc_nlp.extract.structure import find_structure
from parcc_nlp.model import Metadata, Table
from parcc_nlp.text.normalise import normalise

HERE = Path(__file__).parent
CASES = list(csv.DictReader((HERE / "responsibilities_cases.csv").open(encoding="utf-8", newline="")))


def found(text, **known):
    return find_responsibilities(normalise(text), **known)


def written(task):
    return " ".join(filter(None, (task.agency, task.role, task.deadline)))


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_the_assignments_of_a_text_are_those_a_reader_names(case):
    assert "|".join(written(task) for task in found(case["text"])) == case["expected"]


def test_the_words_of_an_assignment_begin_with_its_verb_and_end_before_the_full_stop():
    (task,) = found("1. Sở Y tế tổ chức khám bệnh.")
    assert task.text == "tổ chức khám bệnh"


def test_an_assignment_stays_within_its_line():
    text = "1. Sở Y tế:\n- Tổ chức khám.\n- Kiểm tra."
    assert [task.text for task in found(text)] == ["Tổ chức khám", "Kiểm tra"]


def test_how_often_a_task_is_due_is_given_as_written():
    (task, _) = found("1. Các sở định kỳ hàng quý, 6 tháng, năm hoặc đột xuất báo cáo UBND tỉnh.")
    assert task.recurrence == "định kỳ hàng quý, 6 tháng, năm hoặc đột xuất"


def test_the_yearly_budget_does_not_make_a_task_yearly():
    (task,) = found("1. Các sở bố trí kinh phí từ ngân sách hằng năm.")
    assert task.recurrence is None


def test_product_and_funding_come_from_lines_of_their_own():
    text = "- Xây dựng đề án.\nCơ quan chủ trì: Sở Y tế.\nSản phẩm: Đề án.\nKinh phí: Ngân sách tỉnh."
    (task,) = found(text)
    assert (task.product, task.funding) == ("Đề án", "Ngân sách tỉnh")


def test_a_time_before_the_roles_is_theirs_as_well():
    (task,) = found("- Xây dựng đề án.\nThời gian thực hiện: Quý I/2026.\nCơ quan chủ trì: Sở Y tế.")
    assert task.deadline == "2026-03-31"


def test_a_date_before_the_document_was_issued_is_no_deadline():
    (task,) = found("1. Sở Y tế rà soát hồ sơ trước ngày 01/7/2004.", metadata=Metadata(issued="2025-11-20"))
    assert task.deadline is None


def test_the_section_of_an_assignment_is_the_innermost_unit():
    text = "I. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế:\n- Kiểm tra."
    (task,) = found(text, structure=find_structure(normalise(text)))
    assert task.section == "sec_I__sec_1__bullet_1"


def test_the_opening_of_a_plan_gives_nobody_the_sections_below():
    text = "UBND tỉnh yêu cầu các sở thực hiện các nội dung sau:\nI. MỤC TIÊU\n1. Nâng cao chất lượng."
    assert [task.role for task in found(text, metadata=Metadata(doc_type="Kế hoạch"))] == ["implement"]


def test_a_heading_broken_over_two_lines_names_all_its_bodies():
    text = "3. Đề nghị Ủy ban MTTQ Việt Nam tỉnh, Hội Liên hiệp\nPhụ nữ tỉnh\n- Tham gia giám sát."
    assert [task.agency for task in found(text)] == ["Ủy ban MTTQ Việt Nam tỉnh", "Hội Liên hiệp Phụ nữ tỉnh"]


def test_lines_of_a_table_are_not_read_as_sentences():
    text = "Sở Y tế chủ trì xây dựng.\n1\tSở Nội vụ chủ trì xây dựng.\n"
    table = Table(start=text.index("1\t"), end=len(text) - 1, rows=1, columns=2, cells=())
    assert [task.agency for task in found(text, tables=(table,))] == ["Sở Y tế"]


def test_offsets_are_those_of_the_text_as_printed():
    text = "1. Giao Uỷ\u200b ban nhân dân xã tổ\u00a0chức khám."
    (task,) = found(text)
    assert text[task.start : task.end] == task.text


@given(
    st.lists(
        st.sampled_from(
            [
                "1. ",
                "- ",
                "Sở Y tế",
                " chủ trì",
                ", phối hợp với ",
                "UBND tỉnh",
                " báo cáo ",
                "; ",
                ". ",
                ":",
                "\n",
                "giao ",
                "(",
            ]
        ),
        max_size=30,
    )
)
def test_every_assignment_lies_in_one_line_and_is_given_once(parts):
    text = "".join(parts)
    seen = set()
    for task in found(text):
        assert text[task.start : task.end] == task.text
        assert "\n" not in task.text
        line = text.count("\n", 0, task.start)
        assert (line, task.agency.lower(), task.role) not in seen
        seen.add((line, task.agency.lower(), task.role))


@pytest.fixture(scope="module")
def score(shared_dir):
    spec = importlib.util.spec_from_file_location("score", shared_dir / "eval" / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.shared
def test_on_the_annotated_documents_assignments_are_found_as_exactly_as_promised(shared_dir, score):
    right = missed = wrong = dates = dated = 0
    for path in sorted((shared_dir / "eval" / "gold").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        text = (shared_dir / "eval" / gold["text"]).read_text(encoding="utf-8")
        source = normalise(text)
        score.gold_spans(gold, text)
        lines, starts = text.split("\n"), [0]
        for line in lines:
            starts.append(starts[-1] + len(line) + 1)
        ignored = [
            (starts[first - 1], starts[last] - 1) for first, last in gold.get("ignore", {}).get("responsibilities", [])
        ]
        tasks = find_responsibilities(source, metadata=find_metadata(source), aliases=find_aliases(source))
        system = [
            {"agency": task.agency, "role": task.role, "start": task.start, "end": task.end, "deadline": task.deadline}
            for task in tasks
        ]
        hits, misses, extra = score.score_layer("responsibilities", gold["responsibilities"], system, True, ignored)
        right, missed, wrong = right + len(hits), missed + len(misses), wrong + len(extra)
        dated += len(hits)
        dates += sum((want.get("deadline") or None) == (got["deadline"] or None) for want, got in hits)
    assert 2 * right / (2 * right + missed + wrong) >= 0.95
    assert dates / dated >= 0.95
