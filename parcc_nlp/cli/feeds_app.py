"""The commands of ``parcc feeds``: what each takes; what each does is loaded when it runs."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from parcc_nlp.cli.exits import Exit
from parcc_nlp.cli.streams import say, spoken

__all__ = ["feeds_app"]

_DEFAULT = Path("feeds.yaml")


class Kind(StrEnum):
    """What a feed is."""

    rss = "rss"
    listing = "listing"


Config = Annotated[
    Path | None,
    typer.Argument(help="Tệp cấu hình nguồn; mặc định là feeds.yaml ở thư mục hiện tại.", metavar="CONFIG"),
]
LibraryPlace = Annotated[
    str, typer.Option("--library", envvar="PARCC_LIBRARY", help="Kho văn bản của cơ quan.", metavar="TỆP")
]
LibraryIfAny = Annotated[
    str | None, typer.Option("--library", envvar="PARCC_LIBRARY", help="Kho để xem đã tải những gì.", metavar="TỆP")
]
Name = Annotated[str, typer.Option("--name", help="Tên ngắn của nguồn, ví dụ cong-bao.")]
Url = Annotated[str, typer.Option("--url", help="Địa chỉ RSS, Atom hoặc trang danh sách.")]
Selector = Annotated[str | None, typer.Option(help="Bộ chọn CSS (chỉ dùng cho trang danh sách).")]

feeds_app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    help=(
        "Lấy văn bản mới từ RSS, Atom và các trang danh sách văn bản. Không tải gì khi chưa cấu hình nguồn.\n\n"
        "Mã thoát: 0 xong; 2 có nguồn hoặc văn bản không tải được; 3 sai cách dùng."
    ),
)


@feeds_app.command()
def add(
    name: Name,
    url: Url,
    config: Config = None,
    *,
    kind: Annotated[Kind, typer.Option("--kind", help="rss (cả Atom) hoặc listing (trang danh sách).")] = Kind.rss,
    row: Selector = None,
    link: Selector = None,
    number: Selector = None,
    date: Selector = None,
    title: Selector = None,
    next_page: Annotated[str | None, typer.Option("--next", help="Bộ chọn CSS của nút sang trang.")] = None,
    template: Annotated[str | None, typer.Option("--template", help="Địa chỉ các trang, có {page}.")] = None,
    attachment: Annotated[
        str | None, typer.Option("--attachment", help="Bộ chọn CSS của tệp đính kèm ở trang chi tiết.")
    ] = None,
) -> int:
    """Thêm một nguồn vào tệp cấu hình; tệp được tạo nếu chưa có."""
    from parcc_nlp.library.feeds.editing import add_feed
    from parcc_nlp.library.feeds.telling import feed_words

    path = config or _DEFAULT
    paging = _given(next=next_page, template=template)
    keys = _given(name=name, kind=kind.value, url=url, row=row, link=link, number=number, date=date, title=title)
    add_feed(path, {**keys, **_given(paging=paging or None, detail=_given(attachment=attachment) or None)})
    say(feed_words("added", spoken(), name=name, path=path) + "\n")
    return Exit.DONE


@feeds_app.command("list")
def list_(config: Config = None, *, library: LibraryIfAny = None) -> int:
    """Liệt kê các nguồn; có --library thì kèm số văn bản đã tải, đang chờ, lỗi."""
    from parcc_nlp.library.feeds.telling import listed_lines

    states: dict[str, dict[str, int]] = {}
    feeds = _feeds(config).feeds
    if library is not None:
        from parcc_nlp.library import open_library
        from parcc_nlp.library.feeds.state import states_of

        with open_library(library, create=False) as opened:
            states = states_of(opened.engine)
    _tell(listed_lines(feeds, states, spoken()))
    return Exit.DONE


@feeds_app.command()
def remove(name: Annotated[str, typer.Argument(metavar="TÊN")], config: Config = None) -> int:
    """Xóa một nguồn khỏi tệp cấu hình."""
    from parcc_nlp.library.feeds.editing import remove_feed
    from parcc_nlp.library.feeds.telling import feed_words

    path = config or _DEFAULT
    remove_feed(path, name)
    say(feed_words("removed", spoken(), name=name, path=path) + "\n")
    return Exit.DONE


@feeds_app.command()
def run(
    library: LibraryPlace,
    config: Config = None,
    *,
    again: Annotated[bool, typer.Option("--again", help="Thử lại cả những văn bản đã thôi không tải.")] = False,
) -> int:
    """Tải văn bản mới của mọi nguồn vào kho; dừng lúc nào cũng được, lần sau làm tiếp."""
    from parcc_nlp.library.feeds.report import FeedReport
    from parcc_nlp.library.feeds.telling import report_lines

    settings = _feeds(config)
    if not settings.feeds:
        _tell(report_lines(FeedReport(), spoken()))
        return Exit.DONE
    from parcc_nlp.library import open_library
    from parcc_nlp.library.feeds.running import fetch_feeds

    with open_library(library) as opened:

        def deliver(name: str, data: bytes, *, origin: str) -> None:
            opened.submit(data, name=name, origin=origin)

        report = fetch_feeds(opened.engine, settings.feeds, deliver=deliver, contact=settings.contact, again=again)
    _tell(report_lines(report, spoken()))
    return Exit.DONE if report.in_order else Exit.NOT_EXAMINED


@feeds_app.command()
def check(config: Config = None) -> int:
    """Chạy thử: kiểm tra tệp cấu hình, đọc trang đầu của từng nguồn và cho biết sẽ tải gì; không ghi gì."""
    from parcc_nlp.library.feeds.telling import preview_lines

    settings = _feeds(config)
    if not settings.feeds:
        _tell(preview_lines((), spoken()))
        return Exit.DONE
    from parcc_nlp.library.feeds.preview import preview_feeds

    previews = preview_feeds(settings.feeds, contact=settings.contact)
    _tell(preview_lines(previews, spoken()))
    return Exit.NOT_EXAMINED if any(one.trouble for one in previews) else Exit.DONE


def _feeds(config: Path | None) -> Any:
    """Read the file of feeds; where none is named and none is there, there are no feeds."""
    from parcc_nlp.library.feeds.reading import read_feeds
    from parcc_nlp.library.feeds.settings import FeedsFile

    if config is None and not _DEFAULT.exists():
        return FeedsFile()
    return read_feeds(config or _DEFAULT)


def _given(**keys: Any) -> dict[str, Any]:
    """Give the keys that have a value."""
    return {key: value for key, value in keys.items() if value is not None}


def _tell(lines: Any) -> None:
    """Write lines to standard output; what comes from foreign pages is shown, never obeyed."""
    from parcc_nlp.report.wording import legible

    for line in lines:
        say(legible(line) + "\n")
