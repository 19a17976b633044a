"""``parcc registry``: an officer adds, corrects, looks and checks; what is said is Vietnamese, or English where asked."""

import csv
import json

import pytest

pytestmark = pytest.mark.usefixtures("office")

DECREE = "45/2020/NĐ-CP"
HEADINGS = ["Số, ký hiệu văn bản", "Ngày ban hành", "Trích yếu", "Lý do hết hiệu lực", "Ngày hết hiệu lực"]
ROWS = [
    ["12/2019/QĐ-UBND", "05/3/2019", "Quy định về A", "Bị thay thế bởi Quyết định số 30/2025/QĐ-UBND", "01/7/2025"],
]
CIRCULAR = """BỘ TÀI CHÍNH
Số: 111/2031/TT-BTC
Hà Nội, ngày 24 tháng 11 năm 2031
THÔNG TƯ
Bãi bỏ Thông tư số 73/2029/TT-BTC ngày 15 tháng 7 năm 2029 của Bộ trưởng Bộ Tài chính
Điều 1. Bãi bỏ văn bản
Bãi bỏ Thông tư số 73/2029/TT-BTC ngày 15 tháng 7 năm 2029 của Bộ trưởng Bộ Tài chính quy định về phí.
Điều 2. Hiệu lực thi hành
Thông tư này có hiệu lực thi hành từ ngày 10 tháng 01 năm 2032.
"""


@pytest.fixture
def office(tmp_path, monkeypatch):
    """The file of an office, at first with nothing in it."""
    from parcc_nlp.cli import known
    from parcc_nlp.registry.ledger import Ledger

    path = tmp_path / "office.sqlite"
    monkeypatch.setenv("PARCC_REGISTRY", str(path))
    Ledger.open(path).close()
    known.registry.cache_clear()
    yield path
    known.registry.cache_clear()


@pytest.fixture
def ask(parcc):
    """Run a command on what is in the file now, as a new process would."""
    from parcc_nlp.cli import known

    def run(*words):
        known.registry.cache_clear()
        return parcc(*words)

    return run


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "danh-muc.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *ROWS])
    return path


@pytest.fixture
def circular(tmp_path):
    path = tmp_path / "111-2031.txt"
    path.write_text(CIRCULAR, encoding="utf-8")
    return path


def correct(ask, *words):
    return ask("registry", "set", DECREE, *words, "--because", "đã đọc văn bản", "--by", "Nguyễn Văn A")


def corrections(ask):
    return json.loads(ask("registry", "audit", "--format", "json").stdout)


def status(ask, *words):
    return json.loads(ask("status", DECREE, "--as-of", "2026-11-23", "--format", "json", *words).stdout)


# Correcting


def test_an_officers_word_is_answered_at_once_with_name_and_reason(ask):
    said = correct(ask, "--status", "expired", "--since", "2026-10-01")
    assert said.exit_code == 0
    assert "45/2020/NĐ-CP, Tình trạng hiệu lực: hết hiệu lực" in " ".join(said.stdout.split())
    answer = status(ask)
    assert (answer["status"], answer["since"]) == ("expired", "2026-10-01")
    told = " ".join(ask("status", DECREE, "--as-of", "2026-11-23").stdout.split())
    assert "theo đính chính của Nguyễn Văn A, đã đọc văn bản" in told


def test_the_audit_lists_who_said_what_and_why(ask):
    correct(ask, "--repealed-by", "118/2025/NĐ-CP", "--parts", "Điều 5", "--since", "2026-10-01")
    told = " ".join(ask("registry", "audit").stdout.split())
    for words in ("bị bãi bỏ một phần bởi 118/2025/NĐ-CP", "01/10/2026; Điều 5", "đã đọc văn bản", "Nguyễn Văn A"):
        assert words in told


def test_the_audit_of_an_untouched_file_is_empty(ask):
    assert ask("registry", "audit").stdout.strip() == "Chưa có đính chính nào."


def test_a_withdrawn_word_no_longer_counts_but_stays_in_the_audit(ask):
    before = status(ask)["status"]
    correct(ask, "--status", "expired", "--since", "2026-10-01")
    (one,) = corrections(ask)
    gone = ask("registry", "withdraw", one["id"], "--because", "nhầm số", "--by", "Trần Thị B")
    assert gone.exit_code == 0
    assert status(ask)["status"] == before
    (kept,) = corrections(ask)
    assert (kept["withdrawn_by"], kept["withdrawn_because"]) == ("Trần Thị B", "nhầm số")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), "E331"),
        (("--repealed-by", "118/2025/NĐ-CP", "--parts", "phần nào đó"), "E332"),
        (("--repealed-by", "văn bản mới"), "E332"),
        (("--effective", "hôm qua"), "E301"),
    ],
)
def test_what_cannot_be_written_is_told_and_nothing_is_written(ask, words, code):
    said = correct(ask, *words)
    assert said.exit_code == 3
    assert f"[{code}]" in said.stderr
    assert corrections(ask) == []


def test_a_correction_needs_a_reason(ask):
    said = ask("registry", "set", DECREE, "--status", "expired", "--because", "  ")
    assert (said.exit_code, "[E330]" in said.stderr) == (3, True)


def test_an_unknown_correction_cannot_be_withdrawn(ask):
    assert "[E210]" in ask("registry", "withdraw", "không-có", "--because", "thử", "--by", "A").stderr


def test_errors_are_english_where_asked_for(ask, monkeypatch):
    vietnamese = correct(ask).stderr
    monkeypatch.setenv("PARCC_LANG", "en")
    english = correct(ask).stderr
    assert english != vietnamese
    assert "[E331]" in english
    assert english.isascii()


# Importing


def test_a_table_of_the_office_is_imported_and_again_changes_nothing(ask, table):
    words = ("registry", "import", table, "--issuer", "UBND tỉnh Lâm Đồng", "--format", "json")
    first, again = ask(*words), ask(*words)
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert json.loads(first.stdout)["total"]["relations"] == 1
    total = json.loads(again.stdout)["total"]
    assert (total["instruments"], total["fields"], total["relations"], total["lives"]) == (0, 0, 0, 0)
    answer = ask("status", "12/2019/QĐ-UBND", "--as-of", "2025-08-01", "--format", "json")
    assert json.loads(answer.stdout)["status"] == "expired"


def test_a_trial_writes_nothing(ask, table, office):
    before = office.read_bytes()
    done = ask("registry", "import", table, "--issuer", "UBND tỉnh Lâm Đồng", "--dry-run")
    assert "Chạy thử, không ghi gì." in done.stdout
    assert office.read_bytes() == before


def test_a_local_number_without_its_place_is_refused(ask, table):
    done = ask("registry", "import", table)
    assert done.exit_code == 2
    assert "tỉnh" in done.stderr


@pytest.mark.parametrize(("name", "code"), [("không-có.csv", "E102"), (".", "E103")])
def test_a_file_that_is_none_is_told(ask, tmp_path, name, code):
    done = ask("registry", "import", tmp_path / name)
    assert (done.exit_code, f"[{code}]" in done.stderr) == (2, True)


# Learning


def test_a_full_text_teaches_what_it_repeals_and_since_when(ask, circular):
    done = ask("registry", "learn", circular)
    assert done.exit_code == 0
    assert "bãi bỏ Thông tư 73/2029/TT-BTC, Điều 1, hiệu lực từ 10/01/2032" in " ".join(done.stdout.split())
    answer = json.loads(ask("status", "73/2029/TT-BTC", "--as-of", "2032-02-01", "--format", "json").stdout)
    assert (answer["status"], answer["since"]) == ("expired", "2032-01-10")
    assert answer["proof"][0]["by"] == "111/2031/TT-BTC"


def test_learning_again_teaches_nothing_new(ask, circular):
    ask("registry", "learn", circular)
    assert "không có điều gì mới" in " ".join(ask("registry", "learn", circular).stdout.split())


def test_a_text_without_a_number_is_told_and_is_no_failure(ask, tmp_path):
    draft = tmp_path / "du-thao.txt"
    draft.write_text("NGHỊ ĐỊNH\nĐiều 1. Bãi bỏ Thông tư số 73/2029/TT-BTC.\n", encoding="utf-8")
    done = ask("registry", "learn", draft)
    assert (done.exit_code, "[E250]" in done.stderr) == (0, True)


# Looking


def test_a_learned_relation_is_shown_with_clause_and_day_of_learning(ask, circular):
    ask("registry", "learn", circular)
    told = " ".join(ask("registry", "show", "73/2029/TT-BTC", "--as-of", "2032-02-01").stdout.split())
    assert "TÁC ĐỘNG ĐẾN VĂN BẢN NÀY (1)" in told
    assert "bị bãi bỏ bởi 111/2031/TT-BTC, Điều 1, hiệu lực từ 10/01/2032, ghi nhận" in told


def test_what_nobody_knows_is_not_known(ask):
    done = ask("registry", "show", "9/2033/TT-BTC")
    assert done.exit_code == 0
    assert "chưa rõ hiệu lực" in done.stdout


def test_the_figures_count_what_an_officer_said(ask):
    correct(ask, "--status", "expired", "--since", "2026-10-01")
    figures = json.loads(ask("registry", "stats", "--format", "json").stdout)
    assert (figures["schema"], figures["corrections"]) == ("parcc-registry-figures/1", 1)
    assert "Đính chính của cán bộ" in ask("registry", "stats").stdout


def test_the_difference_to_the_shipped_data_names_the_answers_that_changed(ask, office):
    assert ask("registry", "diff", "shipped", office).stdout.strip() == "Không khác nhau."
    correct(ask, "--replaced-by", "118/2025/NĐ-CP", "--since", "2026-10-01")
    told = ask("registry", "diff", "shipped", office, "--as-of", "2026-11-23").stdout
    assert "118/2025/NĐ-CP thay thế 45/2020/NĐ-CP" in told
    assert f"{DECREE}: " in told.partition("TRẢ LỜI THAY ĐỔI")[2]


@pytest.mark.parametrize("name", ["all.sqlite", "all.json", "all.xlsx", "all"])
def test_everything_is_exported_in_every_form(ask, tmp_path, name):
    done = ask("registry", "export", tmp_path / name)
    assert (done.exit_code, (tmp_path / name).exists()) == (0, True)


def test_an_export_answers_as_the_file_does(ask, tmp_path):
    correct(ask, "--status", "expired", "--since", "2026-10-01")
    ask("registry", "export", tmp_path / "all.sqlite")
    assert status(ask, "--registry", tmp_path / "all.sqlite")["status"] == "expired"


def test_a_verification_finds_what_cannot_be(ask):
    ask("registry", "set", DECREE, "--expires", "2019-01-01", "--because", "thử", "--by", "A")
    found = ask("registry", "verify", "--format", "json")
    assert found.exit_code == 1
    codes = {one["code"] for one in json.loads(found.stdout)["found"] if "45-2020-nd-cp" in one["subject"]}
    assert "V02" in codes or "V03" in codes


# Asking


def test_a_provision_is_answered_for_itself(ask):
    correct(ask, "--repealed-by", "118/2025/NĐ-CP", "--parts", "Điều 5", "--since", "2025-07-01")
    answer = status(ask, "--provision", "khoản 1 Điều 5")
    assert (answer["status"], answer["by"], answer["written"]) == ("expired", "118/2025/NĐ-CP", "khoản 1 Điều 5")


def test_words_that_name_no_provision_are_refused(ask):
    done = ask("status", DECREE, "--provision", "phần đầu")
    assert (done.exit_code, "[E332]" in done.stderr) == (3, True)


def test_what_was_not_yet_known_does_not_answer(ask):
    before = status(ask)["status"]
    correct(ask, "--status", "suspended", "--since", "2026-10-01")
    assert status(ask)["status"] == "suspended"
    assert status(ask, "--known-on", "2025-12-31")["status"] in {before, "not_known"}


def test_a_registry_that_is_not_there_is_told(ask, tmp_path):
    done = ask("status", DECREE, "--registry", tmp_path / "none.sqlite")
    assert (done.exit_code, "[E204]" in done.stderr) == (2, True)
