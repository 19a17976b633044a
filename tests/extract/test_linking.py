"""Targets linked to their whole, and to who is to reach them."""

from parcc_nlp.extract.run import extract_layers
from parcc_nlp.model import Document


def found(text):
    return extract_layers(Document(text=text))


def test_a_part_behind_trong_do_names_its_whole():
    text = "I. MỤC TIÊU\n- Mức độ hài lòng của người dân đạt tối thiểu 90%; trong đó, lĩnh vực đất đai đạt tối thiểu 85%.\n"
    whole, part = found(text).targets
    assert whole.part_of is None
    assert text[part.part_of.start : part.part_of.end] == "90%"


def test_two_targets_of_one_line_without_trong_do_are_no_parts():
    text = "I. MỤC TIÊU\n- 100% xã có trạm y tế; 90% người dân tham gia bảo hiểm y tế.\n"
    assert [target.part_of for target in found(text).targets] == [None, None]


def test_who_carries_out_the_paragraph_is_responsible_for_its_target():
    text = "III. TỔ CHỨC THỰC HIỆN\n1. Sở Nội vụ chủ trì kiểm tra ít nhất 30% các sở, phấn đấu đạt tối thiểu 40% vào năm 2026.\n"
    extraction = found(text)
    assert extraction.responsibilities
    assert {name for target in extraction.targets for name in target.responsible} <= {
        duty.agency for duty in extraction.responsibilities
    }
    assert any(target.responsible for target in extraction.targets)


def test_a_target_on_a_line_that_assigns_nothing_has_nobody():
    text = "I. MỤC TIÊU\n- 100% xã có trạm y tế.\nII. TỔ CHỨC THỰC HIỆN\n1. Sở Y tế: Chủ trì theo dõi Kế hoạch này.\n"
    (target,) = found(text).targets
    assert target.responsible == ()
