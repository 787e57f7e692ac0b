#!/usr/bin/env python3
"""Runs the programs side by side and writes what each took: measure.py FOLDER [--quick]

RUNS and PEER_RUNS say how often; rounds are interleaved, so that a busy minute hits all programs alike.
"""

import glob
import json
import os
import shlex
import shutil
import statistics
import subprocess
import sys

import many
import peers
from run import Run

BENCH = os.path.abspath(sys.argv[1])
IS_QUICK = "--quick" in sys.argv[2:]
RUNS = int(os.environ.get("RUNS", "3"))
PEER_RUNS = max(1, int(os.environ.get("PEER_RUNS", "1")))
PALIMPSEST = os.path.abspath(".build/release/palimpsest")
COLUMNS = ["image", "program", "runs", "size", "cpu", "wall", "peak", "read", "status", "found", "note"]

results = []


def say(text):
    print(f"  {text}", file=sys.stderr, flush=True)


def record(image, program, taken, size=0, found="", note=""):
    """Takes down the medians of several runs; `size` is what the image has, uncompressed."""
    results.append({
        "image": image, "program": program, "runs": len(taken), "size": size,
        "cpu": f"{statistics.median(run.cpu for run in taken):.4f}",
        "wall": f"{statistics.median(run.wall for run in taken):.4f}",
        "peak": max(run.peak for run in taken), "read": max(run.read for run in taken),
        "status": taken[-1].status, "found": found, "note": note,
    })


def palimpsest(*arguments, reports):
    return [PALIMPSEST, *arguments, "--output", f"{BENCH}/reports/{reports}", "--quiet"]


def audit(reference, reports):
    """An audit that looks at every layer itself."""
    return palimpsest("audit", reference, "--as-of", "2026-01-01", "--no-layer-cache", reports=reports)


def audit_again(reference, reports):
    """One that knows what an audit before it saw in the layers."""
    return palimpsest("audit", reference, "--as-of", "2026-01-01", reports=reports)


def evidence(reports):
    return glob.glob(f"{BENCH}/reports/{reports}/*/evidence.json")[0]


def uncompressed(reports):
    with open(evidence(reports)) as file:
        return sum(layer["uncompressedSize"] for layer in json.load(file)["layers"])


def layers(layout):
    """The blobs of a layout that are no documents."""
    return [path for path in glob.glob(f"{BENCH}/{layout}/blobs/sha256/*") if open(path, "rb").read(1) != b"{"]


def unpacking(command, layout):
    """Unpacks every layer of a layout to nowhere, one after the other."""
    return ["sh", "-c", "; ".join(f"{command} < {shlex.quote(path)}" for path in layers(layout))]


def side_by_side(image, reports, programs):
    """Measures programs, each a name and a command, on an image of which there are such reports."""
    taken = {name: [] for name, _ in programs}
    for number in range(RUNS):
        say(f"{image}, round {number + 1} of {RUNS}")
        for name, command in programs:
            taken[name].append(Run.of(command))
    for name, _ in programs:
        record(image, name, taken[name], size=uncompressed(reports))


def root():
    side_by_side("root", "root-gzip", [
        ("palimpsest audit, gzip", audit(f"oci:{BENCH}/root-gzip", "root-gzip")),
        ("gzip -dc", unpacking("gzip -dc", "root-gzip")),
        ("sha256sum, gzip", ["sha256sum", *layers("root-gzip")]),
        ("palimpsest audit, zstd", audit(f"oci:{BENCH}/root-zstd", "root-zstd")),
        ("zstd -dc", unpacking("zstd -dc", "root-zstd")),
        ("palimpsest audit, plain", audit(f"docker-archive:{BENCH}/root-plain.tar", "root-plain")),
        ("sha256sum, plain", ["sha256sum", f"{BENCH}/root.tar"]),
    ])


def layout(image):
    side_by_side(image, image, [
        ("palimpsest audit, gzip", audit(f"oci:{BENCH}/{image}", image)),
        ("gzip -dc", unpacking("gzip -dc", image)),
        ("sha256sum, gzip", ["sha256sum", *layers(image)]),
    ])


def repeated():
    """Without and with what an earlier audit left behind: compiled patterns, and what layers held."""
    say("first and second audit")
    shutil.rmtree(f"{BENCH}/cache/palimpsest", ignore_errors=True)
    command = audit_again(f"oci:{BENCH}/root-gzip", "root-gzip")
    record("root", "first audit", [Run.of(command)])
    record("root", "second audit", [Run.of(command) for _ in range(RUNS)])


def small():
    say("start-up and small images")
    record("", "--version", [Run.of([PALIMPSEST, "--version"]) for _ in range(20)])
    for image in ["small", "demo"]:
        taken = [Run.of(audit(f"oci:{BENCH}/{image}", image)) for _ in range(max(RUNS, 5))]
        record(image, "audit, warm", taken, size=uncompressed(image))
    shutil.rmtree(f"{BENCH}/cache/palimpsest")
    record("demo", "audit, cold", [Run.of(audit_again(f"oci:{BENCH}/demo", "demo"))])


def stored(count):
    """Evidence of so many images: that of a small one and of the demo, in turn, each under a name of its own."""
    documents = [json.load(open(evidence(name))) for name in ["small", "demo"]]
    os.makedirs(f"{BENCH}/stored", exist_ok=True)
    names = []
    for number in range(count):
        document = documents[number % len(documents)]
        document["image"]["name"] = f"fleet/app-{number}"
        names.append(f"{BENCH}/stored/{number:04}.json")
        with open(names[-1], "w", encoding="utf-8") as file:
            file.write(many.summed(document))
    return names


def judging():
    """Many findings into reports, and a policy held against many stored images."""
    say("reports and policy")
    Run.of(palimpsest("inspect", f"oci:{BENCH}/leaks", reports="leaks"))
    for count in [10_000] if IS_QUICK else [10_000, 100_000, 1_000_000]:
        reporting(count)
    other_reports(10_000)
    documents = stored(1000)
    command = palimpsest(
        "evaluate", *documents, "--as-of", "2026-01-01", "--format", "openmetrics", reports="stored")
    record("stored", "policy over 1,000 stored images", [Run.of(command)])
    options = [word for document in documents for word in ("--evidence", document)]
    command = [PALIMPSEST, "policy", "diff", "baseline", "strict", *options, "--as-of", "2026-01-01"]
    record("stored", "policy diff over 1,000 stored images", [Run.of(command)])


def reporting(count):
    """From stored evidence to reports: reading it and judging it are in the figure, looking at the image is not."""
    path = f"{BENCH}/{count}-findings.json"
    if not os.path.exists(path):
        say(f"making {count} findings up")
        many.evidence(evidence("leaks"), path, count)
    command = palimpsest(
        "evaluate", path, "--as-of", "2026-01-01", "--format", "html,junit,markdown,evidence,assessment",
        reports="many")
    taken = [Run.of(command) for _ in range(RUNS if count == 10_000 else 1)]
    size = os.path.getsize(glob.glob(f"{BENCH}/reports/many/*/report.html")[0])
    shutil.rmtree(f"{BENCH}/reports/many")
    record("leaks", f"{count} findings to reports", taken, note=f"{size}")


def other_reports(count):
    """The same number of results of OpenSCAP, from its own document to its one report."""
    name = f"oscap xccdf generate report, {count} results"
    if shutil.which("oscap") is None:
        results.append({"image": "leaks", "program": name, "note": "not installed"})
        return
    say(name)
    document, page = f"{BENCH}/{count}-results.xml", f"{BENCH}/{count}-results.html"
    many.xccdf(document, count)
    taken = Run.of(["oscap", "xccdf", "generate", "report", "--output", page, document])
    record("leaks", name, [taken], note=f"{os.path.getsize(page)}")


def programs():
    """Whatever is installed: on the demo image for what it finds, on the root file system for what it takes."""
    for peer in peers.all():
        if not peer.is_installed:
            results.append({"image": "root", "program": peer.name, "note": "not installed"})
            continue
        say(peer.name)
        found = peer.finds(f"{BENCH}/demo")
        command = peer.command(f"{BENCH}/root")
        taken = [Run.of(command, limit=peers.LIMIT) for _ in range(PEER_RUNS)]
        note = "stopped" if taken[-1].is_stopped else peer.reads
        record("root", peer.name, taken, size=uncompressed("root-gzip"), found=found, note=note)


def write():
    with open(f"{BENCH}/results.tsv", "w") as file:
        print(*COLUMNS, sep="\t", file=file)
        for row in results:
            print(*[row.get(column, "") for column in COLUMNS], sep="\t", file=file)


def main():
    os.environ.update(peers.environment(BENCH))
    for form, options in [("demo", []), ("demo-plain.tar", ["--format", "docker-archive", "--compression", "none"])]:
        if not os.path.exists(f"{BENCH}/{form}"):
            subprocess.check_call([".build/release/demo-image", f"{BENCH}/{form}", *options])
    repeated()
    root()
    small()
    judging()
    programs()
    if not IS_QUICK:
        for image in ["eight-layers", "small-files", "one-file"]:
            layout(image)
    write()


main()
