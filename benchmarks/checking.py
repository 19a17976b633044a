"""The review: one document with every rule after the start, growth with its length, many documents together."""

from collections.abc import Iterator

from benchmarks import texts
from benchmarks.timing import Row, at_most, best_seconds, once_seconds

CHECKED_CHARACTERS = 50_000
AFTER_START = 0.3
"""Seconds from the text of one document to its findings, with every rule, in a process that has read another one."""
LENGTHS = (10_000, 100_000, 1_000_000)
LOTS = (100, 1_000)
EACH = 5_000
"""Characters of every document of a lot: about two pages."""
GROWTH = 1.2
"""How much dearer a document may become where ten times as many are checked together, or ten times as long a one."""


def reviewing() -> Iterator[Row]:
    """Extract and review one document; the same at several lengths; lots of a hundred and of a thousand together."""
    from parcc_nlp import api
    from parcc_nlp.model import Document
    from parcc_nlp.registry import Registry

    registry = Registry.shipped()

    def check(text: str) -> None:
        api.review(api.extract(Document(text=text), registry=registry, resolve=False), as_of="today", registry=registry)

    for kind, made in (("samples", texts.vietnamese), ("real plans", texts.real)):
        text = made(CHECKED_CHARACTERS)
        if text is not None:
            seconds = best_seconds(lambda text=text: check(text))
            yield at_most(f"extract and review, {kind}, 50 KB, every rule", seconds, "s", target=AFTER_START)
    per_character = {
        length: best_seconds(lambda n=length: check(texts.vietnamese(n)), runs=3) / length for length in LENGTHS
    }
    for length, seconds in per_character.items():
        yield Row(f"extract and review, {length:,} characters", seconds * 1e6, "µs/character")
    dearest = max(per_character.values()) / min(per_character.values())
    yield at_most("dearest length / cheapest", dearest, "times", target=2.0)
    yield from _lots(registry)


HOSTILE = (
    "1. Thời hạn 15 (mười năm) ngày theo khoản 7 Điều này, Phụ lục II kèm theo Quyết định này.",
    "a) Theo Nghị định số 63/2010/NĐ-CP ngày 08/6/2010, điểm 1 Mục VI Kế hoạch, khoản 3 Điều 77 Quyết định này.",
    "mười mười mười mười (mười mười mười mười mười mười mười mười mười mười mười mười",
    "Phụ lục I, II, III và Phụ lục IV, Phụ lục I, II, III và Phụ lục IV, kèm theo",
    "- Phấn đấu đến năm 2025 tỷ lệ hồ sơ giải quyết đúng hạn đạt 95%; tăng 20% số thẻ; từ 70 đến 80 điểm: loại khá.",
    "Sở Y tế phối hợp với Sở Tư pháp, Ủy ban nhân tỉnh, UBND cấp huyện; Sở Y tế và Sở Tư pháp chủ trì trước 15/3/2026.",
)
"""Lines that a family of rules has to look at closely, again and again."""
LONGER = 10


def families() -> Iterator[Row]:
    """Each family of rules on a document and on one ten times as long, made of nothing but lines that concern it."""
    from parcc_nlp import api
    from parcc_nlp.model import Document
    from parcc_nlp.registry import Registry

    registry = Registry.shipped()
    head = (
        "ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG\nSố: 15/QĐ-UBND\nLâm Đồng, ngày 15 tháng 01 năm 2026\nQUYẾT ĐỊNH\nĐiều 1. Giao\n"
    )
    lines = "\n".join(HOSTILE)
    short, long = (
        api.extract(Document(text=head + "\n".join([lines] * times)), registry=registry) for times in (40, 40 * LONGER)
    )
    for family in ("VB1", "VB2", "VB3", "VB4", "VB5", "CT6", "NV7", "CC8"):

        def review(text: object, family: str = family) -> None:
            api.review(text, as_of="today", registry=registry, select=(family,))

        cost = best_seconds(lambda review=review: review(short)), best_seconds(lambda review=review: review(long))
        note = f"{cost[0] * 1e3:.0f} ms, {cost[1] * 1e3:.0f} ms"
        yield at_most(f"{family}: a document ten times as long", cost[1] / cost[0], "times", target=12, note=note)


def _lots(registry: object) -> Iterator[Row]:
    """Review lots of plans of their own, each citing the one before it, so that every document has a neighbour."""
    from parcc_nlp import api
    from parcc_nlp.model import Document

    cost: dict[int, float] = {}
    for size in LOTS:
        lot = api.together(
            [api.extract(Document(text=_plan(number)), registry=registry, resolve=False) for number in range(size)],
            registry=registry,
        )

        def review(lot=lot) -> None:
            for one in lot.documents:
                api.review(one, as_of="today", registry=registry, together=lot)

        cost[size] = once_seconds(review) / size
        yield Row(f"review {size:,} documents together", cost[size] * 1e3, "ms/document")
    yield at_most("a document among 1,000 / among 100", cost[LOTS[1]] / cost[LOTS[0]], "times", target=GROWTH)


def _plan(number: int) -> str:
    """Give one plan of a series: the same kind of goals year after year, and the last year's plan as its basis."""
    year = 2000 + number % 26
    body = texts.vietnamese(EACH, seed=texts.SEED + number)
    return (
        f"ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG\nSố: {number + 1}/KH-UBND\nLâm Đồng, ngày 15 tháng 01 năm {year}\n"
        f"KẾ HOẠCH\nCải cách hành chính năm {year}\n"
        f"Căn cứ Kế hoạch số {number}/KH-UBND ngày 15 tháng 01 năm {year - 1} của Ủy ban nhân dân tỉnh;\n"
        f"1. Mục tiêu\n- Tỷ lệ hồ sơ thủ tục hành chính được giải quyết đúng hạn đạt {80 + number % 20}% trở lên.\n"
        f"- Tỷ lệ cung cấp dịch vụ công trực tuyến toàn trình đạt tối thiểu {60 + number % 30}%.\n{body}\n"
    )
