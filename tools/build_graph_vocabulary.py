"""Write docs/GRAPH_VOCABULARY.md from parcc_nlp/graph/vocabulary.csv.

A test fails when the page is not what the table says. Edit the table, not the page.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from parcc_nlp.graph import Edge, LegalGraph, Node
from parcc_nlp.graph.exchange import to_turtle, vocabulary
from parcc_nlp.graph.exchange.neo4j import label_of, type_of
from parcc_nlp.graph.exchange.statements import class_of
from parcc_nlp.graph.exchange.vocabulary import NAMESPACES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from parcc_nlp.graph.exchange.vocabulary import Term

PAGE = Path(__file__).resolve().parent.parent / "docs" / "GRAPH_VOCABULARY.md"
MADE = (
    "<!-- Written by tools/build_graph_vocabulary.py from parcc_nlp/graph/vocabulary.csv; edit that and run "
    "python tools/build_graph_vocabulary.py. -->"
)
MATCHES = {"exact": "the same", "broader": "broader", "none": ""}
FORMS = {
    "string": "text",
    "vietnamese": "text in Vietnamese",
    "date": "`xsd:date`",
    "day_before": "`xsd:date`, the day before ours",
    "type": "a resource, `<base>type/…`",
    "issuer": "a resource, `<base>issuer/…`",
    "subdivision": "a resource, `<base>subdivision/…`",
}


def page() -> str:
    """Give the whole page."""
    rows = vocabulary()
    parts = [
        MADE,
        "# Nodes and relations of the graph, in ELI and Akoma Ntoso",
        "*Bảng này cho biết mỗi loại nút và quan hệ của đồ thị viện dẫn tương ứng với thuật ngữ nào của ELI (European "
        "Legislation Identifier) và Akoma Ntoso khi xuất ra cho phần mềm khác.*",
        "What a kind of ours is called by others, and how a graph is written for them (`parcc_nlp.graph.exchange`). "
        "**The same** means that the ELI term says what ours says: it is used alone. **Broader** means that ours is "
        "one case of what it says: both are written, and our term is declared a kind of theirs. Our own terms are "
        f"below `{NAMESPACES['parcc']}`, properties below `{NAMESPACES['prop']}`. Terms are those of ELI "
        "1.x; deprecated ones are not used.",
        "## Nodes",
        _nodes([row for row in rows if row.element == "node"]),
        "## Relations",
        "A row holds between the kinds of nodes it names. Between others our own term stands alone. The paths of "
        "Akoma Ntoso begin in `meta/analysis` (`activeModifications`) or in the text.",
        _edges([row for row in rows if row.element == "edge"]),
        "## Properties",
        "Every property of a node or relation is written as `prop:` with its name, so that it can be read back as it "
        "was. These are said in terms of others besides:",
        _properties([row for row in rows if row.element == "property"]),
        "The id of every node is `eli:id_local`, its name `rdfs:label`.",
        *_addresses(),
        *_relations(),
        *_formats(),
    ]
    return "\n\n".join(parts) + "\n"


def _nodes(rows: Iterable[Term]) -> str:
    head = ("kind", "tên", "ours", "ELI", "", "Akoma Ntoso", "Neo4j", "note")
    return _table(
        head,
        (
            (
                f"`{row.kind}`",
                row.vi,
                _code(class_of(row.kind)),  # type: ignore[arg-type]  # the schema of the table is tested
                _code(row.term),
                MATCHES[row.match],
                row.akoma_ntoso,
                _code(f":{label_of(row.kind)}"),
                row.note,
            )
            for row in rows
        ),
    )


def _edges(rows: Iterable[Term]) -> str:
    head = ("relation", "tên", "from", "to", "ELI or Dublin Core", "", "Akoma Ntoso", "Neo4j", "note")
    return _table(
        head,
        (
            (
                f"`{row.kind}`",
                row.vi,
                _kinds(row.of),
                _kinds(row.to),
                _code(row.term),
                MATCHES[row.match],
                _code(row.akoma_ntoso),
                _code(type_of(row.kind)),
                row.note,
            )
            for row in rows
        ),
    )


def _properties(rows: Iterable[Term]) -> str:
    head = ("property", "tên", "of", "ELI or Dublin Core", "written as", "Akoma Ntoso", "note")
    return _table(
        head,
        (
            (
                f"`{row.kind}`",
                row.vi,
                _kinds(row.of),
                _code(row.term),
                FORMS[next(iter(row.to))],
                _code(row.akoma_ntoso),
                row.note,
            )
            for row in rows
        ),
    )


def _addresses() -> list[str]:
    return [
        "## IRIs",
        "The IRI of an instrument or of a unit of one is its Akoma Ntoso URI (`parcc_nlp.graph.identifiers.akn_uri`) "
        "below a base that the caller gives (`https://example.org/`; by default `urn:parcc:`, which is a name and no "
        "address): `<base>akn/vn/act/nghi-dinh/chinh-phu/2010-06-08/63-2010-nd-cp/!main~dieu_5`. Agencies and "
        "administrative units are `<base>akn/ontology/organization/…` and `<base>akn/ontology/location/…`. A citation "
        "that was not identified may be anybody's and is no work: it is `<base>akn/ontology/reference/<the document "
        "that cites>/<what it says>`. Where an id says more than its URI can (an odd character), a digest of the id is "
        "added, so that two nodes never share an IRI.",
    ]


def _relations() -> list[str]:
    graph = LegalGraph()
    plan, decree = (
        "vn/ke-hoach/ubnd-tinh-lam-dong/2026-01-15/12-kh-ubnd",
        "vn/nghi-dinh/chinh-phu/2020-04-08/45-2020-nd-cp",
    )
    graph.add_node(Node(plan, "instrument", "Kế hoạch số 12/KH-UBND", properties={"issued": "2026-01-15"}))
    graph.add_node(Node(decree, "instrument", "Nghị định số 45/2020/NĐ-CP", known=False))
    evidence = {"quote": "Nghị định số 45/2020/NĐ-CP", "start": 120, "end": 146}
    graph.add_edge(Edge(plan, "based_on", decree, document=plan, properties=evidence))
    blocks = to_turtle(graph).decode().split("\n\n")
    return [
        "## How a relation is written in RDF",
        "Twice: as the direct statement that tools for ELI look for, and as a resource of its own (a `rdf:Statement`) "
        "that carries its days (`parcc:since`, and `parcc:until`, the first day after it), the document that says so "
        "and its evidence.",
        "```turtle\n" + "\n\n".join((blocks[-3], blocks[-1])).strip() + "\n```",
    ]


def _formats() -> list[str]:
    head = ("format", "function", "read back", "what it does not keep")
    rows = (
        ("GraphML", "`to_graphml`", "`from_graphml`", "characters that XML does not allow become U+FFFD"),
        ("GEXF 1.2", "`to_gexf`", "", "the same; names that GEXF needs get an underscore; one type a property"),
        ("node-link JSON", "`to_node_link`", "`from_node_link`", ""),
        ("JSON-LD 1.1", "`to_json_ld`", "`from_json_ld`", ""),
        ("Turtle", "`to_turtle`", "`from_turtle`", ""),
        ("Neo4j CSV", "`to_neo4j`", "", "values of a property that are of several types become text"),
        ("Cypher", "`to_cypher`", "", ""),
        (
            "DOT",
            "`to_dot`",
            "",
            "properties; long names are cut (whole in the tooltip); parallel relations are counted",
        ),
    )
    return [
        "## Formats",
        _table(head, rows),
        "The same graph gives the same bytes. Lone surrogates, which no file in UTF-8 can hold, become U+FFFD in every "
        "format. Where characters were replaced, the file says how many (`replaced_characters`; CSV files cannot), and "
        "`lost_characters` counts them beforehand. Nodes keep their ids in every format; an id is one line of text. "
        "GraphML's own schema would have ids without `/` and `#`, which no reader we know of asks for.",
        "Into an empty Neo4j (5 or later; the files hold line breaks):",
        "```sh\nneo4j-admin database import full --multiline-fields=true \\\n"
        "    --nodes=instrument.csv --nodes=provision.csv --nodes=agency.csv \\\n"
        "    --relationships=relationships.csv neo4j\n```",
        "Into one that runs: `cypher-shell --file graph.cypher`. It may run again: nodes are merged by `id`, "
        "relationships by `key`.",
    ]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "| " + " | ".join("---" for _ in head) + " |"]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def _kinds(kinds: Iterable[str]) -> str:
    return ", ".join(sorted(kinds)) or "any"


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE} written")


if __name__ == "__main__":
    main()
