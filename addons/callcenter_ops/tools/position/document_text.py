"""Text of a document as it is compared: plain Python, no database."""

import html
import re

_BLOCK_END = re.compile(r"(?i)<\s*(?:br|/p|/div|/li|/h[1-6]|/tr)\b[^>]*>")
_DROPPED = re.compile(r"(?is)<(script|style)\b.*?</\1\s*>")
_TAG = re.compile(r"</?[A-Za-z!][^<>]*>")
_BLANKS = re.compile(r"[ \t\u00a0]+")
_EMPTY_LINES = re.compile(r"\n{3,}")


def plain_text(value):
    """Text without markup: what is pasted from a web page or an office document.

    Scripts and styles go with their content, block ends become line breaks,
    entities become characters. Text without markup keeps its lines; a lone ``<``
    ("< 5 minutes") is no markup and stays.
    """
    if not value:
        return ""
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    if _TAG.search(text):
        text = _DROPPED.sub("", text)
        text = _BLOCK_END.sub("\n", text)
        text = html.unescape(_TAG.sub("", text))
    lines = (_BLANKS.sub(" ", line).strip() for line in text.split("\n"))
    return _EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()
