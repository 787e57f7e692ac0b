#!/usr/bin/env python3
"""Runs the programs side by side and writes what they took: measure.py FOLDER [--quick]

RUNS and PEER_RUNS say how often; the rounds are interleaved, so that a busy minute hits all alike.
"""

import glob
import json
import os
import shlex
import shutil
import statistics
import subprocess
import sys

import peers
from run import Run

BENCH = os.path.abspath(sys.argv[1])
IS_QUICK = "--quick" in sys.argv[2:]
RUNS = int(os.environ.get("RUNS", "3"))
PEER_RUNS = int(os.environ.get("PEER_RUNS", "1"))
PALIMPSEST = os.path.abspath(".build/release/palimpsest")
DEMO = os.path.abspath(".build/release/demo-image")

results = []


def say(text):
    print(text, file=sys.stderr, flush=True)


def record(image, program, taken, note="", size=0):
    """Takes down the medians of several runs; `size` is what the image has, uncompressed."""
    results.append({
        "image": image, "program": program, "runs": len(taken), "size": size,
        "cpu": f"{statistics.median(run.cpu for run in taken):.4f}",
        "wall": f"{statistics.median(run.wall for run in taken):.4f}",
        "peak": max(run.peak for run in taken), "read": max(run.read for run in taken),
        "status": taken[-1].status, "note": note,
    })


def audit(reference, reports, *more):
    return [PALIMPSEST, "audit", reference, "--as-of", "2026-01-01", "--output", f"{BENCH}/reports/{reports}",
            "--quiet", *more]


def blobs(layout):
    paths = glob.glob(f"{BENCH}/{layout}/blobs/sha256/*")
    return [path for path in paths if open(path, "rb").read(1) != b"{"]


def unpacking(command, layout):
    """Unpacks every layer of a layout to nowhere, one after the other."""
    return ["sh", "-c", "; ".join(f"{command} < {shlex.quote(path)}" for path in blobs(layout))]


def uncompressed(reports):
    with open(glob.glob(f"{BENCH}/reports/{reports}/*/evidence.json")[0]) as file:
        return sum(layer["uncompressedSize"] for layer in json.load(file)["layers"])


def measure(image, programs, runs):
    """Interleaves `runs` rounds of the programs: (name, command, reports of an audit or None)."""
    taken = {name: [] for name, _, _ in programs}
    for number in range(runs):
        for name, command, _ in programs:
            say(f"  {image}, round {number + 1} of {runs}: {name}")
            taken[name].append(Run.of(command))
    size = max(uncompressed(reports) for _, _, reports in programs if reports)
    for name, _, _ in programs:
        record(image, name, taken[name], size=size)


def root():
    measure("root", [
        ("palimpsest audit, gzip layer", audit(f"oci:{BENCH}/root-gzip", "root-gzip"), "root-gzip"),
        ("gzip -dc", unpacking("gzip -dc", "root-gzip"), None),
        ("sha256sum, gzip layer", ["sha256sum", *blobs("root-gzip")], None),
        ("palimpsest audit, zstd layer", audit(f"oci:{BENCH}/root-zstd", "root-zstd"), "root-zstd"),
        ("zstd -dc", unpacking("zstd -dc", "root-zstd"), None),
        ("palimpsest audit, plain layer", audit(f"docker-archive:{BENCH}/root-plain.tar", "root-plain"), "root-plain"),
        ("sha256sum, plain layer", ["sha256sum", f"{BENCH}/root.tar"], None),
    ], RUNS)


def layers(image):
    measure(image, [
        ("palimpsest audit", audit(f"oci:{BENCH}/{image}", image), image),
        ("gzip -dc", unpacking("gzip -dc", image), None),
        ("sha256sum", ["sha256sum", *blobs(image)], None),
    ], RUNS)


def again():
    """Without and with what an earlier audit leaves behind."""
    shutil.rmtree(f"{BENCH}/cache", ignore_errors=True)
    command = audit(f"oci:{BENCH}/root-gzip", "root-gzip")
    say("  second audit")
    record("root", "first audit ever", [Run.of(command)])
    record("root", "second audit, layers unchanged", [Run.of(command) for _ in range(RUNS)])


def small():
    say("  start-up and small images")
    record("", "--version", [Run.of([PALIMPSEST, "--version"]) for _ in range(20)])
    for image, reference in [("small", f"{BENCH}/small"), ("demo", f"{BENCH}/demo")]:
        Run.of(audit(f"oci:{reference}", image))
        taken = [Run.of(audit(f"oci:{reference}", image)) for _ in range(5)]
        record(image, "audit, warm", taken, size=uncompressed(image))


def reports():
    """10,000 findings into every format, and a policy held against 1,000 stored images."""
    say("  reports and policy")
    Run.of([PALIMPSEST, "inspect", f"oci:{BENCH}/leaks", "--output", f"{BENCH}/reports/stored", "--quiet"])
    leaks = glob.glob(f"{BENCH}/reports/stored/leaks*/evidence.json")[0]
    command = [PALIMPSEST, "evaluate", leaks, "--as-of", "2026-01-01", "--output", f"{BENCH}/reports/many", "--quiet"]
    taken = [Run.of(command) for _ in range(RUNS)]
    html = os.path.getsize(glob.glob(f"{BENCH}/reports/many/*/report.html")[0])
    record("leaks", "10,000 findings to all formats", taken, f"{html}")
    demo = glob.glob(f"{BENCH}/reports/demo/*/evidence.json")[0]
    command = [PALIMPSEST, "evaluate", *[demo] * 1000, "--as-of", "2026-01-01", "--output", f"{BENCH}/reports/many",
               "--format", "assessment", "--quiet"]
    record("demo", "policy over 1,000 stored images", [Run.of(command)])


def others():
    """What else is installed, on the demo image for what it finds and on the root file system for what it takes."""
    for peer in peers.all(BENCH):
        if not peer.is_installed:
            results.append({"image": "root", "program": peer.name, "note": "not installed"})
            continue
        say(f"  {peer.name}")
        found = peer.finds(f"{BENCH}/demo")
        taken = [Run.of(peer.command(f"{BENCH}/root"), limit=peers.LIMIT) for _ in range(PEER_RUNS)]
        stopped = f", stopped after {peers.LIMIT} s" if taken[-1].status < 0 else ""
        record("root", peer.name, taken, f"{found}{stopped}")


def main():
    os.environ.update(peers.environment(BENCH))
    if not os.path.exists(f"{BENCH}/demo"):
        subprocess.check_call([DEMO, f"{BENCH}/demo"])
        subprocess.check_call([DEMO, f"{BENCH}/demo-plain.tar", "--format", "docker-archive", "--compression", "none"])
    again()
    root()
    small()
    reports()
    others()
    if not IS_QUICK:
        for image in ["eight-layers", "small-files", "one-file"]:
            layers(image)
    columns = ["image", "program", "runs", "size", "cpu", "wall", "peak", "read", "status", "note"]
    with open(f"{BENCH}/results.tsv", "w") as file:
        print(*columns, sep="\t", file=file)
        for row in results:
            print(*[row.get(column, "") for column in columns], sep="\t", file=file)


main()
