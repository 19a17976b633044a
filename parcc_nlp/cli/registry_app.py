"""The commands of ``parcc registry``: what each takes; what each does is loaded when it runs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from parcc_nlp.cli.exits import Exit
from parcc_nlp.cli.streams import spoken

__all__ = ["RegistryFile", "registry_app"]


class Answer(StrEnum):
    """How results are written."""

    text = "text"
    json = "json"


class Standing(StrEnum):
    """What an officer says of a whole instrument."""

    in_force = "in_force"
    expired = "expired"
    partly_expired = "partly_expired"
    suspended = "suspended"
    not_known = "not_known"


RegistryFile = Annotated[
    Path | None,
    typer.Option(
        "--registry",
        envvar="PARCC_REGISTRY",
        help="Tệp dữ liệu văn bản của cơ quan; mặc định là tệp riêng của người dùng.",
        metavar="TỆP",
    ),
]
Results = Annotated[Answer, typer.Option("--format", "-f", help="Định dạng kết quả.")]
Because = Annotated[str, typer.Option("--because", help="Lý do (bắt buộc).")]
By = Annotated[str | None, typer.Option("--by", help="Người sửa; mặc định là tên đăng nhập.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Chạy thử, không ghi gì.")]
Number = Annotated[str, typer.Argument(help="Số ký hiệu, ví dụ 107/2021/NĐ-CP.", metavar="SỐ_KÝ_HIỆU")]
Type = Annotated[str | None, typer.Option("--type", help="Loại văn bản.")]
Issuer = Annotated[str | None, typer.Option("--issuer", help="Cơ quan ban hành.")]
Issued = Annotated[str | None, typer.Option("--issued", help="Ngày ban hành, ví dụ 2021-12-06.")]

registry_app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    help=(
        "Dữ liệu văn bản của cơ quan: nhập bảng, học từ toàn văn, đính chính, xem, so sánh, kiểm tra.\n\n"
        "Mã thoát: 0 xong; 1 verify thấy dòng vô lý; 2 có tệp hoặc dòng không nhận được; 3 sai cách dùng."
    ),
)


@registry_app.command("import")
def import_(
    files: Annotated[list[str], typer.Argument(help="Bảng CSV, XLSX, JSON.", metavar="TỆP...")],
    *,
    registry: RegistryFile = None,
    stated_on: Annotated[
        str | None, typer.Option("--stated-on", help="Ngày lập bảng: “còn hiệu lực” được hiểu là tại ngày này.")
    ] = None,
    issuer: Annotated[
        str | None, typer.Option("--issuer", help="Cơ quan ban hành của các văn bản địa phương trong bảng.")
    ] = None,
    dry_run: DryRun = False,
    form: Results = Answer.text,
) -> int:
    """Nhập bảng của cơ quan hoặc dữ liệu JSON của Cơ sở dữ liệu quốc gia về pháp luật."""
    from parcc_nlp.api import day
    from parcc_nlp.cli.registry_files import import_files

    return import_files(
        files,
        registry=registry,
        stated=day(stated_on) if stated_on else None,
        issuer=issuer,
        dry_run=dry_run,
        form=form.value,
        lang=spoken(),
    )


@registry_app.command()
def learn(
    files: Annotated[list[str], typer.Argument(help="Toàn văn hoặc thư mục.", metavar="TỆP...")],
    *,
    registry: RegistryFile = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Số tiến trình chạy song song.")] = 1,
    dry_run: DryRun = False,
    form: Results = Answer.text,
) -> int:
    """Học từ toàn văn: văn bản này thay thế, bãi bỏ, sửa đổi văn bản nào, theo điều khoản nào, từ ngày nào."""
    from parcc_nlp.cli.registry_files import learn_files

    return learn_files(files, registry=registry, jobs=jobs, dry_run=dry_run, form=form.value, lang=spoken())


@registry_app.command("set")
def set_(
    number: Number,
    because: Because,
    registry: RegistryFile = None,
    doc_type: Type = None,
    issuer: Issuer = None,
    issued: Issued = None,
    effective: Annotated[str | None, typer.Option("--effective", help="Ngày có hiệu lực.")] = None,
    expires: Annotated[str | None, typer.Option("--expires", help="Ngày hết hiệu lực.")] = None,
    title: Annotated[str | None, typer.Option("--title", help="Tên, trích yếu.")] = None,
    issued_on: Annotated[str | None, typer.Option("--issued-on", help="Ngày ban hành đúng.")] = None,
    status: Annotated[Standing | None, typer.Option("--status", help="Tình trạng hiệu lực.")] = None,
    since: Annotated[str | None, typer.Option("--since", help="Từ ngày nào.")] = None,
    replaced_by: Annotated[str | None, typer.Option("--replaced-by", help="Bị thay thế bởi số này.")] = None,
    repealed_by: Annotated[str | None, typer.Option("--repealed-by", help="Bị bãi bỏ bởi số này.")] = None,
    amended_by: Annotated[str | None, typer.Option("--amended-by", help="Được sửa đổi bởi số này.")] = None,
    parts: Annotated[str | None, typer.Option("--parts", help="Phần bị tác động: “khoản 2 Điều 5”.")] = None,
    by: By = None,
) -> int:
    """Đính chính một văn bản: lời của cán bộ được tin hơn mọi nguồn, kèm lý do và được ghi lại."""
    from parcc_nlp.cli.registry_words import Word, set_word

    word = Word(
        fields={"effective": effective, "expires": expires, "title": title, "issued": issued_on},
        status=status.value if status else None,
        since=since,
        relations={"replaces": replaced_by, "repeals": repealed_by, "amends": amended_by},
        parts=parts,
    )
    return set_word(
        number, word, because=because, by=by, registry=registry, known_as=(doc_type, issuer, issued), lang=spoken()
    )


@registry_app.command()
def audit(registry: RegistryFile = None, form: Results = Answer.text) -> int:
    """Liệt kê mọi đính chính của cán bộ, cả những đính chính đã rút."""
    from parcc_nlp.cli.registry_words import list_words

    return list_words(registry=registry, form=form.value, lang=spoken())


@registry_app.command()
def withdraw(
    correction: Annotated[str, typer.Argument(help="Mã của đính chính hoặc quan hệ.", metavar="MÃ")],
    because: Because,
    registry: RegistryFile = None,
    by: By = None,
) -> int:
    """Rút lại một đính chính hoặc một quan hệ đã học; dòng cũ vẫn được giữ."""
    from parcc_nlp.cli.registry_words import withdraw_word

    return withdraw_word(correction, because=because, by=by, registry=registry, lang=spoken())


@registry_app.command()
def show(
    number: Number,
    registry: RegistryFile = None,
    doc_type: Type = None,
    issuer: Issuer = None,
    issued: Issued = None,
    as_of: Annotated[str, typer.Option(help="today (hôm nay) hoặc ngày như 2026-11-23.")] = "today",
    known_on: Annotated[str | None, typer.Option("--known-on", help="Theo những gì đã biết đến ngày này.")] = None,
    form: Results = Answer.text,
) -> int:
    """Xem tất cả những gì đã biết về một văn bản: lịch sử, quá trình thay thế, nguồn, chỗ không khớp."""
    from parcc_nlp.api import day
    from parcc_nlp.cli.registry_views import show_instrument

    return show_instrument(
        number,
        registry=registry,
        known_as=(doc_type, issuer, issued),
        as_of=day(as_of),
        known_on=day(known_on) if known_on else None,
        form=form.value,
        lang=spoken(),
    )


@registry_app.command()
def stats(registry: RegistryFile = None, form: Results = Answer.text) -> int:
    """Đếm: theo loại, độ tin cậy, nguồn; bao nhiêu văn bản có ngày hiệu lực, có bằng chứng mới."""
    from parcc_nlp.cli.registry_views import show_figures

    return show_figures(registry=registry, form=form.value, lang=spoken())


@registry_app.command()
def diff(
    before: Annotated[str, typer.Argument(help="Tệp, thư mục dữ liệu hoặc chữ shipped.", metavar="TRƯỚC")],
    after: Annotated[str, typer.Argument(help="Tệp, thư mục dữ liệu hoặc chữ shipped.", metavar="SAU")],
    as_of: Annotated[str, typer.Option(help="Ngày so sánh câu trả lời: today hoặc ngày như 2026-11-23.")] = "today",
    form: Results = Answer.text,
) -> int:
    """So sánh hai bộ dữ liệu: văn bản, quan hệ thêm, bớt, thay đổi, và câu trả lời thay đổi."""
    from parcc_nlp.api import day
    from parcc_nlp.cli.registry_views import show_differences

    return show_differences(before, after, as_of=day(as_of), form=form.value, lang=spoken())


@registry_app.command()
def export(
    target: Annotated[Path, typer.Argument(help="Tệp .sqlite, .xlsx, .json hoặc thư mục CSV.", metavar="NƠI_GHI")],
    registry: RegistryFile = None,
) -> int:
    """Ghi toàn bộ dữ liệu, cả phần đi kèm phần mềm và phần của cơ quan, thành một tệp."""
    from parcc_nlp.cli.registry_views import export_registry

    return export_registry(target, registry=registry, lang=spoken())


@registry_app.command()
def verify(
    file: Annotated[Path | None, typer.Argument(help="Tệp hoặc thư mục dữ liệu.", metavar="[TỆP]")] = None,
    *,
    registry: RegistryFile = None,
    everything: Annotated[bool, typer.Option("--all", help="Nêu cả các ngoại lệ đã biết, kèm lý do.")] = False,
    form: Results = Answer.text,
) -> int:
    """Tìm dòng vô lý: hết hiệu lực trước khi có, thay thế vòng tròn, ký hiệu không khớp cơ quan, khóa, năm..."""
    from parcc_nlp.cli.registry_views import verify_registry

    return Exit(verify_registry(file or registry, everything=everything, form=form.value, lang=spoken()))
