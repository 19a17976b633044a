"""The documents of a library teach its registry: in any order the same, and what is refused is counted."""

from parcc_nlp.library.learning import learn
from tests.library.alerts.texts import act, plan

NAMED = "Nghị định số 901/2019/NĐ-CP ngày 05 tháng 3 năm 2019 của Chính phủ"
TEXTS = (
    plan("2025-01-15", f"Căn cứ {NAMED};"),
    act("955/2026/NĐ-CP", "2026-01-10", f"Nghị định này thay thế {NAMED}."),
    act("956/2026/NĐ-CP", "2026-01-12", "Bãi bỏ Điều 1 Nghị định số 955/2026/NĐ-CP."),
)


def content(library):
    """The digest of all rows that were learned."""
    return library.registry.version.split(", ")[-1].split(" ")[0]


def test_what_was_learned_does_not_depend_on_the_order_of_the_documents(library, other_library, add):
    for text in TEXTS:
        add(text)
    for text in reversed(TEXTS):
        add(text, into=other_library)
    first, second = learn(library), learn(other_library)
    assert first == second
    assert content(library) == content(other_library)
    assert library.registry.status("901/2019/NĐ-CP", on="2026-11-23").status == "expired"


def test_learning_again_finds_nothing_to_learn(library, add):
    add(TEXTS[1])
    assert learn(library).relations == 1
    version = library.registry.version
    assert learn(library).versions == 0
    assert library.registry.version == version


def test_a_claim_on_an_instrument_that_is_not_identified_is_counted(library, add):
    add(act("95/2026/QĐ-UBND", "2026-01-10", "Bãi bỏ Quyết định số 91/2019/QĐ-UBND của Ủy ban nhân dân huyện."))
    learned = learn(library)
    assert learned.relations == 0
    assert dict(learned.refused)["local_without_place"] >= 1


def test_a_recalled_document_teaches_nothing(library, add):
    from sqlalchemy import update

    from parcc_nlp.library.schema import DOCUMENT

    added = add(TEXTS[1])
    with library.writing() as connection:
        connection.execute(update(DOCUMENT).where(DOCUMENT.c.id == added.document_id).values(state="frozen"))
    assert learn(library).versions == 0
    assert library.registry.find("955/2026/NĐ-CP") == ()
