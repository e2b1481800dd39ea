"""Processor time of a server under load: steadier than its rate on a busy machine."""

import os
import subprocess

_TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


def spent(pid, database):
    """Seconds so far ``(server, PostgreSQL)``.

    :param pid: the server's first process, whose group holds its workers
    :param database: whose backends of PostgreSQL count
    """
    listed = subprocess.run(
        ["ps", "-eo", "pid=,pgid=,args="], capture_output=True, text=True, check=True
    )
    server = backends = 0
    for line in listed.stdout.splitlines():
        number, group, command = line.split(None, 2)
        if int(group) == pid:
            server += _ticks(number)
        elif command.startswith("postgres:") and database in command:
            backends += _ticks(number)
    return server / _TICKS_PER_SECOND, backends / _TICKS_PER_SECOND


def _ticks(pid):
    """Own time and that of ended children, in the kernel's ticks; 0 if it is gone."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as stream:
            fields = stream.read().rpartition(")")[2].split()
    except OSError:
        return 0
    return sum(map(int, fields[11:15]))
