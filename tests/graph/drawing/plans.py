"""A graph small enough to be read here: a plan, what it cites, what happened to that, and labels of an ill will."""

from parcc_nlp.graph import Edge, LegalGraph, Node

PLAN = "vn/ke-hoach/ubnd-tinh-lam-dong/2023-12-22/12-kh-ubnd"
LAW = "vn/luat/quoc-hoi/2015-06-19/77-2015-qh13"
NEW_LAW = "vn/luat/quoc-hoi/2025-02-19/65-2025-qh15"
DECREE = "vn/nghi-dinh/chinh-phu/2020-04-08/45-2020-nd-cp"
ARTICLE = f"{DECREE}#dieu_5"
UNKNOWN = "vn/chi-thi/-/-/hostile"
AGENCY = "agency/vn/lam-dong/so-noi-vu"
SIGNING, LATER = "2023-12-22", "2026-11-23"
HOSTILE = "</script><script>document.title='bad'</script>\"'<img src=x onerror=alert(1)>\u2028\u202e\x00\x1b[31m"


def instrument(node_id, label, number, issued, title=None):
    fields = {"number": number, "issued": issued, "title": title, "issuer": "Chính phủ"}
    return Node(node_id, "instrument", label, properties={name: value for name, value in fields.items() if value})


def plan():
    """Plan → law (basis, replaced from 01/3/2025), decree (cited with its Điều 5), an unknown directive; tasks, targets."""
    made = LegalGraph()
    for node in (
        instrument(PLAN, "Kế hoạch số 12/KH-UBND", "12/KH-UBND", SIGNING, "Cải cách hành chính năm 2024"),
        Node(f"{PLAN}#sec_II", "section", "II NHIỆM VỤ", properties={"unit": "section", "start": 100, "end": 900}),
        Node(f"{PLAN}#dieu_1", "section", "1", properties={"unit": "dieu", "start": 0, "end": 100}),
        instrument(LAW, "Luật Tổ chức chính quyền địa phương số 77/2015/QH13", "77/2015/QH13", "2015-06-19"),
        instrument(NEW_LAW, "Luật Tổ chức chính quyền địa phương số 65/2025/QH15", "65/2025/QH15", "2025-02-19"),
        instrument(
            DECREE, "Nghị định số 45/2020/NĐ-CP", "45/2020/NĐ-CP", "2020-04-08", "Thủ tục trên môi trường điện tử"
        ),
        Node(ARTICLE, "provision", "Điều 5", properties={"unit": "dieu"}),
        Node(UNKNOWN, "instrument", HOSTILE, known=False),
        Node(AGENCY, "agency", "Sở Nội vụ"),
        Node(f"{PLAN}#task_200", "task", "chủ trì kiểm tra", properties={"deadline": "2024-06-30"}),
        Node(f"{PLAN}#target_300", "target", "hồ sơ đúng hạn 98%"),
    ):
        made.add_node(node)
    said = {"start": 150, "quote": "Nghị định số 45/2020/NĐ-CP", "resolution": "exact"}
    for edge in (
        Edge(f"{PLAN}#sec_II", "part_of", PLAN, document=PLAN),
        Edge(f"{PLAN}#dieu_1", "part_of", PLAN, document=PLAN),
        Edge(PLAN, "based_on", LAW, document=PLAN, properties={"start": 5, "quote": "Luật Tổ chức chính quyền địa phương"}),
        Edge(PLAN, "cites", DECREE, document=PLAN, properties=said),
        Edge(PLAN, "cites", ARTICLE, document=PLAN, properties=said),
        Edge(ARTICLE, "part_of", DECREE),
        Edge(PLAN, "cites", UNKNOWN, document=PLAN, properties={"quote": HOSTILE, "resolution": "unresolved"}),
        Edge(f"{PLAN}#task_200", "part_of", f"{PLAN}#sec_II", document=PLAN),
        Edge(f"{PLAN}#task_200", "assigns", AGENCY, document=PLAN, properties={"role": "lead"}),
        Edge(PLAN, "sets_target", f"{PLAN}#target_300", document=PLAN),
        Edge(
            NEW_LAW, "replaces", LAW, "2025-03-01",
            properties={"clause": "khoản 4 Điều 49", "evidence": "toàn văn", "confidence": "verified"},
        ),
    ):  # fmt: skip
        made.add_edge(edge)
    return made


def told():
    """Status on the day of signing and three years later, as a registry would give it."""
    return {
        SIGNING: {LAW: "in_force", DECREE: "in_force", ARTICLE: "in_force"},
        "2025-03-01": {LAW: "expired", NEW_LAW: "in_force", DECREE: "in_force", ARTICLE: "amended"},
        LATER: {LAW: "expired", NEW_LAW: "in_force", DECREE: "partly_expired", ARTICLE: "expired"},
    }


def star(*, documents=1, cited=40, replaced=15, amended=3, agencies=20):
    """Some documents that cite many instruments, a part of these replaced and amended; agencies in every role."""
    graph = LegalGraph()
    for number in range(documents):
        graph.add_node(
            instrument(f"d{number}", f"Kế hoạch số {number}/KH-UBND", f"{number}/KH-UBND", SIGNING, "Cải cách " * 20)
        )
    for number in range(agencies):
        graph.add_node(Node(f"agency/{number}", "agency", f"Sở thứ {number} của tỉnh có tên gọi dài"))
    for number in range(cited):
        graph.add_node(
            instrument(
                f"c{number}", f"Nghị định số {number}/2020/NĐ-CP", f"{number}/2020/NĐ-CP", "2020-01-01", "Về " * 30
            )
        )
        graph.add_edge(Edge(f"d{number % documents}", "cites", f"c{number}", document=f"d{number % documents}"))
    for number in range(replaced):
        for act in range(amended):
            new = f"n{number}-{act}"
            graph.add_node(instrument(new, f"Luật sửa đổi số {new}/2024", f"{new}/2024", "2024-01-01", "Về " * 30))
            kind = "partially_repeals" if act else "replaces"
            graph.add_edge(Edge(new, kind, f"c{number}", "2024-07-01", properties={"clause": "khoản 1 Điều 9 " * 9}))
    for number in range(agencies):
        task = f"d0#task_{number}"
        graph.add_node(Node(task, "task", "việc"))
        graph.add_edge(Edge(task, "part_of", "d0", document="d0"))
        role = ("lead", "implement", "coordinate", "report_to")[number % 4]
        graph.add_edge(Edge(task, "assigns", f"agency/{number}", document="d0", properties={"role": role}))
    return graph
