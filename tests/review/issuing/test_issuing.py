"""What is said of legal bases and of who issues a document, row by row of the tables beside this file."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcc_nlp.extract.run import extract_layers
from parcc_nlp.model import Citation, Document, DocumentPart, Extraction, Metadata
from parcc_nlp.review import review
from parcc_nlp.review.checks.issuing.bases import _lists, _numbers
from parcc_nlp.review.checks.issuing.standing import _rows, level_of, standing

HERE = Path(__file__).parent
WHOLE = """\
{letterhead}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: {number}
Lâm Đồng, ngày {day} tháng {month} năm {year}
{kind}
Chăm sóc cây xanh
{head}
Điều 1. Chăm sóc cây xanh
Các sở chăm sóc cây xanh quanh trụ sở.
Điều 2. Thi hành
Chánh Văn phòng chịu trách nhiệm thi hành.
Nơi nhận:
- Các sở;
- Lưu: VT.
{signature}
Lê Văn Thử
"""


def table(name):
    return list(csv.DictReader((HERE / name).open(encoding="utf-8", newline="")))


def document(*, signed="2025-11-10", signature="CHỦ TỊCH", **fields):
    """Write a document with its letterhead, number, kind and head."""
    year, month, day = signed.split("-")
    fields["head"] = fields["head"].replace("@", "\n")
    return extract_layers(Document(WHOLE.format(day=day, month=month, year=year, signature=signature, **fields)))


@pytest.mark.parametrize("row", table("bases.csv"), ids=lambda row: f"{row['rule']}-{row['why']}")
def test_a_basis_is_told_of_only_where_the_document_may_not_rest_on_it(row):
    deciding = "QUYẾT ĐỊNH:" if "/QĐ-" in row["number"] else ""
    head = f"{row['bases']}@{deciding}"
    extraction = document(
        letterhead=row["issuer"], number=row["number"], kind=row["kind"], head=head, signed=row["signed"]
    )
    findings = review(extraction, select=[row["rule"]]).findings
    assert len(findings) == bool(row["expected"])
    for finding in findings:
        assert row["expected"] in finding.text
        assert finding.kind == row["level"]
        assert finding.reason


@pytest.mark.parametrize("row", table("issuers.csv"), ids=lambda row: row["why"])
def test_one_issuer_is_named_throughout_or_the_difference_is_told_once(row):
    extraction = document(
        letterhead=row["letterhead"],
        number=row["number"],
        kind=row["kind"],
        head=row["formula"],
        signature=row["signature"],
    )
    findings = review(extraction, select=["CC804"]).findings
    assert [finding.text for finding in findings] == ([row["expected"]] if row["expected"] else [])
    assert [finding.kind for finding in findings] == ([row["level"]] if row["expected"] else [])


def test_the_clause_follows_the_signing_date():
    bases = "Căn cứ Quyết định số 9912/QĐ-UBND ngày 05 tháng 3 năm 2020 của Ủy ban nhân dân tỉnh Lâm Đồng;"
    shown = {
        signed: review(
            document(
                letterhead="ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG",
                number=f"45/{signed[:4]}/QĐ-UBND",
                kind="QUYẾT ĐỊNH",
                head=bases,
                signed=signed,
            ),
            select=["CC802"],
        )
        .findings[0]
        .reason
        for signed in ("2025-03-31", "2025-04-01")
    }
    assert "34/2016/NĐ-CP" in shown["2025-03-31"]
    assert "78/2025/NĐ-CP" in shown["2025-04-01"]


def test_a_copy_without_its_letterhead_is_not_said_to_lack_bases():
    text = "Số: 412/QĐ-UBND\nQUYẾT ĐỊNH\nChăm sóc cây xanh\nĐiều 1. Chăm sóc cây xanh\nCác sở chăm sóc cây xanh.\n"
    assert not review(extract_layers(Document(text)), select=["CC803"]).findings


@pytest.mark.parametrize(
    ("number", "doc_type", "sort"),
    [
        ("31/2024/QH15", "Luật", "law"),
        (None, "Bộ luật", "law"),
        ("190/2025/QH15", "Nghị quyết", "law"),
        ("973/2020/UBTVQH14", "Nghị quyết", "ordinance"),
        ("72/2025/NQLT/UBTVQH15-CP-ĐCTUBTWMTTQVN", "Nghị quyết liên tịch", "joint_standing"),
        ("63/2010/NĐ-CP", "Nghị định", "government"),
        ("07/2025/NQ-CP", "Nghị quyết", "government"),
        ("15/2025/QĐ-TTg", "Quyết định", "prime_minister"),
        ("01/2019/NQ-HĐTP", "Nghị quyết", "supreme_court"),
        ("13/2022/TT-BTC", "Thông tư", "circular"),
        ("41/2025/TT-NHNN", "Thông tư", "circular"),
        ("127/2000/QĐ-BNN-KL", "Quyết định", "circular"),
        ("178/2015/TTLT-BTC-BYT", "Thông tư liên tịch", "joint_circular"),
        ("12/2025/NQ-HĐND", "Nghị quyết", "council"),
        ("45/2025/QĐ-UBND", "Quyết định", "committee"),
        ("45/2025/QĐ-CTUBND", "Quyết định", "chairman"),
    ],
)
def test_a_symbol_tells_where_a_document_stands(number, doc_type, sort):
    assert standing(number, doc_type).sort == sort


@pytest.mark.parametrize(
    "number", ["468/QĐ-TTg", "2243/QĐ-UBND", "76/NQ-CP", "624/KH-UBND", "39-NQ/TW", "34/2008/CT-TTg"]
)
def test_an_individual_or_unranked_document_has_no_standing(number):
    assert standing(number, None) is None


def test_ranks_follow_the_law_from_the_constitution_to_local_government():
    ranks = {row.standing.sort: row.standing.rank for row in _rows()}
    order = [
        "constitution",
        "law",
        "ordinance",
        "president",
        "government",
        "prime_minister",
        "supreme_court",
        "circular",
    ]
    order += ["joint_circular", "council", "committee"]
    assert [ranks[sort] for sort in order] == list(range(1, 12))
    assert ranks["chairman"] == ranks["committee"]


@pytest.mark.parametrize(
    ("issuer", "level"),
    [
        ("UBND tỉnh Lâm Đồng", "province"),
        ("Hội đồng nhân dân Thành phố Hồ Chí Minh", "province"),
        ("Ủy ban nhân dân xã Tân Hội, tỉnh Lâm Đồng", "commune"),
        ("UBND đặc khu Phú Quý", "commune"),
        ("UBND huyện Đức Trọng", "district"),
        ("UBND thành phố", None),
        (None, None),
    ],
)
def test_a_name_tells_the_level_of_a_local_body_or_nothing(issuer, level):
    assert level_of(issuer, signed="2025-11-10") == level


def test_the_words_on_competence_are_small_and_each_stands_once():
    for key in ("organisation", "powers", "party_bodies"):
        words = _lists()[key]
        assert words
        assert len(set(words)) == len(words)
        assert all(word == word.lower() == " ".join(word.split()) for word in words)
    assert all(number.count("/") == 2 for number in _numbers())


@given(
    st.text(alphabet="CỦYBANHÂDTỊPƯ .\nKTM:;Căncứbhàủy", max_size=200),
    st.sampled_from(["45/2025/QĐ-UBND", "45/2025/QĐ-CTUBND", "12/CT-UBND", None, "x"]),
)
def test_every_finding_lies_in_the_text_and_shows_what_stands_there(words, number):
    text = f"{words}\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n{words}\nCăn cứ Quyết định số 1/QĐ-TTg;\n{words}"
    at = text.index("Quyết định số")
    extraction = Extraction(
        text,
        metadata=Metadata(
            doc_type="Quyết định", number=number, issued="2025-11-10", issuer="Ủy ban nhân dân", normative=True
        ),
        citations=(Citation(at, at + 22, text[at : at + 22], "Quyết định", "1/QĐ-TTg", relation="basis"),),
        parts=(DocumentPart("head", 0, len(text)), DocumentPart("closing", 0, len(text))),
    )
    for finding in review(extraction, select=["CC8"]).findings:
        assert text[finding.start : finding.end] == finding.text != ""
