"""Which layers an extraction reads."""

from datetime import date

import pytest

import parcc_nlp

PLAN = """II. CHỈ TIÊU
- Tỷ lệ hồ sơ nộp trực tuyến đạt 80% vào năm 2026 theo Nghị định số 130/2005/NĐ-CP ngày 17/10/2005 của Chính phủ.
III. TỔ CHỨC THỰC HIỆN
1. Sở Tư pháp chủ trì, phối hợp với Sở Nội vụ theo dõi việc thực hiện Kế hoạch này trước ngày 15/12/2026.
"""


@pytest.fixture(scope="module")
def whole():
    return parcc_nlp.extract(PLAN)


def test_every_layer_is_read_unless_said_otherwise(whole):
    assert whole.targets
    assert whole.responsibilities


def test_a_layer_that_was_not_asked_for_is_empty():
    assert parcc_nlp.extract(PLAN, duties=("targets",)).responsibilities == ()
    assert parcc_nlp.extract(PLAN, duties=("responsibilities",)).targets == ()


@pytest.mark.parametrize("layer", ["metadata", "structure", "citations", "aliases", "blocks"])
def test_what_a_check_needs_is_the_same_without_duties(whole, layer):
    assert getattr(parcc_nlp.extract(PLAN, duties=()), layer) == getattr(whole, layer)


def test_a_review_finds_the_same_without_duties(whole):
    found = parcc_nlp.review(whole, as_of=date(2026, 11, 1)).findings
    assert found, "the decree is no longer in force: there is something to compare"
    assert parcc_nlp.review(parcc_nlp.extract(PLAN, duties=()), as_of=date(2026, 11, 1)).findings == found
