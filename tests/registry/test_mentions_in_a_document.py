"""What one mention in a document says of another."""

import parcc_nlp as parcc

HEAD = (
    "UBND TỈNH LÂM ĐỒNG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 77/KH-UBND\n"
    "Lâm Đồng, ngày 10 tháng 01 năm 2025\nKẾ HOẠCH\nCải cách hành chính\nI. MỤC ĐÍCH\n"
)


def instruments(*lines):
    return [one.instrument for one in parcc.extract(HEAD + "\n".join(f"- {line}." for line in lines)).citations]


def test_a_bare_name_behind_a_dated_one_is_the_same_law():
    dated, bare = instruments("Theo Luật Đất đai năm 2013", "Theo Luật Đất đai")
    assert bare == dated == "vn/luat/quoc-hoi/2013-11-29/45-2013-qh13"


def test_a_bare_name_before_a_dated_one_is_the_law_of_the_signing_date():
    bare, dated = instruments("Theo Luật Đất đai", "Thay cho quy định của Luật Đất đai năm 2013")
    assert bare == "vn/luat/quoc-hoi/2024-01-18/31-2024-qh15"
    assert dated == "vn/luat/quoc-hoi/2013-11-29/45-2013-qh13"


def test_a_decree_without_its_symbol_is_identified_by_inference():
    (decree,) = parcc.extract("Thực hiện Nghị định số 45/2020 của Chính phủ.").citations
    assert decree.instrument == "vn/nghi-dinh/chinh-phu/2020-04-08/45-2020-nd-cp"
    assert decree.resolution == "inferred"
