"""Whether a provision is in force: it follows its instrument, except where a relation names it."""

import pytest

from parcc_nlp.model import Pinpoint
from parcc_nlp.registry import Registry
from parcc_nlp.registry.days import add_days
from parcc_nlp.registry.parts import name_of_provision, place_of, read_parts

TODAY = "2026-11-23"
OLD, NEW, LATER = (
    "vn/nghi-dinh/chinh-phu/2024-01-10/1-2024-nd-cp",
    "vn/nghi-dinh/chinh-phu/2026-03-10/2-2026-nd-cp",
    "vn/nghi-dinh/chinh-phu/2026-08-10/3-2026-nd-cp",
)


def decree(identity, **cells):
    date, slug = identity.split("/")[3:]
    number, year = slug.split("-")[:2]
    return {
        "id": identity, "number": f"{number}/{year}/NĐ-CP", "doc_type": "Nghị định", "issuer": "Chính phủ",
        "issued": date, "effective": date, "legal_class": "normative", "source": "test", "surveyed": "1",
        "retrieved": TODAY, "confidence": "verified", **cells,
    }  # fmt: skip


def act(kind, parts="", *, source=NEW, target=OLD, day="2026-05-01", **cells):
    return {
        "source": source, "kind": kind, "target": target, "parts": parts, "effective": day, "clause": "Điều 9",
        "evidence": "test", "retrieved": TODAY, "confidence": "verified", **cells,
    }  # fmt: skip


@pytest.fixture
def ask(make_registry):
    """Ask for a provision of the old decree, under some relations."""

    def asked(provision, *relations, on=TODAY, leads=()):
        registry = make_registry(
            instruments=[decree(OLD), decree(NEW), decree(LATER)], relations=relations, leads=leads,
            in_force=[{"instrument": OLD, "date": "2026-11-01", "kind": "statement", "source": "test", "quote": "còn"}],
        )  # fmt: skip
        (pinpoint,) = read_parts(provision).whole
        return registry.provision_status(OLD, pinpoint, on=on)

    return asked


def test_a_provision_follows_its_instrument(ask):
    given = ask("khoan 1 dieu 5")
    assert (given.status, given.provision) == ("in_force", Pinpoint(dieu="5", khoan="1"))
    assert ask("dieu 5", on="2024-01-09").status == "not_yet"


@pytest.mark.parametrize("kind", ["partially_repeals", "repeals", "replaces"])
def test_a_list_of_provisions_ends_these_and_never_the_whole(ask, make_registry, kind):
    relation = act(kind, "dieu 5; khoan 2 dieu 7")
    ended = ask("dieu 5", relation)
    assert (ended.status, ended.since, ended.by, ended.clause) == ("expired", "2026-05-01", "2/2026/NĐ-CP", "Điều 9")
    assert ask("dieu 6", relation).status == "in_force"
    assert make_registry(instruments=[decree(OLD), decree(NEW)], relations=[relation]).status(OLD, on=TODAY).status == (
        "partly_expired"
    )


@pytest.mark.parametrize(
    ("named", "asked", "answer"),
    [
        ("dieu 5", "diem a khoan 1 dieu 5", "expired"),
        ("khoan 1 dieu 5", "dieu 5", "amended"),
        ("khoan 1 dieu 5", "khoan 2 dieu 5", "in_force"),
        ("khoan 1 dieu 5", "khoan 10 dieu 5", "in_force"),
        ("dieu 5?", "khoan 2 dieu 5", "not_known"),
        ("dieu 5?", "dieu 5", "amended"),
        ("dieu 5; tru khoan 1 dieu 5", "khoan 1 dieu 5", "in_force"),
        ("dieu 5; tru khoan 1 dieu 5", "khoan 2 dieu 5", "expired"),
        ("dieu 5; tru khoan 1 dieu 5", "dieu 5", "amended"),
        ("dieu 5; ...", "dieu 8", "not_known"),
        ("", "dieu 8", "not_known"),
        ("chuong II", "dieu 8", "not_known"),
        ("phu_luc 02", "phu_luc II", "expired"),
        ("phu_luc II", "dieu 2", "in_force"),
    ],
)
def test_what_a_partial_repeal_does_to_a_provision(ask, named, asked, answer):
    given = ask(asked, act("partially_repeals", named))
    assert given.status == answer
    assert (given.basis == "none") == (answer == "not_known")


def test_before_its_day_a_repeal_ends_nothing(ask):
    assert ask("dieu 5", act("partially_repeals", "dieu 5"), on="2026-04-30").status == "in_force"


def test_a_repeal_without_a_day_leaves_its_provision_open_and_no_other(ask):
    undated = act("partially_repeals", "dieu 5", day="", not_before="2026-03-10")
    assert ask("dieu 5", undated, on="2026-04-01").status == "not_known"
    assert ask("dieu 6", undated, on="2026-04-01").status == "in_force"


def test_an_amended_provision_is_said_to_be_amended(ask):
    given = ask("khoan 2 dieu 5", act("amends", "dieu 5"))
    assert (given.status, given.by, given.since) == ("amended", "2/2026/NĐ-CP", "2026-05-01")
    assert ask("dieu 6", act("amends", "dieu 5")).status == "in_force"


def test_an_amendment_that_does_not_list_all_it_touches_is_told(ask):
    given = ask("dieu 6", act("amends", "dieu 5; ..."))
    assert given.status == "in_force"
    assert "chưa rõ điều khoản nào" in given.note


def test_what_was_repealed_and_then_amended_is_not_known(ask):
    relations = (
        act("partially_repeals", "dieu 5"),
        act("amends", "khoan 1 dieu 5", source=LATER, day="2026-09-01"),
    )
    assert ask("dieu 5", *relations, on="2026-08-31").status == "expired"
    assert ask("dieu 5", *relations).status == "not_known"


def test_a_later_repeal_that_may_mean_it_leaves_a_cut_provision_open(ask):
    relations = (
        act("partially_repeals", "diem a khoan 1 dieu 5"),
        act("partially_repeals", "dieu 5?", source=LATER, day="2026-09-01"),
    )
    assert ask("khoan 1 dieu 5", *relations, on="2026-08-31").status == "amended"
    assert ask("khoan 1 dieu 5", *relations).status == "not_known"


def test_a_provision_ends_with_its_instrument(ask):
    given = ask("dieu 5", act("replaces"))
    assert (given.status, given.since, given.by) == ("expired", "2026-05-01", "2/2026/NĐ-CP")


def test_an_exception_leaves_the_provision_it_may_mean_open(ask):
    ended = act("replaces", exception="Điều 69")
    assert ask("khoan 1 dieu 69", ended).status == "not_known"
    assert ask("dieu 5", ended).status == "expired"


def test_what_the_ending_clause_keeps_stands_on(ask):
    ended = act("replaces", "tru dieu 9")
    assert ask("dieu 9", ended, on="2026-06-01").status == "in_force"
    assert ask("dieu 8", ended, on="2026-06-01").status == "expired"


def test_a_clause_that_keeps_some_provisions_does_not_keep_the_whole(ask, make_registry):
    relations = [act("repeals"), act("continues", "dieu 9", source=LATER, day="2026-09-01")]
    registry = make_registry(instruments=[decree(OLD), decree(NEW), decree(LATER)], relations=relations)
    assert registry.status(OLD, on=TODAY).status == "expired"
    assert ask("dieu 9", *relations).status == "not_known"
    assert ask("dieu 8", *relations).status == "expired"


def test_keeping_some_provisions_shows_nothing_of_the_whole(make_registry):
    kept = act("continues", "dieu 9", source=LATER, day="2026-09-01")
    registry = make_registry(instruments=[decree(OLD), decree(LATER)], relations=[kept])
    assert registry.status(OLD, on=TODAY).status == "not_known"


def test_a_suspended_repeal_touches_no_provision(ask):
    stopped = act("suspends", source=LATER, target=NEW, day="2026-08-10")
    assert ask("dieu 5", act("partially_repeals", "dieu 5"), stopped, on="2026-09-01").status == "in_force"


def test_a_lead_touches_no_provision(ask):
    said = act("partially_repeals", "dieu 5", confidence="unverified")
    assert ask("dieu 5", leads=[said]).status != "expired"


def test_an_instrument_that_is_not_there_has_no_provisions(registry):
    given = registry.provision_status("999/2024/NĐ-CP", Pinpoint(dieu="1"), on=TODAY)
    assert (given.status, given.basis) == ("not_known", "none")


# The shipped data


@pytest.mark.parametrize(
    ("number", "provision", "day", "answer"),
    [
        ("102/2024/NĐ-CP", "khoan 1 dieu 14", "2025-06-30", ("in_force", None)),
        ("102/2024/NĐ-CP", "khoan 1 dieu 14", "2025-07-01", ("expired", "151/2025/NĐ-CP")),
        ("102/2024/NĐ-CP", "dieu 14", "2025-07-01", ("amended", "151/2025/NĐ-CP")),
        ("102/2024/NĐ-CP", "khoan 2 dieu 14", "2025-07-01", ("in_force", None)),
        ("102/2024/NĐ-CP", "diem c khoan 2 dieu 94", "2025-07-01", ("expired", "151/2025/NĐ-CP")),
        ("102/2024/NĐ-CP", "diem b khoan 2 dieu 94", "2025-07-01", ("in_force", None)),
        ("102/2024/NĐ-CP", "khoan 5 dieu 54", "2026-01-31", ("expired", "151/2025/NĐ-CP")),
        ("102/2024/NĐ-CP", "dieu 32", "2026-01-30", ("in_force", None)),
        ("102/2024/NĐ-CP", "dieu 32", "2026-01-31", ("expired", "49/2026/NĐ-CP")),
        ("101/2024/NĐ-CP", "khoan 3 dieu 35", "2025-07-01", ("expired", "151/2025/NĐ-CP")),
        ("151/2025/NĐ-CP", "diem i khoan 1 dieu 5", "2026-02-01", ("in_force", None)),
        ("151/2025/NĐ-CP", "khoan 2 dieu 5", "2026-02-01", ("amended", "49/2026/NĐ-CP")),
        ("151/2025/NĐ-CP", "khoan 4 dieu 5", "2026-02-01", ("expired", "49/2026/NĐ-CP")),
        ("63/2010/NĐ-CP", "dieu 29", "2013-07-01", ("expired", "48/2013/NĐ-CP")),
        ("97/2015/QH13", "phu_luc 2", "2024-07-01", ("expired", "16/2023/QH15")),
        ("80/2015/QH13", "khoan 1 dieu 46", "2025-02-19", ("expired", "64/2025/QH15")),
        ("80/2015/QH13", "khoan 1 dieu 45", "2025-02-19", ("in_force", None)),
        ("80/2015/QH13", "khoan 1 dieu 45", "2025-04-01", ("expired", "64/2025/QH15")),
        ("115/2024/NĐ-CP", "dieu 5", "2025-09-01", ("not_known", "214/2025/NĐ-CP")),
        ("136/2025/NĐ-CP", "dieu 29", TODAY, ("not_known", None)),
    ],
)
def test_a_provision_of_the_shipped_data(registry, number, provision, day, answer):
    (pinpoint,) = read_parts(provision).whole
    given = registry.provision_status(number, pinpoint, on=day)
    assert (given.status, given.by) == answer, given.note


REGISTRY = Registry.shipped()
NAMED = [
    (edge, part)
    for instrument in REGISTRY
    for edge in REGISTRY.store.into(instrument.id)
    if edge.kind == "partially_repeals" and edge.effective
    for part in edge.parts.whole
]


@pytest.mark.parametrize(
    ("edge", "part"), NAMED, ids=[f"{edge.target.rpartition('/')[2]} {name_of_provision(part)}" for edge, part in NAMED]
)
def test_every_provision_that_a_verified_clause_repeals_has_ended_from_its_day(edge, part):
    kept = any(place_of(one, part) in {"same", "inside"} for one in edge.parts.kept)
    given = REGISTRY.provision_status(edge.target, part, on=edge.effective)
    assert given.status == ("amended" if kept else "expired")
    assert given.proof
    before = REGISTRY.provision_status(edge.target, part, on=add_days(edge.effective, -1))
    gone = [one for one, other in NAMED if one.target == edge.target and place_of(other, part) in {"same", "around"}]
    if before.status == "expired":
        assert any(one.effective < edge.effective for one in gone)
