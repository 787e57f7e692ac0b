"""One run of a command and what it took."""

import os
import signal
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
    # The exit status; negative where it was stopped.
    status: int
    output: bytes = b""

    @staticmethod
    def of(command, limit=None, keeps_output=False):
        with tempfile.NamedTemporaryFile() as peak, tempfile.TemporaryFile() as output:
            # A process forked from this one would begin with its size, so a small program stands between.
            wrapped = ["/usr/bin/time", "-q", "-f", "%M", "-o", peak.name, *command]
            begun = time.perf_counter()
            process = subprocess.Popen(
                wrapped, stdin=subprocess.DEVNULL, stdout=output if keeps_output else subprocess.DEVNULL,
                stderr=subprocess.DEVNULL, start_new_session=True)
            stopped = Run._wait(process.pid, limit)
            wall = time.perf_counter() - begun
            read = Run._bytes_read(process.pid)
            _, status, usage = os.wait4(process.pid, 0)
            # It is gone, which its own bookkeeping does not know.
            process.returncode = 0
            output.seek(0)
            return Run(
                cpu=usage.ru_utime + usage.ru_stime, wall=wall, peak=int(peak.read() or usage.ru_maxrss), read=read,
                status=-1 if stopped else os.waitstatus_to_exitcode(status), output=output.read())

    @staticmethod
    def _wait(pid, limit):
        """Waits until the process ended, but leaves it to be looked at; ends it and its children at the limit."""
        if limit is None:
            os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
            return False
        end = time.monotonic() + limit
        while time.monotonic() < end:
            if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT | os.WNOHANG):
                return False
            time.sleep(0.02)
        os.killpg(pid, signal.SIGKILL)
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        return True

    @staticmethod
    def _bytes_read(pid):
        try:
            with open(f"/proc/{pid}/io") as file:
                return int(file.readline().split()[1])
        except (OSError, ValueError, IndexError):
            return 0
