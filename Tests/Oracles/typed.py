#!/usr/bin/env python3
"""Runs a program on a terminal of its own, and types an answer at each question that ends in `: `.

usage: typed.py ANSWERS PROGRAM ARGUMENT...    the answers stand between `/`; exits as the program does
"""
import os
import pty
import select
import sys

answers, *command = sys.argv[1:]
child, terminal = pty.fork()
if child == 0:
    os.execv(command[0], command)
waiting = answers.split("/")
shown = b""
while select.select([terminal], [], [], 60)[0]:
    try:
        piece = os.read(terminal, 4096)
    except OSError:
        break
    if not piece:
        break
    sys.stdout.buffer.write(piece)
    shown += piece
    if shown.endswith(b": ") and waiting:
        os.write(terminal, waiting.pop(0).encode() + b"\n")
        shown = b""
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
