"""A file that comes in is a new document, a new version of one, or a duplicate (NĐ 30/2020/NĐ-CP, Phụ lục VI)."""

import csv
from pathlib import Path

import pytest

CASES = list(csv.DictReader((Path(__file__).parent / "arrivals.csv").read_text(encoding="utf-8").splitlines()))
CITING = "Căn cứ Nghị định số 107/2021/NĐ-CP ngày 06 tháng 12 năm 2021 của Chính phủ;"


def written(row, *, body="", page=False):
    """A document of Lâm Đồng: type, number, date, title and one goal."""
    kind, number, day, title, goal = row.split("|")
    dated = f"ngày {day[:2]} tháng {day[3:5]} năm {day[6:]}" if "/" in day else f"ngày      {day}"
    lines = [
        "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        f"Số: {number}", f"Lâm Đồng, {dated}", kind.upper(), title, body,
        f"1. Tỷ lệ hồ sơ giải quyết đúng hạn đạt {goal}% trở lên.",
    ]  # fmt: skip
    return ("".join(f"<p>{line}</p>" for line in lines) if page else "\n".join(lines)).encode()


@pytest.mark.parametrize("case", CASES, ids=[case["what"] for case in CASES])
def test_what_a_second_file_is(library, case):
    library.add(written(case["first"]), name="mot.txt")
    assert library.add(written(case["second"]), name="hai.txt").outcome == case["outcome"]
    assert len(library) == int(case["documents"])


PLAN = CASES[0]["first"]


def test_the_same_text_in_another_format_is_one_more_file_of_the_document(library):
    first = library.add(written(PLAN), name="ke-hoach.txt")
    second = library.add(written(PLAN, page=True), name="ke-hoach.html")
    assert (second.outcome, second.version_id) == ("duplicate", first.version_id)
    assert [file.name for file in library.files(first.version_id)] == ["ke-hoach.txt", "ke-hoach.html"]


def test_a_new_version_leaves_the_one_before_readable(library):
    library.add(written(PLAN), name="mot.txt")
    library.add(written(PLAN.replace("|90", "|95")), name="hai.txt")
    old, new = (library.extraction("12/KH-UBND", ordinal=ordinal).targets[0].value for ordinal in (1, 2))
    assert (old, new) == (90, 95)


def test_a_new_version_is_found_by_its_own_words_only(library):
    library.add(written(PLAN, body="Nội dung về chuồn chuồn"), name="mot.txt")
    library.add(written(PLAN, body="Nội dung về bươm bướm"), name="hai.txt")
    assert library.search("chuon chuon").hits == ()
    assert [hit.document.number for hit in library.search("buom buom").hits] == ["12/KH-UBND"]


def test_what_is_kept_is_what_was_extracted(library):
    import parcc_nlp as parcc

    data = written(PLAN, body=CITING)
    library.add(data, name="ke-hoach.txt")
    extracted = parcc.extract(parcc.read(data, name="ke-hoach.txt"), registry=library.registry)
    assert library.extraction("12/KH-UBND") == extracted


def test_a_finding_that_is_gone_is_resolved_and_one_that_comes_back_is_open_again(library):
    number = "12/KH-UBND"
    for body, states in ((CITING, {"open"}), ("", set()), (CITING + " ", {"open"})):
        library.add(written(PLAN.replace("|90", f"|{90 + len(body) % 7}"), body=body), name="ke-hoach.txt")
        found = [
            one for one in library.findings(number) if one.finding.rule == "VB206" or "107/2021" in one.finding.text
        ]
        assert {one.state for one in found} == states
    again = found[0]
    assert [event.state for event in library.finding_history(again.id)] == ["open", "resolved", "open"]


def test_what_an_officer_set_aside_stays_so_and_says_who_and_why(library):
    library.add(written(PLAN, body=CITING), name="mot.txt")
    found = next(one for one in library.findings("12/KH-UBND") if "107/2021" in one.finding.text)
    library.decide(found.id, "set_aside", who="Nguyễn Văn A", reason="Đã trao đổi với đơn vị soạn thảo")
    library.add(written(PLAN.replace("|90", "|95"), body=CITING), name="hai.txt")
    (still,) = [one for one in library.findings("12/KH-UBND", states=("set_aside",)) if one.id == found.id]
    event = library.finding_history(still.id)[-1]
    assert (event.who, event.reason) == ("Nguyễn Văn A", "Đã trao đổi với đơn vị soạn thảo")
