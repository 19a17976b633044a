"""Every rule speaks on the example that it says it speaks on, and is silent on the other, through the real extraction.

The registry of these tests holds only the instruments of ``example_numbers.txt``, with their rows of ``corpora/registry``.
"""

import csv
from pathlib import Path

import pytest

from parcc_nlp.extract.run import extract_layers
from parcc_nlp.model import Document
from parcc_nlp.registry import Registry
from parcc_nlp.review import review, rules
from parcc_nlp.review.together import Together

RULES = rules()
EVERY = pytest.mark.parametrize("rule", RULES, ids=[rule.code for rule in RULES])
TABLES = {
    "instruments.csv": ("id",),
    "relations.csv": ("source", "target"),
    "in_force.csv": ("instrument",),
    "leads.csv": ("source", "target"),
    "reorganisation.csv": (),
}
"""The files of a registry, with the columns that name the instruments a row is about."""
LETTERHEAD = """\
ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 15/QĐ-UBND
Lâm Đồng, ngày {day} tháng {month} năm {year}
QUYẾT ĐỊNH
Về việc giao nhiệm vụ cải cách hành chính
{basis}
QUYẾT ĐỊNH:
Điều 1. Giao nhiệm vụ
{article}
Điều 2. Chánh Văn phòng Ủy ban nhân dân tỉnh chịu trách nhiệm thi hành Quyết định này./.
"""


NUMBERS = frozenset((Path(__file__).parent / "example_numbers.txt").read_text(encoding="utf-8").split())


@pytest.fixture(scope="module")
def tiny(tmp_path_factory, root):
    """A registry of the few instruments the examples cite, with what is known of them."""
    shipped, folder = root / "corpora" / "registry", tmp_path_factory.mktemp("registry")
    kept = {row["id"] for row in table(shipped / "instruments.csv") if row["number"] in NUMBERS}
    for name, ends in TABLES.items():
        rows = [row for row in table(shipped / name) if {row[end] for end in ends} <= kept]
        with (folder / name).open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, columns(shipped / name))
            writer.writeheader()
            writer.writerows(rows)
    (folder / "MANIFEST.json").write_text('{"version": "tiny", "date": "2026-11-23"}', encoding="utf-8")
    return Registry.from_directory(folder)


def table(path):
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def columns(path):
    return path.read_text(encoding="utf-8").splitlines()[0].split(",")


def document(example):
    if example.whole:
        return example.text
    year, month, day = example.signed.split("-")
    is_basis = example.text.startswith("Căn cứ")
    return LETTERHEAD.format(
        day=day,
        month=month,
        year=year,
        basis=example.text if is_basis else "",
        article="" if is_basis else example.text,
    )


def found(rule, example, registry):
    reviewed = reviewed_example(example, registry)
    assert rule.code in reviewed.coverage.rules_run
    return [finding for finding in reviewed.findings if finding.rule == rule.code]


def reviewed_example(example, registry, **options):
    extraction = extract_layers(Document(document(example)))
    beside = [extract_layers(Document(text)) for text in example.beside]
    together = Together([registry.resolve_all(one) for one in (extraction, *beside)])
    return review(extraction, as_of=example.as_of, registry=registry, together=together, **options)


@EVERY
def test_a_rule_speaks_on_its_own_example(rule, tiny):
    findings = found(rule, rule.fires, tiny)
    assert len(findings) == 1
    assert findings[0].reason
    lines = range(1, rule.fires.text.count("\n") + 2)
    first = 0 if rule.fires.whole else 7 if rule.fires.text.startswith("Căn cứ") else 10
    assert findings[0].where.paragraph - first in lines


@EVERY
def test_a_rule_is_silent_on_its_counter_example(rule, tiny):
    assert not found(rule, rule.silent, tiny)


@EVERY
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_no_finding_shows_an_empty_or_unfilled_field(rule, lang, tiny):
    for finding in reviewed_example(rule.fires, tiny, lang=lang).findings:
        shown = f"{finding.message} {finding.suggestion or ''}"
        for gap in ("{", "}", "None", "()", " .", " ,", "  ", "“”", "ngày của"):
            assert gap not in shown
