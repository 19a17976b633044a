"""What is said of the names of agencies and units, line by line of the tables beside this file."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcc_nlp.extract.run import extract_layers
from parcc_nlp.model import AgencyMention, Document, Extraction, Metadata, Source
from parcc_nlp.registry import Registry
from parcc_nlp.registry.reorganisation import KnowsReorganisations, former_names
from parcc_nlp.review import review
from parcc_nlp.review.checks.names import units
from parcc_nlp.review.checks.names.agencies import _limits
from parcc_nlp.review.checks.names.reported import Reported
from parcc_nlp.review.checks.names.spelling import _bodies, _faults
from parcc_nlp.review.checks.names.words import lowered, one_tone, read_lists

HERE = Path(__file__).parent
WHOLE = """\
ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 915/KH-UBND
Lâm Đồng, ngày {day} tháng {month} năm {year}
KẾ HOẠCH
Chăm sóc cây xanh trụ sở
Ủy ban nhân dân tỉnh ban hành Kế hoạch chăm sóc cây xanh như sau:
{lines}
Nơi nhận:
- {recipient};
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lê Văn Thử
"""


def table(name):
    return list(csv.DictReader((HERE / name).open(encoding="utf-8", newline="")))


def document(lines, *, signed="2025-10-06", recipient="Các sở"):
    year, month, day = signed.split("-")
    text = WHOLE.format(day=day, month=month, year=year, lines=lines.replace("@", "\n"), recipient=recipient)
    return extract_layers(Document(text))


def found(extraction, *codes, as_of="signing"):
    return review(extraction, as_of=as_of, registry=Registry.shipped(), select=codes).findings


@pytest.mark.parametrize("row", table("former_names.csv"), ids=lambda row: f"{row['rule']}-{row['why']}")
def test_a_former_name_is_told_once_and_only_where_it_is_no_longer_right(row):
    findings = found(document(row["text"], signed=row["signed"]), row["rule"], as_of=row["as_of"])
    expected = [row["expected"]] if row["expected"] else []
    assert [finding.text for finding in findings] == expected


@pytest.mark.parametrize("row", table("spelling.csv"), ids=lambda row: row["why"])
def test_a_name_is_misspelt_only_where_no_right_form_can_be_meant(row):
    findings = found(document(row["text"]), "VB503")
    assert [finding.text for finding in findings] == ([row["expected"]] if row["expected"] else [])
    for finding in findings:
        assert row["name"] in finding.suggestion


def test_the_place_shown_is_where_the_agency_gets_its_tasks_and_the_others_are_related():
    lines = "1. Sở Nội vụ báo cáo Sở Kế hoạch và Đầu tư.@2. Sở Kế hoạch và Đầu tư:@- Bố trí vốn."
    (finding,) = found(document(lines), "VB501")
    assert finding.where.paragraph == 10
    assert [place.where.paragraph for place in finding.related] == [9]
    assert "dòng 9" in finding.message


def test_recipients_and_letterhead_of_an_older_document_are_of_their_time():
    old = document("1. Sở Nội vụ báo cáo.", signed="2024-05-20", recipient="Sở Giao thông vận tải")
    new = document("1. Sở Nội vụ báo cáo.", signed="2025-10-06", recipient="Sở Giao thông vận tải")
    assert not found(old, "VB501", as_of="2026-11-23")
    assert [finding.text for finding in found(new, "VB501")] == ["Sở Giao thông vận tải"]


def test_a_fact_that_is_not_verified_is_left_open():
    (finding,) = found(document("1. Đề nghị Viện kiểm sát nhân dân cấp huyện giám sát."), "VB501")
    assert finding.kind == "open"
    assert "chưa được xác minh" in finding.message


def test_what_is_true_of_one_province_is_not_said_of_another():
    assert not found(document("1. Đài Phát thanh và Truyền hình tỉnh đưa tin."), "VB501", as_of="2026-11-23")


def test_the_finding_names_successor_source_and_the_rule_that_nothing_must_be_amended():
    (finding,) = found(document("1. Giao Sở Kế hoạch và Đầu tư bố trí vốn."), "VB501")
    assert "Sở Tài chính" in finding.message
    assert "01/3/2025" in finding.message
    assert "190/2025/QH15" in finding.reason
    assert "không bắt buộc" in finding.suggestion
    assert finding.evidence[0].source


def test_a_registry_that_knows_no_reorganisations_gives_no_finding(registry):
    extraction = document("1. UBND cấp huyện và Sở Kế hoạch và Đầu tư báo cáo.")
    assert len(found(extraction, "VB501", "VB502")) == 2
    assert not isinstance(registry, KnowsReorganisations)
    assert not review(extraction, registry=registry, select=["VB501", "VB502"]).findings


def test_a_scanned_document_is_not_blamed_for_its_recognition():
    text = "1. Uy ban nhan dân tỉnh họp; Ủy ban nhân tỉnh họp."
    assert [f.rule for f in review(Extraction(text), select=["VB503"]).findings] == ["VB503"]
    assert not review(Extraction(text, source=Source(text_layer="ocr")), select=["VB503"]).findings


def test_words_run_together_are_for_a_person_to_judge():
    (finding,) = found(document("1. Ủy ban nhândân tỉnh họp."), "VB503")
    assert finding.kind == "review"


@pytest.mark.parametrize("body", _bodies(), ids=lambda body: body.name)
def test_a_known_name_is_right_in_both_places_of_the_tone_and_in_capitals(body):
    for written in (
        body.name,
        body.name.upper(),
        body.name.replace("ủy", "uỷ").replace("Ủy", "Uỷ").replace("òa", "oà"),
    ):
        assert not _faults(f"Giao {written} tỉnh theo dõi.")


def test_no_body_is_listed_twice_and_every_column_is_filled_as_told():
    rows = table_of_package("known_bodies.csv")
    assert len({row["name"] for row in rows}) == len(rows)
    assert {row["follow"] for row in rows} == {"", "level"}
    assert all(row["name"][0].isupper() for row in rows)


def table_of_package(name):
    path = Path(units.__file__).parent / name
    return list(csv.DictReader(path.open(encoding="utf-8", newline="")))


def test_every_fact_that_the_words_speak_of_stands_in_the_registry():
    facts = {former.fact for former in former_names(Registry.shipped().reorganisations())}
    assert set(read_lists("former_units.yaml")["facts"].values()) <= facts
    assert set(_limits()) <= facts


@pytest.mark.parametrize("name", ["telling.yaml", "former_units.yaml"])
def test_the_lists_hold_small_words_each_once(name):
    for key, words in read_lists(name).items():
        if key == "facts":
            continue
        assert words
        assert len(set(words)) == len(words), key
        assert all(word == word.lower() == " ".join(word.split()) for word in words), key


@pytest.mark.parametrize(("text", "small"), [("ỦY BAN", "ủy ban"), ("İzmir", "İzmir"), ("Toà ÁN", "toà án"), ("", "")])
def test_writing_small_moves_no_letter(text, small):
    assert lowered(text) == small
    assert len(lowered(text)) == len(text)


def test_both_places_of_the_tone_are_one():
    assert one_tone("toà án, uỷ ban, hoà bình") == "tòa án, ủy ban, hòa bình"


WORDS = """Ủy ban|nhân|dân|tỉnh|Sở|Y tế|và|,|huyện|UBND các|cấp huyện|thị trấn|tỉnh Bình Định|“|”|\n|\t|.|;|İ
12/2024/QĐ-UBND ngày |(cũ)|Phòng Nội vụ|quận|thị ủy|\u0301""".replace("\n12", "|12")
PIECES = st.lists(st.sampled_from(WORDS.split("|")), max_size=40)


@given(PIECES.map(" ".join) | st.text(max_size=200))
def test_every_finding_lies_in_the_text_and_shows_what_stands_there(text):
    mentions = tuple(
        AgencyMention(at, at + 13, text[at : at + 13], "Sở Giao thông vận tải")
        for at in range(0, max(0, len(text) - 13), 29)
    )
    extraction = Extraction(text, agencies=mentions, metadata=Metadata(issued="2025-10-06"))
    for finding in found(extraction, "VB5", as_of="2026-11-23"):
        assert text[finding.start : finding.end] == finding.text != ""
        for place in finding.related:
            assert text[place.start : place.end] == place.text


@given(st.text(alphabet='“”"«» a\n1/QĐ-TTg ngày', max_size=300))
def test_reported_spans_are_in_order_and_do_not_overlap(text):
    spans = Reported.of(Extraction(text))
    assert list(spans.starts) == sorted(spans.starts)
    assert all(start < end for start, end in zip(spans.starts, spans.ends, strict=True))
    assert all(end < start for end, start in zip(spans.ends, spans.starts[1:], strict=False))
