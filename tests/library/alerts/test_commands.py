"""``parcc alerts`` and ``parcc refresh``."""

import json

import pytest
import typer
from typer.testing import CliRunner

from parcc_nlp.cli.alerts_app import alerts_app, refresh
from parcc_nlp.cli.streams import speak
from parcc_nlp.errors import LibraryError
from tests.library.alerts.texts import act, plan


@pytest.fixture
def run(place):
    app = typer.Typer()
    app.add_typer(alerts_app, name="alerts")
    app.command()(refresh)

    def done(*words):
        speak("vi")
        return CliRunner().invoke(app, [*words, "--library", str(place)], standalone_mode=False)

    return done


def test_alerts_are_listed_acknowledged_and_refreshed(run, library, add):
    add(plan("2025-01-15", "Căn cứ Nghị định số 901/2019/NĐ-CP ngày 05 tháng 3 năm 2019 của Chính phủ;"))
    words = "Nghị định này thay thế Nghị định số 901/2019/NĐ-CP ngày 05 tháng 3 năm 2019 của Chính phủ."
    add(act("955/2026/NĐ-CP", "2026-01-10", words))
    library.close()

    assert "1 cảnh báo mới" in run("refresh").stdout
    text = run("alerts", "list").stdout
    assert "1. Kế hoạch 12/KH-UBND" in text
    assert "thay thế" in text
    assert run("alerts").stdout == text
    assert "Việc cần làm:" in text
    told = json.loads(run("alerts", "list", "-f", "json").stdout)
    assert [(one["relation"], one["document"]["number"]) for one in told["alerts"]] == [("replaces", "12/KH-UBND")]
    assert "Đã ghi nhận 1 cảnh báo." in run("alerts", "ack", "1", "--by", "Văn An").stdout
    assert "Không có cảnh báo nào." in run("alerts", "list").stdout
    assert "Văn An" in run("alerts", "list", "--all", "--document", "12/KH-UBND").stdout
    assert json.loads(run("refresh", "-f", "json").stdout)["refreshed"]["failures"] == 0


def test_an_alert_that_is_none_cannot_be_acknowledged(run):
    told = run("alerts", "ack", "7").exception
    assert isinstance(told, LibraryError)
    assert told.code == "E544"
