"""Write the pages of docs/ that are made from data: a page a rule, the list of rules, the list of error codes.

``make docs`` runs it; a test fails when a page is not what the data say. Edit
``parcc_nlp/review/checks/*/rules.yaml`` and ``parcc_nlp/errors.csv``, not the pages.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from parcc_nlp.errors import error_texts
from parcc_nlp.review import rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parcc_nlp.review.rule import Example, LegalReason, Rule

DOCS = Path(__file__).resolve().parent.parent / "docs"
MADE = "<!-- Written by tools/build_docs.py from {source}; edit that and run make docs. -->\n\n"

SEVERITIES = {
    "error": ("lỗi: phải xem trước khi ký", "error: look at it before signing"),
    "warning": ("cảnh báo", "warning"),
    "info": ("thông tin", "information"),
    "unknown": ("chưa rõ", "not known"),
}
NEEDS = {
    "registry": ("dữ liệu đăng ký văn bản", "the registry"),
    "as_of": ("ngày được hỏi", "an as-of date"),
    "signed": ("ngày ký của văn bản", "the document's signing date"),
    "targets": ("chỉ tiêu của văn bản", "the document's targets"),
    "responsibilities": ("phân công trong văn bản", "the document's assignments"),
    "effects": ("tác động đến văn bản khác", "its effects on other documents"),
    "together": ("các văn bản được xem xét cùng lúc", "other documents checked with it"),
}
ERROR_ROOMS = (
    ("E1", "Đọc tệp", "Reading files"),
    ("E2", "Dữ liệu đăng ký văn bản", "Registry"),
    ("E3", "Câu lệnh và tham số", "Command and arguments"),
    ("E4", "Mô hình spaCy", "spaCy pipeline"),
)


def pages() -> dict[str, str]:
    """Give every page made from data, by its path below docs/."""
    made = {f"rules/{rule.code}.md": _rule_page(rule) for rule in rules()}
    return {
        **made,
        "rules/README.md": _rule_list(),
        "ERRORS.md": _error_list(),
        "CITATION_FORMS.md": _citation_forms(),
    }


def main() -> None:
    """Write the pages and take away those whose rule is gone."""
    written = pages()
    for old in (DOCS / "rules").glob("*.md"):
        if f"rules/{old.name}" not in written:
            old.unlink()
    for name, text in written.items():
        path = DOCS / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    print(f"{len(written)} pages written to {DOCS}")


def _citation_forms() -> str:
    """Give every surface form of a citation that the tests hold, and what is told apart from one."""
    intro = [
        MADE.format(source="tests/extract/citations.csv and not_citations.csv").rstrip(),
        "# Forms of citation that are recognised",
        "Every surface form the grammar is held to, with what becomes of it. Add a row to "
        "`tests/extract/citations.csv` to ask for another; the words of the grammar (kinds of documents, issuers, "
        "titles of laws) are data files in `parcc_nlp/extract/grammar/`. Provisions are written Điều.khoản.điểm.",
        "*Mỗi dòng là một cách viện dẫn được nhận ra; muốn thêm cách khác, thêm một dòng vào tệp trên.*",
    ]
    forms = ["| form | text | kind | number or name | date | issuer | provisions |", "| --- " * 7 + "|"]
    for row in _table("citations.csv"):
        what = row["number"] or row["name"]
        cells = (row["why"], row["text"], row["doc_type"], what, row["issued"], row["issuer"], row["pinpoints"])
        forms.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    others = ["| text | why it is no citation |", "| --- | --- |"]
    others += [f"| {row['text']} | {row['why']} |" for row in _table("not_citations.csv")]
    parts = [*intro, "\n".join(forms), "## What is no citation", "\n".join(others)]
    return "\n\n".join(parts) + "\n"


def _table(name: str) -> list[dict[str, str]]:
    path = DOCS.parent / "tests" / "extract" / name
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _rule_page(rule: Rule) -> str:
    vietnamese, english = SEVERITIES[rule.severity]
    parts = [
        f"# {rule.code}: {rule.name.vi}",
        f"*{rule.name.en}*",
        f"Mức độ / severity: **{vietnamese}** / {english}.{_needs(rule)}",
        "## Quy tắc xem xét điều gì",
        rule.about.vi,
        rule.about.en,
    ]
    if rule.reasons:
        parts += ["## Căn cứ / Legal reason", "\n".join(_reason(reason) for reason in rule.reasons)]
    parts += ["## Ví dụ có cảnh báo / An example that fires", _example(rule.fires)]
    parts += ["## Ví dụ không cảnh báo / One that does not", _example(rule.silent)]
    return MADE.format(source="parcc_nlp/review/checks/*/rules.yaml") + "\n\n".join(parts) + "\n"


def _needs(rule: Rule) -> str:
    if not rule.needs:
        return ""
    vietnamese = ", ".join(NEEDS[need][0] for need in rule.needs)
    english = ", ".join(NEEDS[need][1] for need in rule.needs)
    return f" Cần có / needs: {vietnamese} / {english}."


def _reason(reason: LegalReason) -> str:
    bounds = [f"từ {reason.since}" if reason.since else "", f"trước {reason.until}" if reason.until else ""]
    kinds = {True: "văn bản quy phạm pháp luật", False: "văn bản hành chính", None: ""}
    limits = ", ".join(part for part in (kinds[reason.normative], *bounds) if part)
    return f"- {reason.text.vi}{f' ({limits})' if limits else ''}  \n  {reason.text.en}"


def _example(example: Example) -> str:
    asked = "ngày ký / the signing date" if example.as_of == "signing" else example.as_of
    return f"```text\n{example.text}\n```\n\nNgày ký / signed: {example.signed}. Hỏi tại / asked as of: {asked}."


def _rule_list() -> str:
    rows = [
        f"| [{rule.code}]({rule.code}.md) | {SEVERITIES[rule.severity][0]} | {rule.name.vi} | {rule.name.en} |"
        for rule in sorted(rules(), key=lambda rule: rule.code)
    ]
    head = (
        "# Các quy tắc rà soát / Rules of the review\n\n"
        "Mã quy tắc không đổi nghĩa. `parcc explain MÃ` in cùng nội dung ra màn hình.\n"
        "A code never changes its meaning; `parcc explain CODE` prints the same.\n\n"
        "| mã / code | mức độ / severity | tên | name |\n| --- | --- | --- | --- |\n"
    )
    return MADE.format(source="parcc_nlp/review/checks/*/rules.yaml") + head + "\n".join(rows) + "\n"


def _error_list() -> str:
    return (
        MADE.format(source="parcc_nlp/errors.csv")
        + "# Mã lỗi / Error codes\n\n"
        + "Mỗi lỗi nói sai ở đâu và cần làm gì. Every error says what is wrong and what to do.\n"
        + "".join(_error_room(*room) for room in ERROR_ROOMS)
    )


def _error_room(prefix: str, vietnamese: str, english: str) -> str:
    rows: Iterator[str] = (
        f"| {text.code} | {_cell(text.vi)} {_cell(text.hint_vi)} | {_cell(text.en)} {_cell(text.hint_en)} |\n"
        for code, text in sorted(error_texts().items())
        if code.startswith(prefix)
    )
    return (
        f"\n## {vietnamese} / {english}\n\n| mã / code | tiếng Việt | English |\n| --- | --- | --- |\n{''.join(rows)}"
    )


def _cell(text: str) -> str:
    """Keep what stands in braces and bars from being read as Markdown."""
    return text.replace("|", "\\|")


if __name__ == "__main__":
    main()
