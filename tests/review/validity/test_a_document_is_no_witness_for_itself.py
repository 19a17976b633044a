"""A document that was learned and is then checked: what it rests on is not shown in force by its resting on it."""

import pytest

from parcc_nlp.extract.run import extract_layers
from parcc_nlp.model import Document
from parcc_nlp.registry import Registry
from parcc_nlp.registry.learning import claims_of
from parcc_nlp.registry.ledger import Ledger
from parcc_nlp.review import review

DECREE = "Nghị định số 28/2013/NĐ-CP ngày 04 tháng 4 năm 2013 của Chính phủ"
LETTERHEAD = """\
ỦY BAN NHÂN DÂN TỈNH {place}
Số: {number}
{name}, ngày {day} tháng 10 năm 2026
QUYẾT ĐỊNH
Về việc giao nhiệm vụ
Căn cứ {basis};
QUYẾT ĐỊNH:
Điều 1. Giao nhiệm vụ.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký.
"""


def decision(number, day, *, name="Lâm Đồng", basis=DECREE):
    text = LETTERHEAD.format(number=number, day=day, name=name, place=name.upper(), basis=basis)
    return extract_layers(Document(text))


MINE = decision("15/QĐ-UBND", "12")
OTHERS = [decision("33/QĐ-UBND", "20", name="Cà Mau"), decision("44/QĐ-UBND", "21", name="Lai Châu")]


def learned(folder, *documents):
    with Ledger.open(folder / "registry.sqlite") as ledger:
        for document in documents:
            assert ledger.take(claims_of(document, learned="2026-11-01")).lives_added
    return Registry.open(folder / "registry.sqlite")


def in_force(registry, document):
    found = review(document, as_of="signing", registry=registry)
    return found.coverage.valid, found.coverage.not_known


def test_the_uses_of_others_still_count(tmp_path):
    registry = learned(tmp_path, MINE, *OTHERS)
    assert in_force(registry, MINE) == (1, 0)


def test_its_own_use_does_not_make_up_the_number(tmp_path):
    registry = learned(tmp_path, MINE, OTHERS[0])
    assert registry.status("28/2013/NĐ-CP", on="2026-10-12").status == "in_force"
    assert in_force(registry, MINE) == (0, 1)


def test_another_document_of_the_same_number_is_another_document(tmp_path):
    registry = learned(tmp_path, MINE, OTHERS[0])
    later = decision("15/QĐ-UBND", "10", name="Tây Ninh")
    assert in_force(registry, later) == (1, 0)


def test_what_was_not_learned_is_asked_of_the_registry_itself(tmp_path):
    registry = learned(tmp_path, *OTHERS)
    assert registry.without_uses_by("15/QĐ-UBND", "2026-10-12") is registry
    assert Registry.shipped().without_uses_by("15/QĐ-UBND", "2026-10-12") is Registry.shipped()


@pytest.mark.parametrize("known_on", [None, "2026-11-02"])
def test_the_view_keeps_what_it_leaves_out_on_every_day_of_knowledge(tmp_path, known_on):
    import pickle

    apart = learned(tmp_path, MINE, OTHERS[0]).without_uses_by("15/QĐ-UBND", "2026-10-12")
    for registry in (apart, pickle.loads(pickle.dumps(apart))):  # noqa: S301 - our own object
        assert registry.status("28/2013/NĐ-CP", on="2026-10-12", known_on=known_on).status == "not_known"
