"""Targets of one indicator across documents."""

import pytest

from parcc_nlp.graph import Edge, LegalGraph, Node
from parcc_nlp.graph.questions.indicators import indicators, telling_words

LAM_DONG = "vn/ke-hoach/ubnd-tinh-lam-dong/2026-01-15/12-kh-ubnd"
HUE = "vn/quyet-dinh/ubnd-tinh-thua-thien-hue/2023-12-22/3044-qd-ubnd"
CENTRAL = "vn/quyet-dinh/thu-tuong-chinh-phu/2025-12-01/2629-qd-ttg"
COMMUNE = "vn/ke-hoach/ubnd-xa-a/2026-02-01/1-kh-ubnd"


def targets(*rows):
    """A graph of targets: document, subject, unit, deadline."""
    graph = LegalGraph()
    for place, (document, subject, unit, deadline) in enumerate(rows):
        graph.add_node(Node(document, "instrument", document, properties={"issued": document.split("/")[3]}))
        said = {"subject": subject, "number_unit": unit, "deadline": deadline, "start": place}
        fields = {name: value for name, value in said.items() if value is not None}
        graph.add_node(Node(f"{document}#target_{place}", "target", subject, properties=fields))
        graph.add_edge(Edge(document, "sets_target", f"{document}#target_{place}"))
    return graph


def groups(graph, *args, **options):
    return [[goal.document.id for goal in one.goals] for one in indicators(graph, *args, **options)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Mức độ hài lòng của người dân, doanh nghiệp về giải quyết TTHC",
            "mức độ hài lòng của người dân, doanh nghiệp về giải quyết thủ tục hành chính",
        ),
        ("Tỷ lệ hồ sơ trực tuyến", "tỉ lệ hồ sơ trực tuyến trên địa bàn tỉnh"),
        ("Số hồ sơ xử lý qua mạng", "hồ sơ xử lý trực tuyến"),
        (
            "người dân, doanh nghiệp hài lòng khi sử dụng dịch vụ công trực tuyến",
            "người dân, doanh nghiệp đánh giá hài lòng khi sử dụng dịch vụ công trực tuyến",
        ),
        ("Hồ sơ được giải quyết đúng hạn", "Hồ sơ được giải quyết đúng hạn".encode().decode()),
    ],
)
def test_one_indicator_called_in_two_ways(one, other):
    assert groups(targets((HUE, one, "%", None), (LAM_DONG, other, "%", None))) == [[HUE, LAM_DONG]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("giá trị sản phẩm chuối xuất khẩu", "giá trị sản phẩm chè xuất khẩu"),
        (
            "Tỷ lệ nữ thạc sĩ trong tổng số người có trình độ thạc sĩ",
            "tỷ lệ nữ tiến sĩ trong tổng số người có trình độ tiến sĩ",
        ),
        (
            "dân số từ 15 tuổi trở lên có tài khoản tại ngân hàng",
            "dân số từ 18 tuổi trở lên có tài khoản tại ngân hàng",
        ),
        ("đạt chuẩn mức 2", "đạt chuẩn mức 3"),
        ("người dân kết nối mạng", "doanh nghiệp kết nối mạng"),
    ],
)
def test_two_indicators_that_only_sound_alike(one, other):
    assert len(groups(targets((HUE, one, "%", None), (LAM_DONG, other, "%", None)))) == 2


def test_another_unit_is_another_indicator():
    assert len(groups(targets((HUE, "Chỉ số CCHC", "%", None), (LAM_DONG, "Chỉ số CCHC", "hạng", None)))) == 2


def test_what_one_document_calls_by_two_names_is_two_indicators():
    first, second = (
        "hồ sơ dịch vụ công trực tuyến của người dân và doanh nghiệp",
        "hồ sơ dịch vụ công trực tuyến mới của người dân và doanh nghiệp",
    )
    assert len(groups(targets((HUE, first, "%", None), (LAM_DONG, second, "%", None)))) == 1
    assert len(groups(targets((HUE, first, "%", None), (HUE, second, "%", None)))) == 2


def test_goals_stand_by_day_then_by_level():
    subject = "hồ sơ trực tuyến"
    graph = targets(
        (COMMUNE, subject, "%", "2026"),
        (LAM_DONG, subject, "%", "2026"),
        (CENTRAL, subject, "%", "2026"),
        (HUE, subject, "%", None),
        (LAM_DONG, subject, "%", "2025"),
    )
    (one,) = indicators(graph)
    assert [(goal.day, goal.level) for goal in one.goals] == [
        ("2023-12-22", "province"),
        ("2025", "province"),
        ("2026", "central"),
        ("2026", "province"),
        ("2026", "commune"),
    ]


def test_an_indicator_is_asked_for_by_words_of_its_name():
    graph = targets(
        (HUE, "Mức độ hài lòng về TTHC lĩnh vực đất đai", "%", None),
        (HUE, "Mức độ hài lòng về giải quyết TTHC", "%", None),
        (HUE, "hồ sơ trực tuyến", "%", None),
    )
    found = [one.subject for one in indicators(graph, "hài lòng thủ tục hành chính")]
    assert found == ["Mức độ hài lòng về giải quyết TTHC", "Mức độ hài lòng về TTHC lĩnh vực đất đai"]


def test_what_is_said_twice_for_one_day_is_one_goal_when_goals_are_counted():
    graph = targets(
        (HUE, "hồ sơ", "%", "2025"),
        (HUE, "hồ sơ", "%", "2025"),
        (HUE, "phản ánh", "%", "2025"),
        (HUE, "phản ánh", "%", "2030"),
    )
    assert [one.subject for one in indicators(graph, fewest=2)] == ["phản ánh"]


def test_a_target_that_measures_nothing_is_left_out():
    assert indicators(targets((HUE, "tỷ lệ đạt", "%", None))) == ()


@pytest.mark.parametrize(
    ("subject", "telling"),
    [
        ("Tỷ lệ số hóa hồ sơ", "số hóa hồ sơ"),
        ("Số hồ sơ số hóa", "hồ sơ số hóa"),
        ("Kinh tế số", "kinh tế số"),
        ("CBCCVC của tỉnh được bồi dưỡng", "cán bộ công chức viên chức bồi dưỡng"),
        ("", ""),
    ],
)
def test_telling_words(subject, telling):
    assert " ".join(telling_words(subject)) == telling
