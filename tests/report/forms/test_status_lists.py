"""Lists by status: every instrument in one list, what is not known in its own, in one order whatever comes first."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcc_nlp.model import Citation, Pinpoint, Proof, Source, Status
from parcc_nlp.report.forms import GROUPS, cited_lists, status_lists
from parcc_nlp.report.forms.filling import list_tables
from parcc_nlp.report.forms.headings import shipped_headings

HEADINGS = shipped_headings()
ON = "2026-11-23"
STATUSES = ("in_force", "partly_expired", "expired", "suspended", "not_yet", "not_known")


def status(number="1/2020/NĐ-CP", verdict="in_force", **more):
    told = {"doc_type": "Nghị định", "issuer": "Chính phủ", "issued": "2020-01-01", "title": "Về việc X", **more}
    return Status(number=number, as_of=ON, status=verdict, basis="stated", **told)


def numbers(lists):
    return {one.group: [row.status.number for row in one.rows] for one in lists.lists if one.rows}


def row(lists, group):
    (table,) = list_tables(lists, HEADINGS, [group])
    return table.rows[0].values


@pytest.mark.parametrize("verdict", STATUSES)
def test_every_status_has_its_list(verdict):
    assert numbers(status_lists([status(verdict=verdict)])) == {verdict: ["1/2020/NĐ-CP"]}


@given(st.lists(st.tuples(st.sampled_from(STATUSES), st.integers(1, 40)), max_size=30))
def test_nothing_is_lost_mixed_or_doubled(asked):
    answers = [status(f"{serial}/2020/NĐ-CP", verdict, instrument=f"{verdict}/{serial}") for verdict, serial in asked]
    lists = status_lists(answers, on=ON)
    assert tuple(one.group for one in lists.lists) == GROUPS
    assert all(row.status.status == one.group for one in lists.lists for row in one.rows)
    assert sorted(row.status.instrument for one in lists.lists for row in one.rows) == sorted(
        {answer.instrument for answer in answers}
    )


def test_the_order_does_not_depend_on_what_came_first():
    answers = [
        status("10/2020/NĐ-CP"),
        status("9/2020/NĐ-CP"),
        status("31/2024/QH15", doc_type="Luật", issuer="Quốc hội", issued="2024-01-18"),
        status("2/2019/NĐ-CP", issued="2019-05-05"),
        status(None, issued=None, title="Về việc Y"),
        status(None, issued=None, title="Về việc Z"),
    ]
    made = status_lists(answers)
    for seed in range(5):
        mixed = answers[:]
        random.Random(seed).shuffle(mixed)  # noqa: S311 - an order, no secret
        assert status_lists(mixed) == made
    assert numbers(made)["in_force"] == ["31/2024/QH15", "2/2019/NĐ-CP", "9/2020/NĐ-CP", "10/2020/NĐ-CP", None, None]


def test_what_is_no_normative_document_stands_apart_whatever_its_status():
    plan = status("24/KH-UBND", "expired", doc_type="Kế hoạch")
    assert numbers(status_lists([plan])) == {"outside": ["24/KH-UBND"]}


def test_answers_for_several_days_are_no_list():
    with pytest.raises(ValueError, match="one day"):
        status_lists([status(), replace(status("2/2020/NĐ-CP"), as_of="2025-01-01")])
    with pytest.raises(ValueError, match="one day"):
        status_lists([])


def test_an_empty_list_has_a_day():
    assert status_lists([], on=ON).on == ON


def test_a_row_of_an_expired_instrument_reads_like_the_official_list(registry):
    by = Proof("replaces", "118/2025/NĐ-CP", "khoản 2 Điều 31", "2025-07-01", "x", "verified")
    values = row(
        status_lists([status(verdict="expired", since="2025-07-01", proof=(by,))], registry=registry), "expired"
    )
    assert values["number"] == "1/2020/NĐ-CP"
    assert values["issued"] == "01/01/2020"
    assert values["name"] == "Nghị định về việc X"
    assert values["reason"] == (
        "Được thay thế bởi Nghị định số 118/2025/NĐ-CP ngày 09/6/2025 của Chính phủ (khoản 2 Điều 31)"
    )
    assert values["ended"] == "01/7/2025"


def test_several_endings_of_parts_are_numbered_alike_in_every_column(registry):
    proofs = (
        Proof("partially_repeals", "a", "Điều 1", "2021-01-01", None, "verified", None, (Pinpoint(dieu="5"),)),
        Proof("partially_repeals", "b", None, None, None, "verified"),
        Proof("partially_repeals", "c", None, "2027-01-01", None, "verified"),
    )
    lists = status_lists([status(verdict="partly_expired", since="2021-01-01", proof=proofs)], registry=registry)
    values = row(lists, "partly_expired")
    assert values["reason"] == "1) Bị bãi bỏ một phần bởi a (Điều 1)\n2) Bị bãi bỏ một phần bởi b"
    assert values["provisions"] == "1) Điều 5\n2) …"
    assert values["ended"] == "1) 01/01/2021\n2) Chưa đọc được ngày trong điều khoản."


def test_what_keeps_an_instrument_alive_is_no_reason_for_its_end():
    alive = Proof("in_force", "toàn văn", None, "2026-06-01", "nguồn riêng", "verified")
    lists = status_lists([status(since="2020-02-15", proof=(alive,), note="Còn hiệu lực theo bằng chứng gần nhất.")])
    values = row(lists, "in_force")
    assert (values["effective"], values["reason"]) == ("15/02/2020", "")
    assert "toàn văn" not in str(values)
    assert values["note"] == "Còn hiệu lực theo bằng chứng gần nhất."


def test_one_that_is_not_yet_in_force_has_the_day_it_will_be():
    begins = Proof("takes_effect", "1/2020/NĐ-CP", None, "2027-03-01", None, "verified")
    assert row(status_lists([status(verdict="not_yet", proof=(begins,))]), "not_yet")["effective"] == "01/3/2027"


@pytest.mark.parametrize(
    ("doc_type", "title", "name"),
    [
        ("Luật", "Luật Đất đai", "Luật Đất đai"),
        ("Nghị định", "Quy định chi tiết Luật Đất đai", "Nghị định quy định chi tiết Luật Đất đai"),
        ("Nghị định", "về kiểm soát thủ tục hành chính", "Nghị định về kiểm soát thủ tục hành chính"),
        ("Quyết định", "Hà Nội", "Quyết định Hà Nội"),
        ("Nghị định", None, "Nghị định (dữ liệu chưa có tên gọi)"),
        (None, None, "(dữ liệu chưa có tên gọi)"),
    ],
)
def test_names_begin_with_the_type(doc_type, title, name):
    lists = status_lists([status(doc_type=doc_type, title=title)])
    assert row(lists, "in_force")["name"] == name


def test_what_documents_cite_is_listed_once_with_every_document(extraction, registry):
    other = replace(extraction, metadata=replace(extraction.metadata, number="13/QĐ-UBND"))
    lists = cited_lists([extraction, other], registry=registry, on=ON)
    assert numbers(lists) == {
        "expired": ["107/2021/NĐ-CP"],
        "partly_expired": ["63/2010/NĐ-CP"],
        "in_force": ["65/2025/QH15"],
        "outside": ["24/KH-UBND", "24/KH-UBND"],
    }
    assert [len(one.cited_in) for one in lists.lists[0].rows] == [2]


def test_what_could_not_be_identified_is_one_row_a_document(extraction, registry):
    unknown = Citation(0, 5, "Quyết định số 5/2020/QĐ-UBND", doc_type="Quyết định", number="5/2020/QĐ-UBND")
    one = replace(extraction, citations=(unknown,))
    other = replace(one, metadata=replace(one.metadata, number="99/QĐ-UBND", issuer="UBND tỉnh Khác"))
    lists = cited_lists([one, other], registry=registry, on=ON)
    assert numbers(lists) == {"not_known": ["5/2020/QĐ-UBND"] * 2}
    assert row(lists, "not_known")["note"] == HEADINGS.label("not_in_data")


def test_a_citation_that_fits_several_names_them(extraction, registry):
    several = Citation(0, 5, "Nghị định 5", doc_type="Nghị định", candidates=("vn/nd/63", "vn/nd/118"))
    lists = cited_lists(replace(extraction, citations=(several,)), registry=registry, on=ON)
    assert "63/2010/NĐ-CP" in row(lists, "not_known")["note"]
    assert "118/2025/NĐ-CP" in row(lists, "not_known")["note"]


def test_documents_whose_grounds_changed_are_listed_to_be_reviewed_not_as_expired(extraction, registry):
    quiet = replace(extraction, citations=extraction.citations[:1], source=Source("yen.txt"))
    lists = cited_lists([quiet, extraction], registry=registry, on=ON)
    assert [one.document.number for one in lists.handling] == ["12/QĐ-UBND"]
    (table,) = list_tables(lists, HEADINGS, ["handling"])
    grounds = table.rows[0].values["grounds"].split("\n")
    assert grounds[0] == (
        "1) Căn cứ ban hành: Nghị định số 118/2025/NĐ-CP ngày 09/6/2025 của Chính phủ (khoản 2 Điều 31) thay thế Nghị định "
        "số 107/2021/NĐ-CP ngày 06/12/2021 của Chính phủ, hiệu lực từ 01/7/2026"
    )
    assert table.form.columns[-1].keys == ("blank",)
    assert table.rows[0].cells[-1] == ""
    assert "12/QĐ-UBND" not in numbers(lists).get("expired", [])


def test_the_four_lists_are_always_made_and_others_where_they_have_rows():
    names = [table.form.name for table in list_tables(status_lists([status()]), HEADINGS)]
    assert names == ["expired", "partly_expired", "in_force", "not_known"]
    names = [table.form.name for table in list_tables(status_lists([status(verdict="suspended")]), HEADINGS)]
    assert "suspended" in names
    assert [table.form.name for table in list_tables(status_lists([status()]), HEADINGS, ["not_yet"])] == ["not_yet"]
