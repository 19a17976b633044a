"""The file that says where alerts are sent: what is wrong in it is named, and secrets are never told."""

import pytest

from parcc_nlp.errors import UsageError
from parcc_nlp.library.alerts.settings import read_notify


@pytest.fixture
def read(tmp_path):
    def done(text):
        path = tmp_path / "notify.yaml"
        path.write_text(text, encoding="utf-8")
        return read_notify(path)

    return done


def test_the_example_of_the_documents_can_be_read(root, monkeypatch):
    monkeypatch.setenv("PARCC_SMTP_PASSWORD", "một")
    monkeypatch.setenv("PARCC_WEBHOOK_SECRET", "hai")
    settings = read_notify(root / "docs" / "examples" / "notify.yaml")
    assert (settings.email.password, settings.webhook.secret) == ("một", "hai")
    assert settings.email.host.endswith("example.org")


@pytest.mark.parametrize(
    ("text", "code", "named"),
    [
        ("{", "E540", "notify.yaml"),
        ("", "E543", "notify.yaml"),
        ("language: vi", "E543", "notify.yaml"),
        ("email: {host: a.vn, sender: a@b.vn, recipients: [c@d.vn], pasword: bi-mat}", "E541", "email.pasword"),
        ("email: {host: a.vn, sender: a@b.vn}", "E541", "email.recipients"),
        ("email: {host: a.vn, sender: a@b.vn, recipients: []}", "E541", "email.recipients"),
        ("email: {host: a.vn, sender: 'a@b.vn\\n', recipients: [c@d.vn], port: x}", "E541", "email.port"),
        ('email: {host: a.vn, sender: "a@b.vn\\nBcc: x@y.vn", recipients: [c@d.vn]}', "E541", "email.sender"),
        ("webhook: {url: 'file:///tmp/x'}", "E541", "webhook.url"),
        ("webhook: {url: 'https://a.vn', secret: '${PARCC_KHONG_CO}'}", "E542", "PARCC_KHONG_CO"),
    ],
)
def test_what_is_wrong_is_named_by_file_and_key(read, text, code, named):
    with pytest.raises(UsageError) as told:
        read(text)
    assert told.value.code == code
    assert named in told.value.message()
    assert "bi-mat" not in told.value.message()
