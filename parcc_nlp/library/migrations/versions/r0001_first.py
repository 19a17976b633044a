"""The first tables, written out: later changes of `parcc_nlp.library.schema` do not change what this revision made.

There is no way back: a library is restored from its backup, never taken to an older form.
"""

import sqlalchemy as sa
from alembic import op

from parcc_nlp.library.text_index import create_index

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and the full text index."""
    _document()
    _feed()
    _instrument()
    _library_meta()
    _original()
    _alert()
    _edge()
    _feed_item()
    _message()
    _version()
    _delivery()
    _finding()
    _message_reference()
    _rendition()
    _task()
    _finding_event()
    _seen_file()
    create_index(op.get_bind())


def _document() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("doc_type", sa.Text()),
        sa.Column("number", sa.Text()),
        sa.Column("number_key", sa.Text()),
        sa.Column("issuer", sa.Text()),
        sa.Column("issued", sa.String(length=10)),
        sa.Column("title", sa.Text()),
        sa.Column("place", sa.Text()),
        sa.Column("draft", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("state_reason", sa.Text()),
        sa.Column("version_id", sa.Integer()),
        sa.Column("versions", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.String(length=27), nullable=False),
        sa.Column("changed_at", sa.String(length=27), nullable=False),
        sa.Column("reviewed_on", sa.String(length=10)),
        sa.Column("due", sa.Text()),
        sa.CheckConstraint("state IN ('active', 'frozen')", name=op.f("ck_document_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("identity", name=op.f("uq_document_identity")),
    )
    op.create_index(op.f("ix_document_draft_doc_type"), "document", ["draft", "doc_type"])
    op.create_index(op.f("ix_document_due"), "document", ["due"])
    op.create_index(op.f("ix_document_issued"), "document", ["issued"])
    op.create_index(op.f("ix_document_number_key"), "document", ["number_key"])


def _feed() -> None:
    op.create_table(
        "feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("etag", sa.String(length=1000)),
        sa.Column("modified", sa.String(length=100)),
        sa.Column("walk", sa.Integer(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("cursor", sa.String(length=2000)),
        sa.Column("next_try", sa.String(length=27)),
        sa.Column("last_run", sa.String(length=27)),
        sa.Column("last_read", sa.String(length=27)),
        sa.Column("reason", sa.String(length=40)),
        sa.Column("detail", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed")),
        sa.UniqueConstraint("name", name=op.f("uq_feed_name")),
    )


def _instrument() -> None:
    op.create_table(
        "instrument",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("number_key", sa.Text()),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("properties", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instrument")),
        sa.UniqueConstraint("key", name=op.f("uq_instrument_key")),
    )
    op.create_index(op.f("ix_instrument_number_key"), "instrument", ["number_key"])


def _library_meta() -> None:
    op.create_table(
        "library_meta",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_library_meta")),
    )


def _original() -> None:
    op.create_table(
        "original",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("stored_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_original")),
    )


def _alert() -> None:
    op.create_table(
        "alert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("relation", sa.String(length=20), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("created_at", sa.String(length=27), nullable=False),
        sa.Column("acknowledged_at", sa.String(length=27)),
        sa.Column("acknowledged_by", sa.Text()),
        sa.CheckConstraint("kind IN ('affected', 'version', 'recalled', 'disagreement')", name=op.f("ck_alert_kind")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_alert_document_id_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sa.UniqueConstraint(
            "document_id",
            "kind",
            "cause",
            "relation",
            "target",
            name=op.f("uq_alert_document_id_kind_cause_relation_target"),
        ),
    )
    op.create_index(op.f("ix_alert_created_at"), "alert", ["created_at"])
    op.create_index(op.f("ix_alert_document_id"), "alert", ["document_id"])


def _edge() -> None:
    op.create_table(
        "edge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("target", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("since", sa.String(length=10)),
        sa.Column("until", sa.String(length=10)),
        sa.Column("properties", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_edge_document_id_document")),
        sa.ForeignKeyConstraint(["source"], ["instrument.id"], name=op.f("fk_edge_source_instrument")),
        sa.ForeignKeyConstraint(["target"], ["instrument.id"], name=op.f("fk_edge_target_instrument")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_edge")),
    )
    op.create_index(op.f("ix_edge_document_id"), "edge", ["document_id"])
    op.create_index(op.f("ix_edge_source_kind_target"), "edge", ["source", "kind", "target"])
    op.create_index(op.f("ix_edge_target_kind"), "edge", ["target", "kind"])


def _feed_item() -> None:
    op.create_table(
        "feed_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("feed_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("number", sa.String(length=200)),
        sa.Column("issued", sa.String(length=10)),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=40)),
        sa.Column("detail", sa.Text()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try", sa.String(length=27)),
        sa.Column("walk", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=255)),
        sa.Column("sha256", sa.String(length=64)),
        sa.Column("size", sa.Integer()),
        sa.Column("found_on", sa.String(length=27), nullable=False),
        sa.Column("settled_on", sa.String(length=27)),
        sa.CheckConstraint("kind IN ('document', 'detail')", name=op.f("ck_feed_item_kind")),
        sa.CheckConstraint("state IN ('pending', 'done', 'failed', 'not_allowed')", name=op.f("ck_feed_item_state")),
        sa.ForeignKeyConstraint(["feed_id"], ["feed.id"], name=op.f("fk_feed_item_feed_id_feed"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_item")),
        sa.UniqueConstraint("feed_id", "url", name=op.f("uq_feed_item_feed_id_url")),
    )
    op.create_index("ix_feed_item_state", "feed_item", ["feed_id", "state"])


def _message() -> None:
    op.create_table(
        "message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("message_key", sa.Text()),
        sa.Column("business", sa.String(length=12), nullable=False),
        sa.Column("sender", sa.Text()),
        sa.Column("received_at", sa.String(length=27), nullable=False),
        sa.Column("document_id", sa.Integer()),
        sa.Column("value", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_message_document_id_document")),
        sa.ForeignKeyConstraint(["sha256"], ["original.sha256"], name=op.f("fk_message_sha256_original")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("sha256", name=op.f("uq_message_sha256")),
    )
    op.create_index(op.f("ix_message_document_id"), "message", ["document_id"])
    op.create_index(op.f("ix_message_message_key"), "message", ["message_key"])


def _version() -> None:
    op.create_table(
        "version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("pages", sa.Integer()),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.Column("extraction", sa.LargeBinary(), nullable=False),
        sa.Column("unlearnable", sa.String(length=4)),
        sa.Column("learned_at", sa.String(length=27)),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("registry", sa.Text(), nullable=False),
        sa.Column("added_at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_version_document_id_document")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version")),
        sa.UniqueConstraint("document_id", "ordinal", name=op.f("uq_version_document_id_ordinal")),
    )
    op.create_index(op.f("ix_version_learned_at"), "version", ["learned_at"])
    op.create_index(op.f("ix_version_text_sha256"), "version", ["text_sha256"])


def _delivery() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.String(length=27)),
        sa.Column("delivered_at", sa.String(length=27)),
        sa.Column("problem", sa.Text()),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_delivery_alert_id_alert")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("alert_id", "channel", name=op.f("uq_delivery_alert_id_channel")),
    )


def _finding() -> None:
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=80), nullable=False),
        sa.Column("rule", sa.String(length=12), nullable=False),
        sa.Column("severity", sa.String(length=8), nullable=False),
        sa.Column("instrument", sa.Text()),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("by_review", sa.Boolean(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("first_seen", sa.String(length=10), nullable=False),
        sa.Column("last_seen", sa.String(length=10), nullable=False),
        sa.CheckConstraint("state IN ('open', 'acknowledged', 'set_aside', 'resolved')", name=op.f("ck_finding_state")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_finding_document_id_document")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_finding_version_id_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
        sa.UniqueConstraint("document_id", "fingerprint", name=op.f("uq_finding_document_id_fingerprint")),
    )
    op.create_index(op.f("ix_finding_rule"), "finding", ["rule"])
    op.create_index(op.f("ix_finding_state_severity"), "finding", ["state", "severity"])


def _message_reference() -> None:
    op.create_table(
        "message_reference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Integer()),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_message_reference_document_id_document")
        ),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_message_reference_message_id_message")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_reference")),
    )
    op.create_index(op.f("ix_message_reference_key"), "message_reference", ["key"])
    op.create_index(op.f("ix_message_reference_message_id"), "message_reference", ["message_id"])


def _rendition() -> None:
    op.create_table(
        "rendition",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text()),
        sa.Column("added_at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["original.sha256"], name=op.f("fk_rendition_sha256_original")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_rendition_version_id_version")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_rendition")),
    )
    op.create_index(op.f("ix_rendition_version_id"), "rendition", ["version_id"])


def _task() -> None:
    op.create_table(
        "task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text()),
        sa.Column("sha256", sa.String(length=64)),
        sa.Column("size", sa.BigInteger()),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("interruptions", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.String(length=27)),
        sa.Column("code", sa.String(length=4)),
        sa.Column("reason", sa.Text()),
        sa.Column("document_id", sa.Integer()),
        sa.Column("version_id", sa.Integer()),
        sa.Column("submitted_at", sa.String(length=27), nullable=False),
        sa.Column("started_at", sa.String(length=27)),
        sa.Column("finished_at", sa.String(length=27)),
        sa.Column("acknowledged_at", sa.String(length=27)),
        sa.Column("acknowledged_by", sa.Text()),
        sa.CheckConstraint(
            "state IN ('pending', 'started', 'done', 'duplicate', 'failed', 'quarantined')", name=op.f("ck_task_state")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_task_document_id_document")),
        sa.ForeignKeyConstraint(["sha256"], ["original.sha256"], name=op.f("fk_task_sha256_original")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_task_version_id_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
    )
    op.create_index(op.f("ix_task_document_id"), "task", ["document_id"])
    op.create_index(op.f("ix_task_sha256"), "task", ["sha256"])
    op.create_index(op.f("ix_task_state_due_at"), "task", ["state", "due_at"])
    op.create_index(op.f("ix_task_state_interruptions_id"), "task", ["state", "interruptions", "id"])


def _finding_event() -> None:
    op.create_table(
        "finding_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("who", sa.Text()),
        sa.Column("reason", sa.Text()),
        sa.CheckConstraint(
            "state IN ('open', 'acknowledged', 'set_aside', 'resolved')", name=op.f("ck_finding_event_state")
        ),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"], name=op.f("fk_finding_event_finding_id_finding")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_event")),
    )
    op.create_index(op.f("ix_finding_event_finding_id"), "finding_event", ["finding_id"])


def _seen_file() -> None:
    op.create_table(
        "seen_file",
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("modified_ns", sa.BigInteger(), nullable=False),
        sa.Column("task_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_seen_file_task_id_task")),
        sa.PrimaryKeyConstraint("path", name=op.f("pk_seen_file")),
    )
