"""Which period the title of a plan states: a table of titles, and what holds of any text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcc_nlp.review.checks.validity.period import period_in
from parcc_nlp.review.tables import read_rows

WORDS = st.sampled_from(
    [
        "giai đoạn",
        "năm",
        "đến năm",
        "2021",
        "2025",
        "2030",
        "-",
        "–",
        ",",
        "và",
        "định hướng",
        "tầm nhìn",
        "Luật",
        "Kế hoạch",
        "từ",
    ]
)


@pytest.mark.parametrize(
    ("title", "issued", "last", "horizon"),
    [
        ("Kế hoạch cải cách hành chính giai đoạn 2021 - 2025", "2021-09-10", 2025, None),
        ("Kế hoạch cải cách hành chính giai đoạn 2021–2025, định hướng đến năm 2030", "2021-09-10", 2025, 2030),
        ("Chương trình chuyển đổi số đến năm 2025, định hướng đến năm 2030", "2020-06-03", 2025, 2030),
        ("Chiến lược hạ tầng số đến năm 2025 và định hướng đến năm 2030", "2024-10-09", 2025, 2030),
        ("Chiến lược hướng tới Chính phủ số giai đoạn 2021 - 2025, định hướng đến năm 2030", "2021-06-15", 2025, 2030),
        ("Quy hoạch tỉnh thời kỳ 2021 - 2030, tầm nhìn đến năm 2050", "2023-01-01", 2030, 2050),
        ("kiểm soát thủ tục hành chính năm 2025", "2025-01-15", 2025, None),
        ("kiểm soát thủ tục hành chính năm 2025", "2024-12-30", 2025, None),
        ("kiểm soát thủ tục hành chính năm 2025", None, 2025, None),
        ("công tác dân vận năm 2025 của các cơ quan", "2025-01-15", 2025, None),
        ("công tác dân vận năm 2025 của các cơ quan", None, None, None),
        ("cắt giảm thủ tục hành chính năm 2025 và 2026", "2025-03-26", 2026, None),
        (
            "thực hiện Chương trình giai đoạn 2021 - 2025 trên địa bàn tỉnh giai đoạn 2026 - 2030",
            "2025-12-01",
            2030,
            None,
        ),
        ("triển khai thi hành Luật Đất đai năm 2024", "2024-03-01", None, None),
        ("kỷ niệm 80 năm Cách mạng tháng Tám năm 1945", "2025-01-15", None, None),
        ("nâng hạng Chỉ số cải cách hành chính năm 2025", "2025-01-15", None, None),
        ("khắc phục hậu quả bão tháng 9 năm 2024", "2024-09-15", None, None),
        ("bảo tồn di sản", "2024-09-15", None, None),
    ],
)
def test_the_period_is_the_plans_own(title, issued, last, horizon):
    found = period_in(title, issued=issued)
    assert (found.last if found else None, found.horizon if found else None) == (last, horizon)


@given(st.lists(WORDS, max_size=12).map(" ".join), st.sampled_from([None, "2021-01-01", "2024"]))
def test_a_period_is_made_of_words_of_its_title(title, issued):
    found = period_in(title, issued=issued)
    if found is not None:
        assert found.words in " ".join(title.split())
        assert str(found.last) in title
        assert found.horizon is None or found.horizon > found.last


def test_the_lists_of_words_are_plain():
    rows = [*read_rows("checks/validity/plan_words.csv"), *read_rows("checks/validity/guiding.csv")]
    assert {row["role"] for row in rows if "role" in row} == {
        "plan", "before_plan", "horizon", "other_year", "looks_back", "report",
    }  # fmt: skip
    for row in rows:
        assert row["words"] == row["words"].casefold().strip() != ""
    pairs = [(row.get("role"), row["words"]) for row in rows]
    assert len(pairs) == len(set(pairs))
