"""The commands of ``parcc library``: what each takes; what each does is loaded when it runs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path  # noqa: TC003  - Typer reads the annotations when the command runs
from typing import Annotated

import typer

from parcc_nlp.cli.library_option import LibraryOption  # noqa: TC001  - as above

__all__ = ["library_app"]


class Answer(StrEnum):
    """How results are written."""

    text = "text"
    json = "json"


class Decision(StrEnum):
    """What an officer decides about a finding."""

    open = "open"
    acknowledged = "acknowledged"
    set_aside = "set_aside"


Results = Annotated[Answer, typer.Option("--format", "-f", help="Định dạng kết quả.")]
Reference = Annotated[
    str, typer.Argument(help="Số trong kho, số ký hiệu hoặc định danh của văn bản.", metavar="VĂN_BẢN")
]
Most = Annotated[int, typer.Option("--most", "-n", min=1, help="Nhiều nhất bao nhiêu dòng.")]

library_app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    help=(
        "Kho văn bản của cơ quan: lưu, tìm, xem lại văn bản cùng các phát hiện của chúng.\n\n"
        "Kho được chỉ bằng --library hoặc biến môi trường PARCC_LIBRARY.\n\n"
        "Mã thoát: 0 xong; 2 có tệp không đọc được hoặc kho có lỗi; 3 sai cách dùng."
    ),
)


@library_app.command()
def init(
    where: Annotated[
        str, typer.Argument(help="Tệp SQLite mới, hoặc địa chỉ postgresql://…", metavar="KHO", envvar="PARCC_LIBRARY")
    ],
    files: Annotated[
        Path | None, typer.Option(help="Thư mục giữ bản gốc (cần khi dùng PostgreSQL).", metavar="THƯ_MỤC")
    ] = None,
) -> int:
    """Tạo một kho văn bản mới."""
    from parcc_nlp.cli.library_views import make

    return make(where, files=files)


@library_app.command()
def add(
    files: Annotated[list[str], typer.Argument(help="Văn bản hoặc thư mục.", metavar="TỆP...")],
    library: LibraryOption = None,
) -> int:
    """Thêm ngay vài văn bản vào kho (nhiều văn bản: parcc import)."""
    from parcc_nlp.cli.library_views import add_files

    return add_files(files, library=library)


@library_app.command("list")
def list_(
    library: LibraryOption = None,
    doc_type: Annotated[str | None, typer.Option("--type", help="Loại văn bản.", metavar="LOẠI")] = None,
    year: Annotated[int | None, typer.Option(help="Năm ban hành.", metavar="NĂM")] = None,
    most: Most = 50,
    form: Results = Answer.text,
) -> int:
    """Liệt kê văn bản trong kho, mới nhập trước."""
    from parcc_nlp.cli.library_views import show_list

    return show_list(library, doc_type=doc_type, year=year, most=most, form=form.value)


@library_app.command()
def search(
    query: Annotated[list[str], typer.Argument(help='Từ cần tìm; "trong ngoặc kép" là cả cụm.', metavar="TỪ...")],
    library: LibraryOption = None,
    most: Most = 20,
    form: Results = Answer.text,
) -> int:
    """Tìm trong toàn văn, không phân biệt dấu và chữ hoa."""
    from parcc_nlp.cli.library_views import show_search

    return show_search(library, " ".join(query), most=most, form=form.value)


@library_app.command()
def show(reference: Reference, library: LibraryOption = None, form: Results = Answer.text) -> int:
    """Xem một văn bản: thông tin, phiên bản, tệp gốc, phát hiện."""
    from parcc_nlp.cli.library_views import show_document

    return show_document(library, reference, form=form.value)


@library_app.command()
def decide(
    finding: Annotated[int, typer.Argument(help="Số của phát hiện (xem bằng library show).", metavar="SỐ")],
    state: Annotated[Decision, typer.Argument(help="open, acknowledged (đã xem) hoặc set_aside (bỏ qua).")],
    because: Annotated[str, typer.Option("--because", help="Lý do.", metavar="LÝ_DO")],
    by: Annotated[str, typer.Option("--by", help="Người quyết định.", metavar="TÊN")],
    library: LibraryOption = None,
) -> int:
    """Ghi quyết định của cán bộ về một phát hiện; lịch sử được giữ."""
    from parcc_nlp.cli.library_views import decide_finding

    return decide_finding(library, finding, state=state.value, because=because, by=by)


@library_app.command()
def impact(
    instrument: Annotated[str, typer.Argument(help="Số ký hiệu hoặc định danh.", metavar="VĂN_BẢN")],
    library: LibraryOption = None,
    as_of: Annotated[str, typer.Option("--as-of", help="today (hôm nay) hoặc một ngày.")] = "today",
    form: Results = Answer.text,
) -> int:
    """Cho biết văn bản nào trong kho phải rà soát nếu văn bản này bị thay thế hoặc bãi bỏ."""
    from parcc_nlp.cli.library_views import show_library_impact

    return show_library_impact(library, instrument, as_of=as_of, form=form.value)


@library_app.command()
def export(
    folder: Annotated[Path, typer.Argument(help="Thư mục trống để ghi.", metavar="THƯ_MỤC")],
    library: LibraryOption = None,
) -> int:
    """Xuất toàn bộ kho: nội dung trích (JSON), phát hiện, quan hệ và bản gốc."""
    from parcc_nlp.cli.library_keeping import export_library

    return export_library(library, folder)


@library_app.command()
def backup(
    folder: Annotated[Path, typer.Argument(help="Thư mục sao lưu.", metavar="THƯ_MỤC")], library: LibraryOption = None
) -> int:
    """Sao lưu kho trong khi vẫn đang dùng; lần sau chỉ chép phần mới."""
    from parcc_nlp.cli.library_keeping import back_up

    return back_up(library, folder)


@library_app.command()
def restore(
    folder: Annotated[Path, typer.Argument(help="Thư mục sao lưu.", metavar="THƯ_MỤC")],
    where: Annotated[str, typer.Argument(help="Kho mới: tệp SQLite.", metavar="KHO")],
) -> int:
    """Phục hồi kho từ bản sao lưu vào một nơi mới."""
    from parcc_nlp.cli.library_keeping import bring_back

    return bring_back(folder, where)


@library_app.command()
def verify(
    library: LibraryOption = None,
    repair: Annotated[bool, typer.Option("--repair", help="Dựng lại phần suy ra được từ bản gốc.")] = False,
    form: Results = Answer.text,
) -> int:
    """Kiểm tra kho: cơ sở dữ liệu, mã băm của bản gốc, nội dung đã trích, chỉ mục."""
    from parcc_nlp.cli.library_keeping import verify_library

    return verify_library(library, repair=repair, form=form.value)
