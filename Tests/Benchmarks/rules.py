#!/usr/bin/env python3
"""How fast layers are searched with few rules and with many: rules.py FOLDER

The same audit of the same plain layers, once for each number of rules. Those that are left out are switched off by an
override, so anybody can do the same: --detectors FILE. RUNS says how often; rounds are interleaved.
"""

import json
import glob
import os
import statistics
import subprocess
import sys

import peers
from run import Run

BENCH = os.path.abspath(sys.argv[1])
RUNS = int(os.environ.get("RUNS", "3"))
PALIMPSEST = os.path.abspath(".build/release/palimpsest")
NUMBERS = [60, 250]
IMAGE = f"docker-archive:{BENCH}/root-plain.tar"


def ids():
    lines = subprocess.check_output([PALIMPSEST, "detectors", "list"], text=True).splitlines()
    return [line.split()[0] for line in lines]


def selection(number, rules):
    """Switches off all but so many of the rules, evenly spread over their ids, so that every kind is among them."""
    kept = {rules[place * len(rules) // number] for place in range(number)}
    path = f"{BENCH}/rules-{number}.yaml"
    with open(path, "w") as file:
        print("apiVersion: palimpsest/v1\nkind: Detectors\noverrides:", file=file)
        for rule in rules:
            if rule not in kept:
                print(f"  - {{id: {rule}, disabled: true, reason: measured without it}}", file=file)
    return ["--detectors", path]


def command(options, reports):
    return [
        PALIMPSEST, "audit", IMAGE, "--as-of", "2026-01-01", "--quiet", "--output", f"{BENCH}/reports/{reports}",
        *options]


def main():
    os.environ.update(peers.environment(BENCH))
    rules = ids()
    commands = {number: command(selection(number, rules), f"rules-{number}") for number in NUMBERS}
    commands[len(rules)] = command([], "rules-all")
    for number in commands:
        print(f"  compiling {number} rules", file=sys.stderr, flush=True)
        Run.of(commands[number])
    taken = {number: [] for number in commands}
    for number in range(RUNS):
        print(f"  round {number + 1} of {RUNS}", file=sys.stderr, flush=True)
        for rule_count in commands:
            taken[rule_count].append(Run.of(commands[rule_count]))
    with open(glob.glob(f"{BENCH}/reports/rules-all/*/evidence.json")[0]) as file:
        size = sum(layer["uncompressedSize"] for layer in json.load(file)["layers"])
    print(f"Plain layers of {size / 1e6:.0f} MB, everything on, start-up and reports included; medians of {RUNS}:")
    for rule_count, runs in taken.items():
        cpu = statistics.median(run.cpu for run in runs)
        print(f"  {rule_count:4} rules  {cpu:6.2f} CPU s  {size / 1e6 / cpu:6.0f} MB per CPU second")


main()
