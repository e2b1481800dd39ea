"""What a printed page may load: its own server's files and what it carries itself."""

import re

from lxml import html

_LOADING = ("src", "srcset", "href", "xlink:href", "data", "poster", "background")
# Never part of a paper, and each of them loads a page of its own.
_FOREIGN_TAGS = ("iframe", "frame", "object", "embed", "applet", "video", "audio")
_CSS_ADDRESS = re.compile(r"""url\(\s*(['"]?)([^'")]*)\1\s*\)""", re.IGNORECASE)
_CSS_IMPORT = re.compile(r"@import[^;]*;?", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_SPACES = re.compile(r"[\x00-\x20]+")


def is_outside(address, own):
    """Whether ``address`` leads to another server than ``own``, the site's address."""
    address = _SPACES.sub("", address).replace("\\", "/")
    if _SCHEME.match(address):
        own = own.rstrip("/") + "/"
        return not address.lower().startswith(("data:", own.lower()))
    # A browser takes any number of slashes above one for the beginning of a host.
    return address.startswith("//")


def drop_outside_addresses(page, own):
    """``page`` without whatever would be loaded from elsewhere; links to click stay.

    :param page: HTML text
    :param own: address of the site itself, ``https://host:port``
    """
    tree = html.document_fromstring(str(page))
    for element in list(tree.iter(*_FOREIGN_TAGS)):
        element.drop_tree()
    for element in tree.iter("meta"):
        element.attrib.pop("http-equiv", None)
    for element in tree.iter(html.etree.Element):
        _clean_element(element, own)
    return html.tostring(tree, encoding="unicode", doctype="<!DOCTYPE html>")


def _clean_element(element, own):
    attributes = element.attrib
    if element.tag != "a":
        for name in _LOADING:
            if name in attributes and _loads_outside(name, attributes[name], own):
                del attributes[name]
    if "style" in attributes:
        attributes["style"] = _clean_style(attributes["style"], own)
    if element.tag == "style" and element.text:
        element.text = _clean_css(element.text, own)


def _loads_outside(name, value, own):
    addresses = value.split(",") if name == "srcset" else [value]
    return any(is_outside(address.strip(), own) for address in addresses)


def _clean_style(text, own):
    # An escaped letter would hide an address from whoever looks for it.
    return "" if "\\" in text else _clean_css(text, own)


def _clean_css(text, own):
    return _CSS_ADDRESS.sub(
        lambda found: "none" if is_outside(found[2], own) else found[0],
        _CSS_IMPORT.sub("", text),
    )
