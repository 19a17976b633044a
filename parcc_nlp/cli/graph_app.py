"""The commands of ``parcc graph``: what each takes; what each does is loaded when it runs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path  # noqa: TC003  - Typer reads the annotations when the command runs
from typing import Annotated

import typer

from parcc_nlp.cli.registry_app import RegistryFile  # noqa: TC001  - as above
from parcc_nlp.cli.streams import spoken

__all__ = ["graph_app"]


class Answer(StrEnum):
    """How results are written."""

    text = "text"
    json = "json"


class Ranking(StrEnum):
    """What instruments are ranked by."""

    cited = "cited"
    orphans = "orphans"
    unknown = "unknown"
    oldest = "oldest"


class Exchange(StrEnum):
    """The formats a graph is given to others in."""

    graphml = "graphml"
    gexf = "gexf"
    json = "json"
    jsonld = "jsonld"
    turtle = "turtle"
    neo4j = "neo4j"
    cypher = "cypher"
    dot = "dot"


Files = Annotated[list[str], typer.Argument(help="Văn bản hoặc thư mục.", metavar="TỆP...")]
Reference = Annotated[str, typer.Argument(help="Số ký hiệu hoặc định danh, ví dụ 45/2020/NĐ-CP.", metavar="VĂN_BẢN")]
Results = Annotated[Answer, typer.Option("--format", "-f", help="Định dạng kết quả.")]
On = Annotated[str, typer.Option("--as-of", help="today (hôm nay) hoặc một ngày như 2026-11-23.")]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, help="Số tiến trình chạy song song.")]

graph_app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    help=(
        "Đồ thị viện dẫn: văn bản nào dựa vào văn bản nào, sửa một văn bản thì phải rà soát những gì.\n\n"
        "Mã thoát: 0 xong; 2 có tệp không đọc được; 3 sai cách dùng."
    ),
)


@graph_app.command()
def impact(
    instrument: Reference,
    files: Files,
    as_of: On = "today",
    form: Results = Answer.text,
    jobs: Jobs = 1,
    registry: RegistryFile = None,
) -> int:
    """Cho biết những văn bản phải rà soát nếu văn bản này bị thay thế hoặc bãi bỏ, theo thứ tự nên sửa."""
    from parcc_nlp.cli.graph_views import gathered, show_impact

    return show_impact(gathered(files, registry=registry, jobs=jobs), instrument, as_of=as_of, form=form.value)


@graph_app.command()
def lineage(
    instrument: Reference, as_of: On = "today", form: Results = Answer.text, registry: RegistryFile = None
) -> int:
    """Cho biết văn bản này thay thế, sửa đổi gì và bị gì thay thế, sửa đổi, đến hết chuỗi."""
    from parcc_nlp.cli.graph_views import known_around, show_lineage

    return show_lineage(known_around(instrument, registry=registry), instrument, as_of=as_of, form=form.value)


@graph_app.command()
def bases(
    file: Annotated[str, typer.Argument(help="Văn bản.", metavar="TỆP")],
    as_of: On = "today",
    form: Results = Answer.text,
    registry: RegistryFile = None,
) -> int:
    """Cho biết văn bản dựa vào những căn cứ nào, căn cứ của căn cứ, và mỗi căn cứ còn hiệu lực không."""
    from parcc_nlp.cli.graph_views import gathered, show_bases

    return show_bases(gathered([file], registry=registry, jobs=1), as_of=as_of, form=form.value)


@graph_app.command()
def compare(first: str, second: str, form: Results = Answer.text, registry: RegistryFile = None) -> int:
    """So căn cứ và viện dẫn của hai văn bản (hai tệp): chung những gì, khác những gì."""
    from parcc_nlp.cli.graph_views import gathered, show_common

    return show_common(gathered([first, second], registry=registry, jobs=1), form=form.value)


@graph_app.command()
def path(
    start: Reference,
    end: Reference,
    files: Annotated[list[str] | None, typer.Argument(help="Văn bản hoặc thư mục.", metavar="[TỆP...]")] = None,
    form: Results = Answer.text,
    registry: RegistryFile = None,
) -> int:
    """Giải thích hai văn bản liên quan với nhau thế nào, bằng đường ngắn nhất."""
    from parcc_nlp.cli.graph_views import gathered, known_around, show_path

    graph = gathered(files, registry=registry, jobs=1) if files else known_around(start, end, registry=registry)
    return show_path(graph, start, end, form=form.value, lang=spoken())


@graph_app.command()
def conflicts(files: Files, form: Results = Answer.text, jobs: Jobs = 1, registry: RegistryFile = None) -> int:
    """Tìm quan hệ mâu thuẫn và vòng quanh: hai văn bản thay thế lẫn nhau, viện dẫn cả văn bản cũ lẫn mới."""
    from parcc_nlp.cli.graph_views import gathered, show_conflicts

    return show_conflicts(gathered(files, registry=registry, jobs=jobs), form=form.value)


@graph_app.command()
def agencies(files: Files, form: Results = Answer.text, jobs: Jobs = 1) -> int:
    """Đếm việc của từng cơ quan theo vai trò, và những việc có hai cơ quan chủ trì."""
    from parcc_nlp.cli.graph_views import gathered, show_agencies

    return show_agencies(gathered(files, registry=None, jobs=jobs), form=form.value)


@graph_app.command()
def indicators(
    files: Files,
    named: Annotated[str | None, typer.Option(help="Chỉ những chỉ tiêu có các chữ này.")] = None,
    form: Results = Answer.text,
    jobs: Jobs = 1,
) -> int:
    """Xếp các chỉ tiêu cùng tên qua các năm, các cấp cạnh nhau."""
    from parcc_nlp.cli.graph_views import gathered, show_indicators

    return show_indicators(gathered(files, registry=None, jobs=jobs), named=named, form=form.value)


@graph_app.command()
def ranking(
    files: Files,
    of: Annotated[Ranking, typer.Option(help="cited, orphans, unknown hoặc oldest.")] = Ranking.cited,
    as_of: On = "today",
    form: Results = Answer.text,
    jobs: Jobs = 1,
    registry: RegistryFile = None,
) -> int:
    """Xếp hạng văn bản: được viện dẫn nhiều nhất, không ai viện dẫn, chưa rõ, lâu đời nhất còn hiệu lực."""
    from parcc_nlp.cli.graph_views import gathered, show_ranking

    graph = gathered(files, registry=registry, jobs=jobs)
    return show_ranking(graph, of=of.value, as_of=as_of, form=form.value)


@graph_app.command()
def export(
    files: Files,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Tệp kết quả; với neo4j là thư mục.", metavar="NƠI_GHI")
    ],
    form: Annotated[Exchange, typer.Option("--format", "-f", help="Định dạng.")] = Exchange.graphml,
    jobs: Jobs = 1,
    registry: RegistryFile = None,
) -> int:
    """Ghi đồ thị ra tệp cho công cụ khác: GraphML, GEXF, JSON, JSON-LD, Turtle (ELI), Neo4j, Cypher, DOT."""
    from parcc_nlp.cli.graph_files import export_graph
    from parcc_nlp.cli.graph_views import gathered

    return export_graph(gathered(files, registry=registry, jobs=jobs), form=form.value, output=output)


@graph_app.command()
def show(
    files: Files,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Trang .html để xem, hoặc hình .svg, .png để in.", metavar="TỆP")
    ],
    as_of: On = "today",
    jobs: Jobs = 1,
    registry: RegistryFile = None,
) -> int:
    """Vẽ đồ thị: một trang để mở bằng trình duyệt, hoặc một hình vừa khổ A4."""
    from parcc_nlp.cli.graph_files import draw_graph
    from parcc_nlp.cli.graph_views import gathered

    return draw_graph(gathered(files, registry=registry, jobs=jobs), as_of=as_of, output=output)
