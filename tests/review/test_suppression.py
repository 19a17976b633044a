"""What an officer sets aside is marked with the reason, and only that; the file of decisions says what is wrong with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parcc_nlp.errors import UsageError
from parcc_nlp.review import review
from parcc_nlp.review.suppression import Decision, decisions_text, read_decisions, set_aside

LINE = "Thực hiện Chỉ thị số 03/CT- UBND ngày 20 tháng 01 năm 2021 và Chỉ thị số 04/CT- UBND."
CITATIONS = [
    ("Chỉ thị số 03/CT- UBND", {"doc_type": "Chỉ thị", "number": "03/CT-UBND"}),
    ("Chỉ thị số 04/CT- UBND", {"doc_type": "Chỉ thị", "number": "04/CT-UBND"}),
]


@pytest.fixture
def found(document):
    return review(document(LINE, citations=CITATIONS), select=("VB206",))


def test_a_decision_on_one_finding_leaves_the_other_alone(found):
    first, second = found.findings
    marked, idle = set_aside(found, [Decision("VB206", "Bản gốc in như vậy", first.fingerprint[:16], by="Văn An")])
    assert [one.suppressed and one.suppressed.reason for one in marked.findings] == ["Bản gốc in như vậy", None]
    assert marked.findings[0].suppressed.by == "Văn An"
    assert marked.findings[1] == second
    assert idle == ()


def test_a_decision_without_fingerprint_is_about_every_finding_of_the_rule(found):
    marked, _ = set_aside(found, [Decision("VB206", "Đã rà soát")])
    assert all(one.suppressed for one in marked.findings)


def test_a_decision_on_another_rule_sets_nothing_aside_and_is_told(found):
    decision = Decision("VB305", "Đã rà soát")
    marked, idle = set_aside(found, [decision])
    assert marked == found
    assert idle == (decision,)


def test_nothing_decided_changes_nothing(found):
    assert set_aside(found, ()) == (found, ())


word = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1).filter(str.strip)


@given(
    st.lists(
        st.builds(
            Decision,
            rule=st.sampled_from(["VB206", "CT604"]),
            reason=word,
            fingerprint=st.none() | st.text("0123456789abcdef", min_size=8, max_size=16),
            words=st.none() | word,
            by=st.none() | word,
            day=st.none() | st.dates().map(str),
        )
    )
)
def test_decisions_are_read_as_they_were_written(decisions):
    assert read_decisions(decisions_text(decisions), path="a.txt.parcc.yaml") == tuple(decisions)


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("- rule: VB206", "mục 1"),
        ("- {rule: VB206, reason: ' '}", "reason"),
        ("- {rule: VB206, reason: a}\n- {rule: VB206, reason: a, lý do: b}", "mục 2"),
        ("- VB206", "VB206"),
        ("rule: VB206", "dict"),
        ("- {rule: [", "line 1"),
        ("- {rule: VB206, reason: a, fingerprint: 12}", "fingerprint"),
    ],
)
def test_a_damaged_file_of_decisions_is_an_error_that_names_the_place(content, named):
    with pytest.raises(UsageError, match="E341") as caught:
        read_decisions(content, path="a.docx.parcc.yaml")
    assert named in str(caught.value)
    assert "a.docx.parcc.yaml" in str(caught.value)


def test_an_empty_file_decides_nothing():
    assert read_decisions("# chưa có gì\n", path="a") == ()
