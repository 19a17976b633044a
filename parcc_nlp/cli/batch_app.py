"""The command ``parcc batch``: what it takes; what it does is loaded when it runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from parcc_nlp.cli.registry_app import RegistryFile  # noqa: TC001  - Typer reads the annotations when the command runs

__all__ = ["batch"]

Files = Annotated[
    list[str] | None,
    typer.Argument(help="Tệp hoặc thư mục, kể cả thư mục con.", metavar="[TỆP...]", show_default=False),
]
Listed = Annotated[
    str | None,
    typer.Option("--list", help="Tệp ghi mỗi dòng một đường dẫn; dấu - là đầu vào chuẩn.", metavar="TỆP"),
]
Output = Annotated[
    Path,
    typer.Option("--output", "-o", help="Thư mục kết quả: mới, rỗng, hoặc của chính lượt chạy này.", metavar="THƯ_MỤC"),
]


def batch(
    output: Output,
    files: Files = None,
    listed: Listed = None,
    engine: Annotated[
        str, typer.Option(help="local: các tiến trình của máy này; dask: một cụm Dask đang chạy.", metavar="CÁCH")
    ] = "local",
    scheduler: Annotated[
        str | None, typer.Option(help="Địa chỉ của cụm Dask, ví dụ tcp://10.0.0.5:8786.", metavar="ĐỊA_CHỈ")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", min=1, help="Số tiến trình; mặc định theo số bộ xử lý hoặc theo cụm.")
    ] = None,
    today: Annotated[
        str | None,
        typer.Option(
            help="Ngày xem xét, ví dụ 2026-11-23; mặc định là ngày của lượt chạy dở, hoặc hôm nay.", metavar="NGÀY"
        ),
    ] = None,
    chunk: Annotated[
        int | None, typer.Option(min=1, help="Số văn bản trong một tệp kết quả (mặc định: 200).", show_default=False)
    ] = None,
    fresh: Annotated[
        bool, typer.Option("--fresh/--resume", help="Xóa kết quả cũ và làm lại từ đầu, hoặc làm tiếp phần còn lại.")
    ] = False,
    registry: RegistryFile = None,
) -> int:
    """Xử lý hàng loạt, đến hàng triệu văn bản: mọi bảng ghi ra Parquet; dừng lúc nào cũng chạy tiếp được.

    Mỗi văn bản được đọc, trích và xem xét tại một ngày. Thư mục kết quả có các bảng documents, citations, targets,
    responsibilities, effects, findings và errors (tệp không xử lý được, kèm mã lỗi). Chạy lại cùng lệnh để làm tiếp.

    Mã thoát: 0 xong; 2 có tệp không xử lý được; 3 sai cách dùng.
    """
    from parcc_nlp.cli.batch_run import run_and_tell

    return run_and_tell(
        files or [],
        output=output,
        listed=listed,
        engine=engine,
        scheduler=scheduler,
        jobs=jobs,
        registry=registry,
        today=today,
        chunk=chunk,
        fresh=fresh,
    )
