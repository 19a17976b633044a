"""The commands ``parcc import``, ``watch`` and ``inbox``: what each takes; what each does is loaded when it runs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from parcc_nlp.cli.library_option import LibraryOption  # noqa: TC001  - as above
from parcc_nlp.cli.streams import spoken

__all__ = ["add_import_commands", "inbox_app"]


class Answer(StrEnum):
    """How results are written."""

    text = "text"
    json = "json"


class State(StrEnum):
    """States of an import task."""

    pending = "pending"
    started = "started"
    done = "done"
    duplicate = "duplicate"
    failed = "failed"
    quarantined = "quarantined"


Results = Annotated[Answer, typer.Option("--format", "-f", help="Định dạng kết quả.")]
Jobs = Annotated[int | None, typer.Option("--jobs", "-j", min=1, help="Số tiến trình; mặc định: số nhân của máy.")]
Timeout = Annotated[float, typer.Option(min=1, help="Số giây nhiều nhất cho một văn bản.", metavar="GIÂY")]
Recursive = Annotated[bool, typer.Option("--recursive/--no-recursive", help="Xem cả các thư mục con.")]
MoveTo = Annotated[
    Path | None, typer.Option(help="Chuyển tệp đã vào kho sang thư mục này (mặc định: để nguyên).", metavar="THƯ_MỤC")
]
QuarantineTo = Annotated[
    Path | None, typer.Option(help="Chuyển tệp không nhập được sang thư mục này.", metavar="THƯ_MỤC")
]
Numbers = Annotated[list[int] | None, typer.Argument(help="Số việc (xem parcc inbox list).", metavar="[SỐ...]")]
Everything = Annotated[bool, typer.Option("--all", help="Mọi việc đang cách ly và chờ thử lại.")]
States = Annotated[
    list[State] | None, typer.Option("--state", "-s", help="Chỉ những việc ở trạng thái này; được lặp lại.")
]
Seen = Annotated[bool, typer.Option("--seen", help="Cả những việc đã ghi nhận.")]
Most = Annotated[int, typer.Option("--most", "-n", min=0, help="Nhiều nhất bao nhiêu việc; 0 là tất cả.")]

inbox_app = typer.Typer(
    add_completion=False,
    invoke_without_command=True,
    rich_markup_mode=None,
    help=(
        "Việc nhập văn bản: tệp nào đã vào kho, tệp nào trùng, tệp nào cách ly và vì sao.\n\n"
        "Mã thoát: 0 xong; 2 kho có lỗi; 3 sai cách dùng."
    ),
)


def import_files(
    paths: Annotated[list[str], typer.Argument(help="Tệp hoặc thư mục.", metavar="TỆP...")],
    library: LibraryOption = None,
    jobs: Jobs = None,
    settle: Annotated[
        float, typer.Option(min=0, help="Số giây tệp phải đứng yên mới được nhận.", metavar="GIÂY")
    ] = 0.0,
    timeout: Timeout = 300.0,
    recursive: Recursive = True,
    move_to: MoveTo = None,
    quarantine_to: QuarantineTo = None,
    form: Results = Answer.text,
) -> int:
    """Nhập tệp, thư mục vào kho ngay và chờ đến khi xong (mã thoát 2 nếu có tệp không nhập được)."""
    from parcc_nlp.cli.import_views import import_now
    from parcc_nlp.library.importing.settings import ImportSettings

    settings = ImportSettings(
        jobs=jobs,
        settle=settle,
        empty=0.0,  # whoever names a file wants to be told now that it is empty
        timeout=timeout,
        recursive=recursive,
        move_to=move_to,
        quarantine_to=quarantine_to,
    )
    return import_now(paths, settings, library=library, form=form.value, lang=spoken())


def watch(
    folders: Annotated[list[str], typer.Argument(help="Thư mục nhận văn bản.", metavar="THƯ_MỤC...")],
    library: LibraryOption = None,
    poll: Annotated[
        float,
        typer.Option(min=0.1, help="Số giây giữa hai lần xem thư mục (ổ mạng không báo tệp mới).", metavar="GIÂY"),
    ] = 60.0,
    once: Annotated[bool, typer.Option("--once", help="Nhận những gì đang có rồi kết thúc (dùng với cron).")] = False,
    settle: Annotated[
        float, typer.Option(min=0, help="Số giây tệp phải đứng yên mới được nhận.", metavar="GIÂY")
    ] = 2.0,
    patience: Annotated[
        float,
        typer.Option(
            min=1, help="Số phút thì tệp rỗng, tệp tạm hoặc còn thay đổi được đưa vào cách ly.", metavar="PHÚT"
        ),
    ] = 60.0,
    jobs: Jobs = None,
    timeout: Timeout = 300.0,
    recursive: Recursive = True,
    move_to: MoveTo = None,
    quarantine_to: QuarantineTo = None,
    form: Results = Answer.text,
) -> int:
    """Theo dõi thư mục: văn bản mới được đọc, kiểm tra và nhập vào kho, đến khi có lệnh dừng."""
    from parcc_nlp.cli.import_views import watch_folders
    from parcc_nlp.library.importing.settings import ImportSettings

    settings = ImportSettings(
        jobs=jobs,
        settle=settle,
        patience=patience * 60,
        poll=poll,
        timeout=timeout,
        recursive=recursive,
        move_to=move_to,
        quarantine_to=quarantine_to,
    )
    return watch_folders(folders, settings, library=library, once=once, form=form.value, lang=spoken())


@inbox_app.callback()
def _inbox(
    context: typer.Context,
    library: LibraryOption = None,
    states: States = None,
    seen: Seen = False,
    most: Most = 50,
    form: Results = Answer.text,
) -> int | None:
    context.obj = library
    if context.invoked_subcommand is not None:
        return None
    from parcc_nlp.cli.import_views import list_tasks

    wanted = [state.value for state in states or ()]
    return list_tasks(library, states=wanted, seen=seen, most=most, form=form.value, lang=spoken())


@inbox_app.command("list")
def list_(
    context: typer.Context,
    library: LibraryOption = None,
    states: States = None,
    seen: Seen = False,
    most: Most = 50,
    form: Results = Answer.text,
) -> int:
    """Liệt kê các việc chưa ghi nhận, việc mới trước."""
    from parcc_nlp.cli.import_views import list_tasks

    wanted = [state.value for state in states or ()]
    return list_tasks(library or context.obj, states=wanted, seen=seen, most=most, form=form.value, lang=spoken())


@inbox_app.command()
def ack(
    context: typer.Context,
    numbers: Numbers = None,
    everything: Annotated[bool, typer.Option("--all", help="Mọi việc đã kết thúc.")] = False,
    by: Annotated[str | None, typer.Option(help="Người ghi nhận.")] = None,
    library: LibraryOption = None,
) -> int:
    """Ghi nhận đã xem kết quả của những việc này."""
    from parcc_nlp.cli.import_views import acknowledge_tasks

    return acknowledge_tasks(library or context.obj, numbers or [], everything=everything, by=by, lang=spoken())


@inbox_app.command()
def retry(
    context: typer.Context, numbers: Numbers = None, everything: Everything = False, library: LibraryOption = None
) -> int:
    """Cho những tệp cách ly hoặc chờ thử lại được nhập lại ở lần tới."""
    from parcc_nlp.cli.import_views import retry_tasks

    return retry_tasks(library or context.obj, numbers or [], everything=everything, lang=spoken())


def add_import_commands(app: typer.Typer) -> None:
    """Give an application the commands of this module."""
    app.command("import")(import_files)
    app.command("watch")(watch)
    app.add_typer(inbox_app, name="inbox")
