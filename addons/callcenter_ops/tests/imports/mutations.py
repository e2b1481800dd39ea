"""Files spoilt at random, the same ones for the same seed."""

import io
import os
import random
import zipfile

# A run of the whole suite spoils so many; ``FILES`` asks for more.
FILES = int(os.environ.get("FILES", "200"))
SECONDS = 5


def spoil(content, chance):
    """``content`` with some of its bytes changed, cut, doubled or put in.

    :param random.Random chance: what is spoilt
    """
    if content[:2] == b"PK" and chance.random() < 0.7:
        return _spoil_inside(content, chance)
    return _spoil_bytes(content, chance)


def spoil_many(samples, count, seed=1):
    """``(number, spoilt file)``, drawn from ``samples``."""
    for number in range(count):
        chance = random.Random(f"{seed}/{number}")
        yield number, spoil(chance.choice(samples), chance)


def _spoil_inside(content, chance):
    """One part of an archive spoilt, the archive whole."""
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    name = chance.choice(sorted(parts))
    parts[name] = _spoil_bytes(parts[name], chance)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in parts.items():
            target.writestr(name, part)
    return stream.getvalue()


def _spoil_bytes(content, chance):
    spoilt = bytearray(content)
    for _time in range(chance.randint(1, 6)):
        at = chance.randrange(len(spoilt) + 1)
        end = min(len(spoilt), at + chance.choice((1, 2, 8, 64, 1024)))
        change = chance.choice(("change", "cut", "double", "put", "end"))
        if change == "change":
            spoilt[at:end] = chance.randbytes(end - at)
        elif change == "cut":
            del spoilt[at:end]
        elif change == "double":
            spoilt[at:at] = spoilt[at:end] * chance.randint(1, 50)
        elif change == "put":
            signs = (b"\0", b'"', b";", b"\r\n", b"<", b"]]>", b"9999999999", b"\xff")
            spoilt[at:at] = chance.choice(signs) * chance.randint(1, 20)
        else:
            del spoilt[at:]
    return bytes(spoilt)
