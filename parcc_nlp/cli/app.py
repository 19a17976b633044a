"""The commands of ``parcc``: what each takes, and which verb it calls."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from parcc_nlp.cli.alerts_app import alerts_app, refresh
from parcc_nlp.cli.batch_app import batch
from parcc_nlp.cli.exits import Exit, ParccGroup
from parcc_nlp.cli.feeds_app import feeds_app
from parcc_nlp.cli.graph_app import graph_app
from parcc_nlp.cli.import_app import add_import_commands
from parcc_nlp.cli.library_app import library_app
from parcc_nlp.cli.registry_app import RegistryFile, registry_app
from parcc_nlp.cli.streams import say, speak, spoken, terminal

__all__ = ["app"]


class Lang(StrEnum):
    """Language of messages."""

    vi = "vi"
    en = "en"


class Format(StrEnum):
    """How results are written."""

    text = "text"
    json = "json"
    jsonl = "jsonl"
    html = "html"


class CheckFormat(StrEnum):
    """How the results of a check are written."""

    text = "text"
    json = "json"
    jsonl = "jsonl"
    html = "html"
    docx = "docx"
    xlsx = "xlsx"
    sarif = "sarif"


class ListFormat(StrEnum):
    """How lists are written."""

    text = "text"
    csv = "csv"
    json = "json"
    xlsx = "xlsx"


class By(StrEnum):
    """What lists are grouped by."""

    agency = "agency"
    deadline = "deadline"
    section = "section"


class Answer(StrEnum):
    """How a status is written."""

    text = "text"
    json = "json"


class FailOn(StrEnum):
    """From which severity on findings end the command with status 1."""

    error = "error"
    warning = "warning"
    info = "info"
    never = "never"


class Schema(StrEnum):
    """What the contract publishes a schema for."""

    extraction = "extraction"
    review = "review"
    status = "status"


Files = Annotated[list[str], typer.Argument(help="Tệp hoặc thư mục; dấu - là đầu vào chuẩn.", metavar="TỆP...")]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        help="Tệp kết quả; với html của nhiều văn bản: thư mục kết quả.",
        metavar="NƠI_GHI",
    ),
]
Results = Annotated[Format, typer.Option("--format", "-f", help="Định dạng kết quả.")]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, help="Số tiến trình chạy song song.")]
ListOutput = Annotated[Path | None, typer.Option("--output", "-o", help="Tệp kết quả.", metavar="TỆP")]
PaperFile = Annotated[Path, typer.Option("--output", "-o", help="Tệp .docx hoặc .xlsx.", metavar="TỆP")]
Agency = Annotated[str | None, typer.Option(help="Cơ quan rà soát, ghi ở đầu phiếu.")]
Superior = Annotated[str | None, typer.Option(help="Cơ quan chủ quản.")]
Place = Annotated[str | None, typer.Option(help="Địa danh.")]
Template = Annotated[Path | None, typer.Option(help="Mẫu Word của cơ quan.", metavar="TỆP")]
Headings = Annotated[Path | None, typer.Option(help="Tiêu đề cột của cơ quan (YAML).", metavar="TỆP")]
Lists = Annotated[ListFormat, typer.Option("--format", "-f", help="Định dạng danh sách; xlsx cần --output.")]
Grouping = Annotated[
    By | None, typer.Option("--by", help="Xếp nhóm theo cơ quan (agency), thời hạn (deadline) hoặc mục (section).")
]

app = typer.Typer(
    cls=ParccGroup,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help=(
        "Đọc văn bản pháp luật và hành chính, tìm văn bản được viện dẫn và cho biết chúng còn hiệu lực hay không.\n\n"
        "Mã thoát: 0 xong; 1 có nội dung cần xem xét từ mức --fail-on; 2 có tệp không xem xét được; 3 sai cách dùng."
    ),
)


app.add_typer(registry_app, name="registry")
app.add_typer(graph_app, name="graph")
app.add_typer(library_app, name="library")
app.add_typer(feeds_app, name="feeds")
app.add_typer(alerts_app, name="alerts")


@app.callback()
def _global(
    lang: Annotated[Lang, typer.Option(help="Ngôn ngữ của thông báo.", envvar="PARCC_LANG")] = Lang.vi,
) -> None:
    speak(lang.value)


@app.command()
def extract(
    files: Files,
    form: Results = Format.text,
    output: Output = None,
    jobs: Jobs = 1,
    registry: RegistryFile = None,
) -> int:
    """Đọc văn bản: thông tin văn bản, cấu trúc và mọi viện dẫn."""
    from parcc_nlp.cli.run import run
    from parcc_nlp.cli.work import Task

    task = Task("extract", form.value, lang=spoken(), terminal=terminal(), registry=str(registry) if registry else None)
    return run(task, files, output=output, jobs=jobs, fail_on=FailOn.never.value)


@app.command()
def check(
    files: Files,
    as_of: Annotated[
        str | None, typer.Option(help="signing (ngày ký, mặc định), today (hôm nay) hoặc ngày như 2023-12-22.")
    ] = None,
    form: Annotated[
        CheckFormat,
        typer.Option(
            "--format",
            "-f",
            help="docx: trả lại tệp Word kèm nhận xét; xlsx: bảng các phát hiện; sarif: cho công cụ khác.",
        ),
    ] = CheckFormat.text,
    output: Output = None,
    fail_on: Annotated[FailOn | None, typer.Option(help="Mức thấp nhất làm mã thoát bằng 1 (mặc định: error).")] = None,
    select: Annotated[list[str] | None, typer.Option(help="Chỉ chạy quy tắc này hoặc nhóm này (VB101, VB1).")] = None,
    ignore: Annotated[list[str] | None, typer.Option(help="Bỏ qua quy tắc này hoặc nhóm này.")] = None,
    together: Annotated[bool, typer.Option("--together", help="Đối chiếu các văn bản với nhau.")] = False,
    baseline: Annotated[
        Path | None, typer.Option(help="Kết quả json hoặc jsonl của lần trước: đánh dấu cái gì mới.", metavar="TỆP")
    ] = None,
    config: Annotated[
        Path | None, typer.Option(help="Tệp cấu hình, thay cho parcc.toml tìm được.", metavar="TỆP")
    ] = None,
    jobs: Jobs = 1,
    registry: RegistryFile = None,
) -> int:
    """Xem xét văn bản: viện dẫn nào còn hiệu lực tại ngày ký hoặc hôm nay, kèm bằng chứng."""
    from parcc_nlp.cli.checking import Asked, check_task, failing
    from parcc_nlp.cli.run import run

    asked = Asked(as_of, tuple(select or ()), tuple(ignore or ()), fail_on and fail_on.value, baseline, registry)
    task = check_task(asked, form=form.value, config=config)
    return run(task, files, output=output, jobs=jobs, fail_on=failing(asked, task), together=together)


@app.command()
def suppress(
    file: Annotated[str, typer.Argument(help="Văn bản.", metavar="TỆP")],
    rule: Annotated[str, typer.Argument(help="Mã quy tắc, ví dụ VB206.", metavar="MÃ")],
    because: Annotated[str, typer.Option(help="Lý do: mọi quyết định bỏ qua đều được ghi lại.")],
    line: Annotated[int | None, typer.Option(help="Chỉ phát hiện ở dòng này.")] = None,
    words: Annotated[str | None, typer.Option(help="Chỉ phát hiện ở những chữ này.")] = None,
    by: Annotated[str | None, typer.Option(help="Người quyết định.")] = None,
    as_of: Annotated[str | None, typer.Option(help="Ngày được hỏi, như của parcc check.")] = None,
    registry: RegistryFile = None,
) -> int:
    """Không nêu nữa một phát hiện đã xem xét; quyết định và lý do ghi vào tệp bên cạnh văn bản."""
    from parcc_nlp.cli.checking import Asked, check_task
    from parcc_nlp.cli.suppressing import Wanted, suppress_findings

    task = check_task(Asked(as_of, (rule,), registry=registry), form="json", config=None)
    wanted = Wanted(rule=rule.upper(), reason=because, line=line, words=words, by=by)
    return suppress_findings(task, file, wanted)


@app.command()
def dossier(
    file: Annotated[str, typer.Argument(help="Văn bản được rà soát.", metavar="TỆP")],
    output: PaperFile,
    as_of: Annotated[str, typer.Option(help="Ngày rà soát, cùng với ngày ký: today hoặc một ngày.")] = "today",
    agency: Agency = None,
    superior: Superior = None,
    place: Place = None,
    template: Template = None,
    headings: Headings = None,
    select: Annotated[list[str] | None, typer.Option(help="Chỉ chạy quy tắc này hoặc nhóm này.")] = None,
    ignore: Annotated[list[str] | None, typer.Option(help="Bỏ qua quy tắc này hoặc nhóm này.")] = None,
    registry: RegistryFile = None,
) -> int:
    """Lập phiếu rà soát một văn bản (.docx hoặc .xlsx), để cán bộ ghi ý kiến và ký."""
    from parcc_nlp.cli.checking import Asked, check_task
    from parcc_nlp.cli.forms import Paper, write_review_sheet
    from parcc_nlp.report.forms import Letterhead

    asked = Asked(as_of, tuple(select or ()), tuple(ignore or ()), registry=registry)
    paper = Paper(output, Letterhead(agency=agency, superior=superior, place=place), template, headings)
    return write_review_sheet(check_task(asked, form="text", config=None), file, paper)


@app.command()
def lists(
    output: PaperFile,
    files: Annotated[
        list[str] | None,
        typer.Argument(help="Văn bản hoặc thư mục; không nêu thì lập từ toàn bộ dữ liệu.", metavar="[TỆP...]"),
    ] = None,
    as_of: Annotated[str, typer.Option(help="Ngày xét hiệu lực: today hoặc một ngày.")] = "today",
    group: Annotated[
        list[str] | None, typer.Option(help="Chỉ danh mục này: expired, partly_expired, in_force, not_known...")
    ] = None,
    agency: Agency = None,
    superior: Superior = None,
    place: Place = None,
    template: Template = None,
    headings: Headings = None,
    jobs: Jobs = 1,
    registry: RegistryFile = None,
) -> int:
    """Lập danh mục văn bản hết hiệu lực toàn bộ, một phần, còn hiệu lực, chưa rõ (.docx hoặc .xlsx)."""
    from parcc_nlp.api import day
    from parcc_nlp.cli.checking import Asked, check_task
    from parcc_nlp.cli.forms import Paper, write_status_lists
    from parcc_nlp.report.forms import Letterhead

    task = check_task(Asked(as_of, registry=registry), form="text", config=None)
    paper = Paper(output, Letterhead(agency=agency, superior=superior, place=place), template, headings)
    return write_status_lists(task, files or [], paper, on=day(as_of), groups=group or (), jobs=jobs)


@app.command()
def targets(
    files: Files, form: Lists = ListFormat.text, by: Grouping = None, output: ListOutput = None, jobs: Jobs = 1
) -> int:
    """Liệt kê chỉ tiêu: phải đạt bao nhiêu, đến khi nào, ở mục nào."""
    from parcc_nlp.cli.listing import run_list
    from parcc_nlp.cli.work import Task

    task = Task("targets", lang=spoken(), terminal=terminal())
    return run_list(task, files, form=form.value, by=by.value if by else None, output=output, jobs=jobs)


@app.command()
def tasks(
    files: Files, form: Lists = ListFormat.text, by: Grouping = None, output: ListOutput = None, jobs: Jobs = 1
) -> int:
    """Liệt kê nhiệm vụ: cơ quan nào chủ trì, phối hợp, thực hiện; sản phẩm và thời hạn."""
    from parcc_nlp.cli.listing import run_list
    from parcc_nlp.cli.work import Task

    task = Task("tasks", lang=spoken(), terminal=terminal())
    return run_list(task, files, form=form.value, by=by.value if by else None, output=output, jobs=jobs)


@app.command()
def status(
    number: Annotated[str, typer.Argument(help="Số ký hiệu, ví dụ 107/2021/NĐ-CP.", metavar="SỐ_KÝ_HIỆU")],
    doc_type: Annotated[str | None, typer.Option("--type", help="Loại văn bản.")] = None,
    issuer: Annotated[str | None, typer.Option(help="Cơ quan ban hành.")] = None,
    issued: Annotated[str | None, typer.Option(help="Ngày ban hành, ví dụ 2021-12-06.")] = None,
    as_of: Annotated[str, typer.Option(help="today (hôm nay) hoặc ngày như 2026-11-23.")] = "today",
    form: Annotated[Answer, typer.Option("--format", "-f", help="Định dạng kết quả.")] = Answer.text,
    registry: RegistryFile = None,
    provision: Annotated[str | None, typer.Option("--provision", help="Điều khoản: “khoản 4 Điều 21”.")] = None,
    known_on: Annotated[str | None, typer.Option("--known-on", help="Theo những gì đã biết đến ngày này.")] = None,
) -> int:
    """Cho biết văn bản mang số ký hiệu này còn hiệu lực hay không, kèm bằng chứng."""
    from parcc_nlp.cli.standing import show_provisions, statuses

    asked = statuses(number, known_as=(doc_type, issuer, issued), as_of=as_of, registry=registry, known_on=known_on)
    if provision is not None:
        return show_provisions(asked, provision, form=form.value, lang=spoken())
    found = asked.found
    if form is Answer.json:
        from parcc_nlp.contract import to_json

        say(to_json(found, indent=2) + "\n")
        return Exit.DONE
    from parcc_nlp.report.text import status_text

    look = terminal()
    answers = found if isinstance(found, tuple) else (found,)
    say(status_text(answers, lang=spoken(), width=look.width, colour=look.colour))
    return Exit.DONE


@app.command()
def explain(rule: Annotated[str, typer.Argument(help="Mã quy tắc, ví dụ VB101.", metavar="MÃ")]) -> int:
    """Giải thích một quy tắc: tìm gì, vì sao, ví dụ."""
    from parcc_nlp.cli.rules import explained

    say(explained(rule, lang=spoken()) + "\n")
    return Exit.DONE


@app.command()
def rules() -> int:
    """Liệt kê các quy tắc."""
    from parcc_nlp.cli.rules import listing

    say(listing(lang=spoken()))
    return Exit.DONE


@app.command()
def schema(
    name: Annotated[
        Schema, typer.Argument(help="Loại dữ liệu.", metavar="[extraction|review|status]")
    ] = Schema.extraction,
) -> int:
    """In JSON Schema của kết quả."""
    import json

    from parcc_nlp.contract import json_schema

    say(json.dumps(json_schema(name.value), ensure_ascii=False, indent=2) + "\n")
    return Exit.DONE


@app.command()
def demo() -> int:
    """Xem xét các văn bản mẫu đi kèm, tại ngày ký và tại hôm nay."""
    from parcc_nlp.api import day
    from parcc_nlp.cli.batch import examine_all
    from parcc_nlp.cli.delivery import announce, deliver
    from parcc_nlp.cli.samples import samples
    from parcc_nlp.cli.work import Task

    documents = samples()
    failed = False
    for key, as_of in (("demo_signing", "signing"), ("demo_today", day("today"))):
        announce(key)
        task = Task("check", as_of=as_of, lang=spoken(), terminal=terminal(), registry="shipped")
        failed |= bool(deliver(task, documents, examine_all(task, documents), None, pages=False).failures)
        say("\n")
    return Exit.NOT_EXAMINED if failed else Exit.DONE


@app.command()
def version() -> int:
    """In phiên bản của phần mềm và của dữ liệu văn bản."""
    from parcc_nlp import __version__
    from parcc_nlp.registry import Registry

    say(f"parcc_nlp {__version__}\nregistry {Registry.shipped().version}\n")
    return Exit.DONE


# Behind the commands on single documents, so that the help shows these first.
add_import_commands(app)
app.command()(refresh)
app.command()(batch)
