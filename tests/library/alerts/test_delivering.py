"""Alerts leave the house once through each channel, later where it failed, under one name where they come twice."""

import email
import json
import socket
import threading
from email import policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from parcc_nlp.library.alerts import delivering
from parcc_nlp.library.alerts.channels import post, signature
from parcc_nlp.library.alerts.delivering import deliver
from parcc_nlp.library.alerts.listing import acknowledge
from parcc_nlp.library.alerts.noting import note_alert
from parcc_nlp.library.alerts.settings import Email, Notify, Webhook
from tests.library.alerts.texts import plan


class Receiver:
    """A web server that answers with what it is told to, and keeps what it got."""

    def __init__(self):
        self.answers, self.got = [], []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append((dict(self.headers), body))
                self.send_response(receiver.answers.pop(0) if receiver.answers else 200)
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_port}/hook"


class Mails:
    """What an SMTP server got; `refuse` are the addresses it does not take."""

    def __init__(self):
        self.got, self.refuse = [], set()

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd calls it so
        if address in self.refuse:
            return "550 unknown"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd calls it so
        self.got.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def receiver():
    made = Receiver()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def smtp():
    controller = pytest.importorskip("aiosmtpd.controller", reason="needs aiosmtpd (a tool for tests)")
    mails = Mails()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        mails.port = free.getsockname()[1]
    server = controller.Controller(mails, hostname="127.0.0.1", port=mails.port)
    server.start()
    yield mails
    server.stop()


@pytest.fixture
def alert(library, add):
    """Adds an alert on a plan."""
    add(plan("2025-01-15", "1. Thực hiện.", what="<cá & tôm>"))

    def noted(cause="vn/a", message="Nghị định số 1/2019/NĐ-CP đã bị bãi bỏ.", **how):
        with library.writing() as connection:
            how = {"relation": "repeals", "target": "vn/x", "at": library.now(), **how}
            return note_alert(connection, 1, "affected", cause=cause, message=message, **how)

    return noted


def mail_to(smtp, *recipients, **how):
    to = recipients or ("ra-soat@example.org",)
    return Notify(email=Email("127.0.0.1", "kho@example.org", to, port=smtp.port, security="none", **how))


def hook(receiver, **how):
    return Notify(webhook=Webhook(receiver.url, **{"secret": "bí mật", "retries": 0, **how}))


def test_all_alerts_go_in_one_mail_and_only_once(library, alert, smtp):
    alert()
    alert(cause="vn/b", message="Luật số 2/2019/QH14 sắp được thay thế.")
    (sent,) = deliver(library, mail_to(smtp))
    assert (sent.alerts, sent.problem) == (2, None)
    assert deliver(library, mail_to(smtp)) == ()
    (mail,) = smtp.got
    plain = mail.get_body(("plain",)).get_content()
    assert mail["Subject"] == "Kho văn bản: 2 cảnh báo mới về 1 văn bản"
    assert "Kế hoạch 12/KH-UBND" in plain
    assert "1/2019/NĐ-CP đã bị bãi bỏ" in plain
    assert "Việc cần làm:" in plain
    assert "&lt;cá &amp; tôm&gt;" in mail.get_body(("html",)).get_content()


def test_an_alert_that_comes_later_goes_alone(library, alert, smtp):
    alert()
    deliver(library, mail_to(smtp))
    alert(cause="vn/b")
    assert [one.alerts for one in deliver(library, mail_to(smtp))] == [1]


def test_what_somebody_has_seen_is_not_sent(library, alert, smtp):
    alert()
    with library.writing() as connection:
        acknowledge(connection, [1], who="Văn An", at=library.now())
    assert deliver(library, mail_to(smtp)) == ()


def test_a_server_that_does_not_encrypt_gets_nothing_and_is_tried_again_later(library, alert, smtp, clock):
    alert()
    encrypted = Notify(email=Email("127.0.0.1", "kho@example.org", ("a@example.org",), port=smtp.port))
    (sent,) = deliver(library, encrypted)
    assert sent.failed
    assert "STARTTLS" in sent.problem
    assert smtp.got == []
    assert deliver(library, mail_to(smtp)) == ()
    clock.sleep(minutes=6)
    assert not deliver(library, mail_to(smtp))[0].failed
    assert len(smtp.got) == 1


def test_a_refused_recipient_is_told_and_the_others_get_it_once(library, alert, smtp, clock):
    alert()
    smtp.refuse = {"khong-co@example.org"}
    settings = mail_to(smtp, "ra-soat@example.org", "khong-co@example.org")
    (sent,) = deliver(library, settings)
    assert (sent.failed, "khong-co@example.org" in sent.problem) == (False, True)
    clock.sleep(days=1)
    assert deliver(library, settings) == ()
    assert len(smtp.got) == 1


def test_who_is_killed_after_sending_sends_the_same_set_once_more_under_its_name(
    library, alert, smtp, clock, monkeypatch
):
    alert()

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(delivering, "_noted", killed)
        with pytest.raises(KeyboardInterrupt):
            deliver(library, mail_to(smtp))
    alert(cause="vn/b")
    clock.sleep(minutes=6)
    for _ in range(2):
        deliver(library, mail_to(smtp))
        clock.sleep(days=1)
    names = [mail["Message-ID"] for mail in smtp.got]
    assert (len(names), len(set(names)), names[0]) == (3, 2, names[1])


def test_a_webhook_gets_signed_json(library, alert, receiver):
    alert(effective="2026-02-01", clause="khoản 2 Điều 2")
    deliver(library, hook(receiver))
    ((headers, body),) = receiver.got
    told = json.loads(body)
    assert headers["X-Parcc-Signature"] == signature("bí mật", headers["X-Parcc-Timestamp"], body)
    assert headers["Idempotency-Key"] == told["key"]
    (one,) = told["alerts"]
    assert (one["document"]["number"], one["relation"], one["effective"], one["clause"]) == (
        "12/KH-UBND", "repeals", "2026-02-01", "khoản 2 Điều 2"
    )  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "pauses", "problem"),
    [([503, 429, 200], [1.0, 2.0], None), ([404, 200], [], "HTTP 404"), ([503] * 4, [1.0, 2.0, 4.0], "HTTP 503"),
     ([301], [], "HTTP 301")],
)  # fmt: skip
def test_a_server_in_trouble_is_asked_again_and_one_that_refuses_is_not(receiver, answers, pauses, problem):
    slept = []
    receiver.answers = list(answers)
    assert post(Webhook(receiver.url), (), key="k", now=0.0, sleep=slept.append) == problem
    assert slept == pauses


def test_a_failed_digest_is_put_off_longer_each_time_and_given_up_in_the_end(
    library, alert, receiver, clock, monkeypatch
):
    monkeypatch.setattr(delivering, "MOST_ATTEMPTS", 4)
    alert()
    receiver.answers = [500] * 100
    tries = []
    for minutes in range(0, 120, 5):
        tries += [(minutes, one.given_up) for one in deliver(library, hook(receiver))]
        clock.sleep(minutes=5)
    assert tries == [(0, False), (5, False), (15, False), (35, True)]
    assert {headers["Idempotency-Key"] for headers, _ in receiver.got} == {json.loads(receiver.got[0][1])["key"]}
