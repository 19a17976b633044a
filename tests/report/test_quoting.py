"""A quotation shows the words of a finding whole, with as much of their line as fits."""

from hypothesis import given
from hypothesis import strategies as st

from parcc_nlp.report.quoting import quote


@st.composite
def text_and_span(draw):
    text = draw(st.text(alphabet="ab đê\n\t.", min_size=1, max_size=200))
    start = draw(st.integers(0, len(text)))
    return text, start, draw(st.integers(start, len(text)))


@given(text_and_span(), st.integers(0, 30))
def test_the_words_are_never_cut(case, around):
    text, start, end = case
    shown = quote(text, start, end, around=around).words
    assert shown == text[start:end].replace("\n", " ").replace("\t", " ")


@given(text_and_span(), st.integers(0, 30))
def test_a_quotation_stays_on_one_line_and_near(case, around):
    text, start, end = case
    shown = quote(text, start, end, around=around)
    assert "\n" not in shown.before + shown.words + shown.after
    assert len(shown.before) <= around + 2
    assert len(shown.after) <= around + 2


def test_an_ellipsis_stands_only_where_the_line_goes_on():
    text = "dòng trước\nmột hai ba bốn năm\ndòng sau"
    start = text.index("ba")
    shown = quote(text, start, start + 2, around=5)
    assert (shown.before, shown.after) == ("… hai ", " bốn …")
    whole = quote(text, start, start + 2)
    assert (whole.before, whole.after) == ("một hai ", " bốn năm")
