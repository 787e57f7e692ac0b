"""One run of a command and what it took."""

import os
import subprocess
import tempfile
import time
from dataclasses import dataclass


@dataclass
class Run:
    # User + system seconds, of the command and of all that it started and waited for.
    cpu: float
    wall: float
    # KiB of the largest process.
    peak: int
    # Bytes that came out of read calls; what is mapped into memory does not count.
    read: int
    status: int
    output: bytes
    is_stopped: bool

    @staticmethod
    def of(command, limit=None, keeps_output=False):
        if limit is not None:
            command = ["timeout", "--kill-after=5", str(limit), *command]
        with tempfile.NamedTemporaryFile() as peak, tempfile.TemporaryFile() as output:
            # A process forked from this one would begin with its size, so a small program stands between.
            wrapped = ["/usr/bin/time", "-q", "-f", "%M", "-o", peak.name, *command]
            begun = time.perf_counter()
            process = subprocess.Popen(
                wrapped, stdin=subprocess.DEVNULL, stdout=output if keeps_output else subprocess.DEVNULL,
                stderr=subprocess.DEVNULL)
            # It has ended, but is left to be looked at.
            os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
            wall = time.perf_counter() - begun
            read = Run._bytes_read(process.pid)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            output.seek(0)
            return Run(
                cpu=usage.ru_utime + usage.ru_stime, wall=wall, peak=int(peak.read()), read=read,
                status=process.returncode, output=output.read(),
                is_stopped=limit is not None and process.returncode in (124, 137))

    @staticmethod
    def _bytes_read(pid):
        try:
            with open(f"/proc/{pid}/io") as file:
                return int(file.readline().split()[1])
        except (OSError, ValueError, IndexError):
            return 0
