"""Short documents in our own words."""

_PLAN = """ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG
Số: {number}

Lâm Đồng, ngày {signed}

KẾ HOẠCH
Thực hiện chính sách mẫu về nuôi {what}

{basis}
Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:
{words}
2. Giao Sở Tư pháp theo dõi.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
"""
_ACT = """{body}
Số: {number}

{place}, ngày {signed}

{kind}
QUY ĐỊNH VỀ CHÍNH SÁCH MẪU {number}

Căn cứ Hiến pháp;
Điều 1. Phạm vi điều chỉnh
{this} này quy định chính sách mẫu.
Điều 2. Hiệu lực thi hành
1. {this} này có hiệu lực thi hành từ ngày {effective}.
2. {words}
TM. {body}
"""


def plan(signed, words, *, number="12/KH-UBND", what="cá"):
    """A plan of a province; a line that begins with "Căn cứ" stands before the others."""
    basis, said = (words, "1. Thực hiện đầy đủ.") if words.startswith("Căn cứ") else ("", words)
    return _PLAN.format(number=number, signed=_written(signed), basis=basis, words=said, what=what)


def act(number, signed, words, *, effective="2026-02-01"):
    """A decree, or a decision of the province."""
    decree = number.endswith("NĐ-CP")
    return _ACT.format(
        body="CHÍNH PHỦ" if decree else "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG",
        place="Hà Nội" if decree else "Lâm Đồng",
        kind="NGHỊ ĐỊNH" if decree else "QUYẾT ĐỊNH",
        this="Nghị định" if decree else "Quyết định",
        number=number,
        signed=_written(signed),
        effective=_written(effective),
        words=words,
    )


def _written(day):
    year, month, number = day.split("-")
    return f"{number} tháng {month} năm {year}"
