"""edXML messages made on the spot: a message is a tree of names and texts, written with any prefix and in any order."""

import base64
from xml.sax.saxutils import escape

from .hostile_files import zipped

__all__ = ["EDOC", "QCVN", "attachment", "carrying", "envelope", "header", "reference", "tree", "written", "zipped"]

QCVN = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
EDOC = "http://www.e-doc.vn/Schema/"


def written(node, *, prefix="edXML", namespace=QCVN, arrange=list):
    """The bytes of a message; `arrange` puts the children of every element into an order."""
    colon = f"{prefix}:" if prefix else ""

    def element(node, attributes=""):
        name, content = node
        inner = escape(content) if isinstance(content, str) else "".join(map(element, arrange(content)))
        return f"<{colon}{name}{attributes}>{inner}</{colon}{name}>"

    declared = f' xmlns{":" if prefix else ""}{prefix}="{namespace}"' if namespace else ""
    return f'<?xml version="1.0" encoding="UTF-8"?>{element(node, declared)}'.encode()


def tree(**children):
    """Children by name: a text, a dict of children, or a list of such for several of one name."""
    nodes = []
    for name, content in children.items():
        several = content if isinstance(content, list) else [content]
        nodes += [(name, tree(**one) if isinstance(one, dict) else one) for one in several]
    return nodes


def header(**children):
    """A message of this MessageHeader only."""
    return envelope(MessageHeader=children)


def envelope(*, body=None, encoded=None, **parts):
    """A message: header blocks, manifest and attachments."""
    inside = {"edXMLHeader": parts}
    if body is not None:
        inside["edXMLBody"] = {"edXMLManifest": {"Reference": body}}
    outside = {} if encoded is None else {"AttachmentEncoded": {"Attachment": encoded}}
    return "edXML", tree(edXMLEnvelope=inside, **outside)


def reference(name, content_id):
    return {"ContentId": f"cid:{content_id}", "ContentType": "application/octet-stream", "AttachmentName": name}


def attachment(name, content, content_id):
    encoded = base64.b64encode(content).decode() if isinstance(content, bytes) else content
    return {"ContentId": content_id, "AttachmentName": name, "ContentTransferEncoded": encoded}


def carrying(files, **message):
    """The bytes of a message that lists and carries these files (name: content)."""
    named = list(enumerate(files.items(), start=1))
    return written(
        envelope(
            MessageHeader=message or {"Subject": "V/v gửi văn bản"},
            body=[reference(name, str(number)) for number, (name, _) in named],
            encoded=[attachment(name, content, str(number)) for number, (name, content) in named],
        )
    )
