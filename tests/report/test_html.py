"""The HTML page: whole in one file, true to the text, readable without colour, sight or pointer, safe to open."""

import re
from dataclasses import replace

import pytest
from lxml import html

from parcc_nlp.model import Citation, Extraction, Finding, Metadata, Source, Where
from parcc_nlp.report import Dossier
from parcc_nlp.report.html import IndexEntry, html_page, index_page

HOSTILE = (
    "<script>alert(1)</script> & \"'><img src=x onerror=alert(1)>\n</div></section><b>đậm</b>\n\n{{ 7 * 7 }}\t\x1b[31m"
)


@pytest.fixture
def page(dossier):
    return html.document_fromstring(html_page(dossier))


def shown_text(page):
    """The text of the document block."""
    (block,) = page.xpath("//div[@class='document']")
    return block.text_content()


def test_the_text_of_the_document_block_is_the_text(page, dossier):
    assert shown_text(page) == dossier.extraction.text


def test_every_citation_has_an_anchor_and_its_words(page, dossier):
    for number, citation in enumerate(dossier.extraction.citations, 1):
        (anchor,) = page.xpath(f"//*[@id='c{number}']")
        assert anchor.text_content() == citation.text


def test_every_citation_is_a_link_to_the_card_of_its_instrument(page):
    links = page.xpath("//div[@class='document']//a[contains(@class, 'cite')]/@href")
    assert len(links) == 5
    assert all(page.xpath(f"//li[@id='{link[1:]}']") for link in links)


def test_a_citation_is_marked_by_what_holds_on_the_day(page):
    shown = [page.xpath(f"//*[@id='c{number}']/@class")[0].split()[1] for number in range(1, 6)]
    assert shown == ["in_force", "not_valid", "partly", "not_known", "self"]


def test_without_a_review_a_citation_is_marked_by_whether_it_was_identified(dossier):
    page = html.document_fromstring(html_page(Dossier(dossier.extraction)))
    assert page.xpath("//*[@id='c1']/@class")[0].split()[1] == "plain"
    assert page.xpath("//*[@id='c4']/@class")[0].split()[1] == "not_known"


def test_a_card_shows_verdict_evidence_and_successor(page):
    (card,) = page.xpath("//li[p[@class='name'][contains(., '107/2021')]]")
    shown = card.text_content()
    assert "Hết hiệu lực từ ngày 01/7/2025" in shown
    assert "được thay thế bởi 118/2025/NĐ-CP, khoản 2 Điều 31" in shown


def test_every_finding_links_to_its_words(page, dossier):
    for finding in dossier.review.findings:
        (target,) = page.xpath(f"//li[p[contains(., '{finding.rule}')]]//p[@class='mentions']/a/@href")
        (mark,) = page.xpath(f"//div[@class='document']//*[@id='{target[1:]}']")
        following = mark.text_content() or mark.xpath("string(following-sibling::a[1])")
        assert following == finding.text


def test_every_link_inside_the_page_leads_somewhere(page):
    targets = {link[1:] for link in page.xpath("//a/@href")}
    assert targets <= set(page.xpath("//@id"))


def test_no_id_is_given_twice(page):
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_the_page_loads_nothing_from_anywhere(dossier):
    source = html_page(dossier)
    page = html.document_fromstring(source)
    assert page.xpath("//link | //img | //iframe | //object | //*[@src] | //*[@srcset]") == []
    assert not re.search(r"url\(|@import|https?://", source)


def test_the_page_forbids_every_script_but_its_own(page):
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_the_page_is_marked_vietnamese_and_has_its_landmarks(page):
    assert page.get("lang") == "vi"
    assert len(page.xpath("//main | //header | //footer | //nav")) == 4
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//a[@class='skip']/@href") == ["#main"]


def test_every_section_is_named_by_its_heading(page):
    for section in page.xpath("//section"):
        assert page.xpath(f"//h2[@id='{section.get('aria-labelledby')}']")


def test_the_legend_names_every_standing_in_words(page):
    shown = [item.text_content().strip() for item in page.xpath("//ul[@class='legend']/li")]
    assert shown[:4] == ["Còn hiệu lực", "Hết hiệu lực một phần", "Không còn hoặc chưa có hiệu lực", "Chưa rõ"]


def hostile_dossier(dossier):
    """A document that attacks wherever its words are shown."""
    end = len("<script>alert(1)</script>")
    extraction = Extraction(
        text=HOSTILE,
        source=Source(path="<i>.txt", warnings=("<u>w",)),
        metadata=Metadata(doc_type="<b>Loại", title="</title><script>alert(2)</script>", number='"onload="x'),
        citations=(Citation(0, end, HOSTILE[:end], doc_type="Luật", name="<script>alert(3)</script>"),),
    )
    finding = Finding(
        "<b>", "info", "open", "<script>m", "<script>r", 0, 7, "<script", Where(), "2026", suggestion="<script>"
    )
    return Dossier(extraction, replace(dossier.review, findings=(finding,)))


def test_a_hostile_document_is_shown_and_not_obeyed(dossier):
    page = html.document_fromstring(html_page(hostile_dossier(dossier)))
    assert len(page.xpath("//script")) == 1
    assert page.xpath("//img | //b | //i | //u | //*[@onload] | //*[@onerror]") == []
    assert shown_text(page) == HOSTILE.replace("\x1b", "\ufffd")


def test_a_citation_over_a_line_break_is_marked_on_both_lines(dossier):
    text = "Nghị định số\n63/2010/NĐ-CP"
    extraction = Extraction(text=text, citations=(Citation(0, len(text), text, number="63/2010/NĐ-CP"),))
    page = html.document_fromstring(html_page(Dossier(extraction)))
    assert page.xpath("//div[@class='document']//a/text()") == ["Nghị định số", "63/2010/NĐ-CP"]
    assert shown_text(page) == text


def test_an_empty_document_still_is_a_page():
    assert html.document_fromstring(html_page(Dossier(Extraction(text="")))).xpath("//main")


def contrast(one, other):
    """The contrast ratio of two colours (WCAG 2.2)."""

    def luminance(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        ("ink", "page"),
        ("ink", "paper"),
        ("soft", "page"),
        ("soft", "paper"),
        ("link", "paper"),
        ("link", "page"),
        ("ok", "ok-bg"),
        ("part", "part-bg"),
        ("bad", "bad-bg"),
        ("open", "open-bg"),
        ("self", "self-bg"),
    ],
)
def test_text_stands_out_from_what_it_is_on(dossier, scheme, ink, paper):
    block = re.findall(r":root \{(.*?)\}", html_page(dossier), re.DOTALL)[scheme]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
    assert contrast(colours[ink], colours[paper]) >= 4.5


def test_the_index_links_every_page_and_names_what_could_not_be_examined():
    entries = [
        IndexEntry("a/mẫu.docx", "mẫu.docx.html", "Kế hoạch <b>", (("error", 2), ("info", 1))),
        IndexEntry("b.pdf", None, failure="b.pdf: Tệp rỗng. [E101]"),
    ]
    page = html.document_fromstring(index_page(entries))
    assert page.xpath("//a[@class!='skip' or not(@class)]/@href") == ["m%E1%BA%ABu.docx.html"]
    rows = [[cell.text_content().strip() for cell in row.xpath("./th | ./td")] for row in page.xpath("//tbody/tr")]
    assert rows[0] == ["a/mẫu.docx", "Kế hoạch <b>", "2", "0", "1", "0"]
    assert "Tệp rỗng. [E101]" in rows[1][1]
