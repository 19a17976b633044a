"""What is loaded for a question gives the answer of the whole library."""

from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parcc_nlp.graph import questions
from parcc_nlp.graph.build import add_registry
from parcc_nlp.library import open_library
from parcc_nlp.library.links import graph_around, lineage_graph, whole_graph
from parcc_nlp.library.recording import Arrival, record
from parcc_nlp.model import Instrument, Relation

DAY = "2026-11-23"
NUMBERS = [f"{n}/2020/NĐ-CP" for n in range(1, 7)]
CENTRAL = [f"vn/nghi-dinh/chinh-phu/2020-01-0{n}/{n}-2020-nd-cp" for n in range(1, 7)]
LOCAL = [f"vn/ke-hoach/ubnd-tinh-lam-dong/2026-01-15/{n}-kh-ubnd" for n in range(1, 7)]
EFFECTS = ("replaces", "repeals", "partially_repeals", "amends", "corrects", "suspends")
TOGETHER = ("guides", "continues", "extends", "date_shift", "consolidates")
relation = st.sampled_from(("basis", "implements", "cites"))
named = st.one_of(
    st.tuples(relation, st.sampled_from(CENTRAL + LOCAL)),
    st.tuples(relation, st.sampled_from(CENTRAL), st.sampled_from("12")),
)
done = st.tuples(st.sampled_from(EFFECTS + TOGETHER), st.integers(0, 5))
documents = st.lists(
    st.tuples(st.lists(named, max_size=4, unique=True), st.lists(done, max_size=2, unique=True)),
    min_size=1, max_size=6,
)  # fmt: skip
relations = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from(EFFECTS + TOGETHER), st.integers(0, 5)).filter(lambda r: r[0] != r[2]),
    max_size=6, unique=True,
)  # fmt: skip


class Registry:
    """A registry of the central instruments, as far as links ask one."""

    def __init__(self, rows, known):
        self._known = {
            CENTRAL[n]: Instrument(CENTRAL[n], NUMBERS[n], "Nghị định", issued=f"2020-01-0{n + 1}") for n in known
        }
        self._rows = [Relation(CENTRAL[s], kind, CENTRAL[t], "2024-01-01") for s, kind, t in rows]
        self.layers = (SimpleNamespace(select=self._select),)
        self.store = SimpleNamespace(into=self.history, out_of=self.relations_of)

    def _select(self, query, ids):
        return [(one,) for one in ids if one in self._known]

    def get(self, identity):
        return self._known.get(identity)

    def history(self, identity):
        return tuple(one for one in self._rows if one.target == identity)

    def relations_of(self, identity):
        return tuple(one for one in self._rows if one.source == identity)


@pytest.fixture(scope="module")
def emptied(tmp_path_factory):
    """A library into which nothing is ever committed."""
    with open_library(tmp_path_factory.mktemp("kho") / "tuphap.db") as opened:
        yield opened


@pytest.fixture(scope="module")
def write(plan, packed):
    """Write a document within a transaction; every other one has a path."""

    def written(connection, n, cites, does):
        said = plan(f"{n}/KH-UBND", cites=cites, does=does, path="a.docx" if n % 2 else None)
        record(connection, packed(said), Arrival(f"{n:064}", 1, "a.docx", None, f"{DAY}T05:00:00.000000Z"))

    return written


@given(documents, relations, st.sets(st.integers(0, 5)))
@settings(max_examples=8)
def test_impact_and_lineage_over_what_is_loaded_are_those_over_the_whole_library(emptied, write, made, rows, known):
    # Both ends of every relation are instruments of the registry, as in the shipped data.
    registry = Registry(rows, known.union(end for source, _, target in rows for end in (source, target)))
    with emptied.engine.connect() as connection, connection.begin() as transaction:
        for n, (cites, does) in enumerate(made, 1):
            effects = [(kind, NUMBERS[target], CENTRAL[target]) for kind, target in does]
            write(connection, n, cites, effects)
        whole = whole_graph(connection)
        add_registry(whole, registry, [node.id for node in whole.nodes("instrument")])
        for one in CENTRAL + LOCAL:
            if one in whole:
                around = graph_around(connection, [one], registry=registry)
                assert questions.impact(around, one, on=DAY) == questions.impact(whole, one, on=DAY)
                line = lineage_graph(connection, [one], registry=registry)
                assert questions.lineage(line, one) == questions.lineage(whole, one)
        transaction.rollback()


def test_impact_names_who_rests_on_a_decree_and_who_rests_on_these(library, plan, put):
    put(library, plan("1/KH-UBND", cites=[("basis", CENTRAL[0])]))
    put(library, plan("2/KH-UBND", "Kế hoạch khác", cites=[("implements", LOCAL[0])]))
    put(library, plan("3/KH-UBND", "Kế hoạch thứ ba", cites=[("cites", LOCAL[0])]))
    assert [one.document.id for one in library.impact(CENTRAL[0]).affected] == LOCAL[:2]


def test_a_new_version_takes_the_links_of_the_one_before(library, plan, put):
    put(library, plan("1/KH-UBND", cites=[("basis", CENTRAL[0])]))
    put(library, plan("1/KH-UBND", text="sửa", cites=[("basis", CENTRAL[1])]))
    with library.reading() as connection:
        assert [edge.target for edge in whole_graph(connection).edges("based_on")] == [CENTRAL[1]]


@pytest.mark.parametrize("number", ["1/2020/NĐ-CP", "01/2020/NĐ-CP", CENTRAL[0]])
def test_an_instrument_is_asked_for_by_number_or_identity(library, plan, put, number):
    put(library, plan("1/KH-UBND", does=[("amends", NUMBERS[0], CENTRAL[0])]))
    assert [one.document.id for one in library.impact(number).affected] == [LOCAL[0]]
