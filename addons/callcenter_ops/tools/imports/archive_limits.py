"""What an archive would unpack to, asked before anything is unpacked."""

import zipfile

from .table_error import TableError

# An honest sheet of a million rows unpacks to less; parts that are parsed as one
# tree (styles, workbook) are small in honest files.
MAX_UNPACKED = 2 << 30
MAX_TREE_PART = 8 << 20
MAX_RATIO = 150
MIN_BOMB = 16 << 20
MAX_PARTS = 10_000
# Parts that hold rows or texts: they may be large.
_LARGE = ("xl/worksheets/", "xl/sharedstrings", "xl/media/", "content.xml", "pictures/")


def list_parts(path):
    """``{name in small letters with slashes: size}`` of an archive that is no bomb.

    The sizes it states are the most that is ever unpacked from it.

    :raises TableError: damaged_archive, archive_bomb
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise TableError("damaged_archive") from error
    total = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or total > MAX_UNPACKED:
        raise TableError("archive_bomb")
    sizes = {}
    for part in parts:
        name = part.filename.replace("\\", "/").lower()
        sizes[name] = part.file_size
        _refuse_bomb(name, part)
    return sizes


def _refuse_bomb(name, part):
    is_large = name.startswith(_LARGE)
    if not is_large and part.file_size > MAX_TREE_PART:
        raise TableError("archive_bomb")
    if part.file_size > max(MIN_BOMB, part.compress_size * MAX_RATIO):
        raise TableError("archive_bomb")


def measure_archive(path):
    """Bytes that reading the workbook means to unpack and parse.

    :raises TableError: damaged_archive, archive_bomb
    """
    parts = list_parts(path)
    return sum(size for name, size in parts.items() if "/media/" not in name)
