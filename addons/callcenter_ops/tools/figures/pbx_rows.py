"""Rows of a PBX's journal of incoming calls: cleaned and checked."""

import re
from datetime import datetime, time, timedelta

from ..clients.phone_parse import PhoneError, parse_phones
from ..imports.cell_values import CellError, check_text, clean_text, parse_day
from ..imports.row_problems import ParsedRow

_CLOCK = re.compile(r"^(?:(\d{1,2}):)?(\d{1,3}):(\d{2})(?:[.,]\d+)?$")
_NUMBER = re.compile(r"^(\d{1,6})(?:[.,]\d+)?$")
_DAY_TIME = re.compile(r"^(\S+?)[T\s]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?$")
_LONGEST = 86_400
_LENGTHS = {"line": 60, "ident": 120}
# As PBXs and people write it; what begins otherwise says nothing.
_YES = re.compile(
    r"^(?:answered|bridged|complete|connect|да|yes|true|1|отвеч|принят|состоял)"
)
_NO = re.compile(
    r"^(?:no|busy|fail|cancel|abandon|miss|congest|chanunavail|exit|ring|transferfail"
    r"|нет|false|0|не |неотвеч|пропущ|потер|занят|перегруз|сброш|отмен)"
)


def parse_pbx_call(line, cells, now):
    """One incoming call of the journal.

    The waiting time is given, or is the whole duration without the conversation.

    A PBX that answers by itself, to let the caller wait in a queue, says “answered” of
    whoever gave up there too: where the journal tells who spoke, nobody means lost.

    :param cells: texts by target column
    :param datetime now: the call centre's wall clock; a later call is a fault
    :return: ``ParsedRow`` with ``started`` (naive local datetime), ``ident``,
        ``phone`` (E.164, empty for a hidden number), ``line``, ``wait`` and ``talk``
        in seconds, ``is_answered``
    """
    row = ParsedRow(line)
    for target in ("line", "ident"):
        if cells.get(target, "").strip():
            _read(row, target, check_text, cells[target], _LENGTHS[target])
    _read_moment(row, cells, now)
    _read_phone(row, cells)
    _read_seconds(row, cells)
    _read_answer(row, cells)
    _read_peer(row, cells)
    if row.is_loadable:
        row.values.setdefault("ident", _name(row.values, cells))
    return row


def parse_moment(text):
    """A day and time as PBXs write it: ``2026-03-05 09:12:44``.

    :raises CellError: ``bad_moment``
    """
    found = _DAY_TIME.match(clean_text(text))
    if not found:
        raise CellError("bad_moment", text)
    day, *clock = found.groups()
    try:
        return datetime.combine(
            parse_day(day), time(*(int(part or 0) for part in clock))
        )
    except ValueError as error:
        raise CellError("bad_moment", text) from error


def parse_seconds(text):
    """Seconds of ``75``, ``1:15`` or ``0:01:15``.

    :raises CellError: ``bad_seconds``
    """
    text = clean_text(text)
    if found := _NUMBER.match(text):
        seconds = int(found[1])
    elif found := _CLOCK.match(text):
        hours, minutes, rest = (int(part or 0) for part in found.groups())
        seconds = 3600 * hours + 60 * minutes + rest
    else:
        raise CellError("bad_seconds", text)
    if seconds > _LONGEST:
        raise CellError("bad_seconds", text)
    return seconds


def _read(row, target, check, *args):
    try:
        row.values[target] = check(*args)
    except CellError as error:
        row.add(error.code, target, error.text)


def _read_moment(row, cells, now):
    _read(row, "started", parse_moment, cells.get("started", ""))
    # A minute is left for clocks that differ.
    if row.values.get("started", now) > now + timedelta(minutes=1):
        row.add("future_moment", "started", cells["started"])


def _read_phone(row, cells):
    """The caller; a hidden or foreign spelling leaves him unknown."""
    text = cells.get("phone", "").strip()
    if text:
        try:
            row.values["phone"] = parse_phones(text)[0].e164
        except PhoneError as error:
            row.add(f"phone_{error.code}", "phone", error.text, blocking=False)


def _read_seconds(row, cells):
    for target in ("wait", "talk", "total"):
        if cells.get(target, "").strip():
            _read(row, target, parse_seconds, cells[target])
    values = row.values
    values.setdefault("talk", 0)
    if "wait" not in values and "total" in values:
        values["wait"] = values["total"] - values["talk"]
    if row.is_loadable and values.get("wait", -1) < 0:
        row.add("no_wait", "wait")


def _read_answer(row, cells):
    """What the journal says, or whether there was a conversation."""
    text = clean_text(cells.get("answered", "")).lower().replace("ё", "е")
    if not text:
        row.values["is_answered"] = row.values["talk"] > 0
    elif _YES.match(text) or _NO.match(text):
        row.values["is_answered"] = bool(_YES.match(text))
    else:
        row.add("bad_answer", "answered", text)


def _read_peer(row, cells):
    """Without anybody who spoke there was no conversation, only waiting."""
    if "peer" not in cells or cells["peer"].strip() or not row.is_loadable:
        return
    values = row.values
    if values["is_answered"]:
        values["wait"] += values["talk"]
        values |= {"talk": 0, "is_answered": False}


def merge_legs(one, other):
    """One call of two lines of a journal that ring different people for it.

    :param one: ``started`` (datetime), ``wait`` and ``talk`` in seconds,
        ``is_answered``
    :return: the same of the call: from its first ring to its answer
    """
    started = min(one["started"], other["started"])
    answered = [leg for leg in (one, other) if leg["is_answered"]]
    legs = answered or [one, other]
    waited = max(leg["started"] + timedelta(seconds=leg["wait"]) for leg in legs)
    return {
        "started": started,
        "wait": int((waited - started).total_seconds()),
        "talk": max(leg["talk"] for leg in legs),
        "is_answered": bool(answered),
    }


def _name(values, cells):
    """What tells a call from others where the PBX gives it no name."""
    caller = values.get("phone") or clean_text(cells.get("phone", ""))[:30]
    return "/".join([values["started"].isoformat(), caller, values.get("line", "")])
