"""A file is taken when nobody writes to it any more, and not ignored for ever where that never happens."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from parcc_nlp.library.importing.scanning import Sighting
from parcc_nlp.library.importing.settling import Settling

FILE = Sighting("a.txt", "a.txt", 10, 0)


def looks(settling, *seen):
    """Look at a file second by second; give the seconds at which it is taken, and with which code."""
    taken = []
    for now, one in enumerate(seen):
        ripe = settling.look([one] if one else [], now=float(now), wall=float(now))
        taken += [(now, each.code) for each in ripe]
    return taken


def test_a_file_that_stays_as_it_is_is_taken_after_the_settling_time():
    assert looks(Settling(settle=2, patience=60), FILE, FILE, FILE) == [(2, None)]


def test_a_file_that_grows_is_waited_for():
    grown = [replace(FILE, size=size) for size in (10, 20, 30, 30, 30)]
    assert looks(Settling(settle=2, patience=60), *grown) == [(4, None)]


def test_a_file_whose_time_changes_is_waited_for_though_its_size_does_not():
    touched = [replace(FILE, modified_ns=time) for time in (1, 2, 3, 3, 3)]
    assert looks(Settling(settle=2, patience=60), *touched) == [(4, None)]


def test_a_file_that_went_away_begins_anew():
    assert looks(Settling(settle=2, patience=60), FILE, FILE, None, FILE, FILE, FILE) == [(5, None)]


def test_without_a_settling_time_a_file_is_taken_at_once():
    assert looks(Settling(settle=0, patience=60), FILE) == [(0, None)]


def test_an_empty_file_is_waited_for_and_taken_in_the_end():
    assert looks(Settling(settle=2, patience=5), *[replace(FILE, size=0)] * 6) == [(5, None)]


def test_a_file_that_keeps_a_temporary_name_is_taken_in_the_end_with_the_reason():
    assert looks(Settling(settle=2, patience=5), *[replace(FILE, unfinished=True)] * 6) == [(5, "E521")]


def test_a_file_that_never_stops_changing_is_taken_in_the_end_with_the_reason():
    growing = [replace(FILE, size=size) for size in range(1, 8)]
    assert looks(Settling(settle=2, patience=5), *growing) == [(5, "E522")]


def test_an_empty_file_that_is_old_has_waited_already():
    old = replace(FILE, size=0)
    assert [one.code for one in Settling(settle=2, patience=5).look([old], now=0.0, wall=10.0)] == [None]


def test_the_next_look_is_when_the_first_file_may_be_whole():
    settling = Settling(settle=2, patience=60)
    assert settling.wait(now=0.0) is None
    settling.look([FILE, replace(FILE, key="b", unfinished=True)], now=0.0, wall=0.0)
    assert (settling.wait(now=0.5), settling.may_settle, len(settling)) == (1.5, 1, 2)


@settings(max_examples=40)
@given(st.lists(st.integers(1, 3), min_size=1, max_size=30))
def test_a_file_is_never_taken_while_it_changes(sizes):
    settling, last, since = Settling(settle=2, patience=1000), None, 0
    for now, size in enumerate(sizes):
        since = since if size == last else now
        last = size
        ripe = settling.look([replace(FILE, size=size)], now=float(now), wall=0.0)
        assert bool(ripe) == (now - since >= 2)
        if ripe:
            since, last = now + 1, None
