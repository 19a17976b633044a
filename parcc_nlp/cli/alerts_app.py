"""The commands ``parcc alerts`` and ``parcc refresh``: what each takes; what each does is loaded when it runs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path  # noqa: TC003  - Typer reads the annotations when the command runs
from typing import Annotated

import typer

from parcc_nlp.cli.library_option import LibraryOption  # noqa: TC001  - as above

__all__ = ["alerts_app", "refresh"]


class Answer(StrEnum):
    """How results are written."""

    text = "text"
    json = "json"


Results = Annotated[Answer, typer.Option("--format", "-f", help="Định dạng kết quả.")]

alerts_app = typer.Typer(
    add_completion=False,
    invoke_without_command=True,
    rich_markup_mode=None,
    help=(
        "Cảnh báo: văn bản nào trong kho cần xem lại, vì văn bản mới nào, theo điều khoản nào.\n\n"
        "Kho được chỉ bằng --library hoặc biến môi trường PARCC_LIBRARY.\n\n"
        "Mã thoát: 0 xong; 2 có cảnh báo chưa gửi được hoặc kho có lỗi; 3 sai cách dùng."
    ),
)


@alerts_app.callback()
def _alerts(context: typer.Context, library: LibraryOption = None, form: Results = Answer.text) -> int | None:
    if context.invoked_subcommand is not None:
        return None
    from parcc_nlp.cli.alerts_views import show_alerts

    return show_alerts(library, everything=False, since=None, document=None, most=50, form=form.value)


@alerts_app.command("list")
def list_(
    library: LibraryOption = None,
    everything: Annotated[bool, typer.Option("--all", help="Kể cả cảnh báo đã có người xem.")] = False,
    since: Annotated[str | None, typer.Option(help="Chỉ cảnh báo từ ngày này, ví dụ 2026-11-23.")] = None,
    document: Annotated[
        str | None, typer.Option(help="Chỉ của văn bản này: số trong kho, số ký hiệu.", metavar="VĂN_BẢN")
    ] = None,
    most: Annotated[int, typer.Option("--most", "-n", min=1, help="Nhiều nhất bao nhiêu dòng.")] = 50,
    form: Results = Answer.text,
) -> int:
    """Liệt kê cảnh báo, mới nhất trước: điều gì xảy ra, với văn bản nào, việc cần làm."""
    from parcc_nlp.cli.alerts_views import show_alerts

    return show_alerts(library, everything=everything, since=since, document=document, most=most, form=form.value)


@alerts_app.command()
def ack(
    numbers: Annotated[list[int], typer.Argument(help="Số của các cảnh báo.", metavar="SỐ...")],
    library: LibraryOption = None,
    by: Annotated[str | None, typer.Option(help="Người đã xem.")] = None,
) -> int:
    """Ghi nhận đã xem cảnh báo; cảnh báo đã xem không được gửi nữa."""
    from parcc_nlp.cli.alerts_views import acknowledge_alerts

    return acknowledge_alerts(library, numbers, by=by)


@alerts_app.command()
def send(
    settings: Annotated[
        Path,
        typer.Option(
            "--settings", help="Cấu hình gửi (docs/examples/notify.yaml).", metavar="TỆP", envvar="PARCC_NOTIFY"
        ),
    ],
    library: LibraryOption = None,
    form: Results = Answer.text,
) -> int:
    """Gửi các cảnh báo chưa gửi qua thư điện tử và webhook, mỗi cảnh báo một lần."""
    from parcc_nlp.cli.alerts_views import send_alerts

    return send_alerts(library, settings, form=form.value)


def refresh(
    library: LibraryOption = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Số tiến trình chạy song song.")] = 1,
    form: Results = Answer.text,
) -> int:
    """Rà soát lại mọi văn bản trong kho theo ngày hôm nay (chạy hằng đêm); dừng lúc nào cũng chạy tiếp được.

    Mã thoát: 0 xong; 2 có văn bản không rà soát được; 3 sai cách dùng.
    """
    from parcc_nlp.cli.alerts_views import refresh_library

    return refresh_library(library, jobs=jobs, form=form.value)
