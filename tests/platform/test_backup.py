"""What was saved comes back whole; what is damaged is refused."""

import os
from pathlib import Path

import psycopg2
import pytest
from commands import PLATFORM, command

DATABASE = os.environ.get("TEST_DATABASE", "")
COPY = f"{DATABASE}_copy"[-50:].lstrip("_-0123456789")
FILESTORE = Path(PLATFORM) / "data" / "filestore"
pytestmark = pytest.mark.skipif(not DATABASE, reason="runs under bin/test")


IDENTITY = "SELECT oid FROM pg_database WHERE datname = %s"


def rows(database, query, *parameters):
    connection = psycopg2.connect(dbname=database)
    try:
        with connection.cursor() as cursor:
            cursor.execute(query, parameters or None)
            return cursor.fetchall()
    finally:
        connection.close()


def contents(database):
    """Names and sizes of what a database and its filestore hold."""
    tables = rows(
        database,
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = "
        "'public'::regnamespace ORDER BY relname",
    )
    attachments = rows(
        database,
        "SELECT store_fname, file_size FROM ir_attachment "
        "WHERE store_fname IS NOT NULL ORDER BY store_fname",
    )
    missing = [name for name, _size in attachments if not file_of(database, name)]
    return tables, attachments, missing


def file_of(database, name):
    path = FILESTORE / database / name
    return path.is_file() and path.stat().st_size


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    result = command("bin/backup", DATABASE, tmp_path_factory.mktemp("backups"))
    assert result.returncode == 0, result.stderr
    return Path(result.stdout.strip())


@pytest.fixture
def restored():
    yield
    connection = psycopg2.connect(dbname="postgres")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{COPY}" WITH (FORCE)')
    connection.close()
    command("rm", "-rf", FILESTORE / COPY)


def test_a_backup_restored_elsewhere_holds_the_same(archive, restored):
    result = command("bin/restore", archive, COPY)
    assert result.returncode == 0, result.stderr
    tables, attachments, missing = contents(COPY)
    assert missing == []
    assert attachments
    assert (tables, attachments) == contents(DATABASE)[:2]


def test_an_existing_database_is_not_overwritten(archive):
    before = rows(
        DATABASE, "SELECT oid FROM pg_database WHERE datname = current_database()"
    )
    result = command("bin/restore", archive)
    assert result.returncode == 1
    assert f"the database {DATABASE} exists" in result.stderr
    after = rows(
        DATABASE, "SELECT oid FROM pg_database WHERE datname = current_database()"
    )
    assert after == before


def test_a_damaged_backup_is_refused_and_makes_no_database(archive, tmp_path):
    damaged = tmp_path / archive.name
    content = bytearray(archive.read_bytes())
    place = content.index(b"PGDMP") + 5000
    content[place] ^= 0xFF
    damaged.write_bytes(content)
    result = command("bin/restore", damaged, COPY)
    assert result.returncode == 1
    assert "checksums do not match" in result.stderr
    assert rows("postgres", IDENTITY, COPY) == []


def test_old_backups_go_and_the_newest_stays(tmp_path):
    week_ago = 1_700_000_000
    for day in range(1, 4):
        path = tmp_path / f"{DATABASE}-2023010{day}T000000Z.tar"
        path.touch()
        os.utime(path, (week_ago, week_ago))
    other = tmp_path / "other-20230101T000000Z.tar"
    other.touch()
    os.utime(other, (week_ago, week_ago))
    result = command("bin/backup", DATABASE, tmp_path, KEEP_DAYS="7")
    assert result.returncode == 0, result.stderr
    assert sorted(tmp_path.iterdir()) == sorted([other, Path(result.stdout.strip())])
