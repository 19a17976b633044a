"""Cutting a text at its marks loses no character and no mark, however marks overlap."""

from hypothesis import given
from hypothesis import strategies as st

from parcc_nlp.report.marking import Mark, paragraphs

TEXTS = st.text(alphabet="ab\n", max_size=60)


@st.composite
def marked_text(draw):
    text = draw(TEXTS)
    place = st.integers(0, len(text))
    spans = st.lists(st.tuples(place, place).map(sorted), max_size=6)
    outer, inner = draw(spans), draw(spans)
    return text, [Mark(a, b, i) for i, (a, b) in enumerate(outer)], [Mark(a, b, i) for i, (a, b) in enumerate(inner)]


def visible(text, mark):
    """Whether a mark covers anything but line breaks."""
    return bool(text[mark.start : mark.end].strip("\n"))


@given(marked_text())
def test_the_pieces_are_the_text(case):
    text, outer, inner = case
    assert "\n".join("".join(piece.text for piece in line) for line in paragraphs(text, outer, inner)) == text


@given(marked_text())
def test_every_visible_mark_begins_once(case):
    text, outer, inner = case
    pieces = [piece for line in paragraphs(text, outer, inner) for piece in line]
    for layer, begun in ((outer, "begins_outer"), (inner, "begins_inner")):
        started = [key for piece in pieces for key in getattr(piece, begun)]
        assert len(started) == len(set(started))
        assert {mark.key for mark in layer if visible(text, mark)} <= set(started)


@given(marked_text())
def test_a_piece_lies_under_the_marks_that_cover_it(case):
    text, outer, inner = case
    at = 0
    for line in paragraphs(text, outer, inner):
        for piece in line:
            covering = {mark.key for mark in inner if mark.start <= at < mark.end}
            assert set(piece.inner) == covering
            assert (piece.outer is None) == (not any(mark.start <= at < mark.end for mark in outer))
            at += len(piece.text)
        at += 1


def test_the_inner_of_two_nested_marks_wins():
    (line,) = paragraphs("abcd", [Mark(0, 4, 7), Mark(1, 2, 8)], [])
    assert [(piece.text, piece.outer) for piece in line] == [("a", 7), ("b", 8), ("cd", 7)]
