#!/usr/bin/env python3
"""Prints results.tsv with the ratios and budgets that follow from it: table.py FOLDER [--markdown]"""

import csv
import os
import sys

BENCH = sys.argv[1]
IS_MARKDOWN = "--markdown" in sys.argv[2:]
IMAGES = {
    "root": "Debian root file system, one layer",
    "eight-layers": "eight layers",
    "small-files": "100,000 small files in one layer",
    "one-file": "one file of 2 GB in one layer",
}


class Result:
    def __init__(self, row):
        self.image, self.program, self.note, self.found = row["image"], row["program"], row["note"], row["found"]
        self.runs = int(row["runs"] or 0)
        self.cpu, self.wall = float(row["cpu"] or 0), float(row["wall"] or 0)
        self.peak, self.read, self.size = int(row["peak"] or 0), int(row["read"] or 0), int(row["size"] or 0)


def load():
    with open(BENCH + "/results.tsv") as file:
        return [Result(row) for row in csv.DictReader(file, delimiter="\t")]


results = load()


def of(image, program):
    return next((row for row in results if (row.image, row.program) == (image, program) and row.runs), None)


def table(title, columns, rows):
    """Prints rows of text under columns, of which the first is put to the left and the others to the right."""
    print(f"### {title}\n" if IS_MARKDOWN else title)
    lines = [columns, *rows]
    if IS_MARKDOWN:
        print("|", " | ".join(columns), "|\n|---|" + "---:|" * (len(columns) - 1))
        for row in rows:
            print("|", " | ".join(row), "|")
    else:
        widths = [max(len(row[index]) for row in lines) for index in range(len(columns))]
        for row in lines:
            cells = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])]
            print("  " + "  ".join([row[0].ljust(widths[0]), *cells]).rstrip())
    print()


def ratio(value, other):
    return f"{value / other:.2f}" if other else "-"


def measured(image):
    gzip = of(image, "gzip -dc")
    rows = []
    names = ["palimpsest audit, gzip", "gzip -dc", "sha256sum, gzip", "palimpsest audit, zstd", "zstd -dc",
             "palimpsest audit, plain", "sha256sum, plain"]
    for row in filter(None, [of(image, name) for name in names]):
        rows.append([
            row.program, f"{row.cpu:.2f}", f"{row.wall:.2f}", f"{row.peak / 1024:.1f}",
            f"{row.size / row.cpu / 1e6:.0f}", ratio(row.cpu, gzip.cpu), ratio(row.wall, row.cpu)])
    title = f"{IMAGES[image]}: {gzip.size / 1e6:.0f} MB, median of {gzip.runs}"
    if image == "root" and os.path.exists(BENCH + "/root.synthetic"):
        title = title.replace("Debian", "Made-up")
    table(title, ["program", "CPU s", "wall s", "peak MiB", "MB per CPU s", "CPU / gzip -dc", "wall / CPU"], rows)


def side_by_side():
    own = of("root", "palimpsest")
    rows = []
    for row in results:
        if row.image != "root" or not (row.found or row.note == "not installed"):
            continue
        if not row.runs:
            rows.append([row.program, "not installed", *[""] * 5])
        elif row.note == "stopped":
            rows.append([row.program, "stopped", f"> {row.wall:.0f}", "", "", "", row.found])
        else:
            rows.append([
                row.program, f"{row.cpu:.2f}", f"{row.wall:.2f}", f"{row.peak / 1024:.0f}", f"{row.read / 1e6:.0f}",
                ratio(row.cpu, own.cpu), row.found])
    table(
        f"Others on the same {own.size / 1e6:.0f} MB, not compressed; what they find is in the demo image",
        ["program", "CPU s", "wall s", "peak MiB", "MB read", "CPU / ours", "finds"], rows)


def budgets():
    rows = []

    def budget(what, limit, value, unit="", digits=2, is_least=False):
        if value is None:
            return
        is_met = value >= limit if is_least else value <= limit
        sign = ">=" if is_least else "<="
        rows.append([what, f"{sign} {limit:g}{unit}", f"{value:.{digits}f}{unit}", "yes" if is_met else "NO"])

    gzips = [(of(image, "palimpsest audit, gzip"), of(image, "gzip -dc"), image) for image in IMAGES]
    for ours, gzip, image in gzips:
        if ours:
            budget(f"CPU / gzip -dc: {image}", 0.6, ours.cpu / gzip.cpu)
    plain, kingfisher = of("root", "palimpsest audit, plain"), of("root", "Kingfisher")
    budget("plain layers, MB per CPU second", 230, plain.size / plain.cpu / 1e6, digits=0, is_least=True)
    if kingfisher and kingfisher.note != "stopped":
        budget("CPU / Kingfisher's: plain layers", 0.25, plain.cpu / kingfisher.cpu)
    for ours, _, image in gzips:
        if ours:
            budget(f"wall / CPU on {os.cpu_count()} cores: {image}", 0.6, ours.wall / ours.cpu)
    audits = [row for row in results if row.program.startswith("palimpsest audit")]
    budget("largest peak memory", 96, max(row.peak for row in audits) / 1024, " MiB", 0)
    first, second = of("root", "first audit"), of("root", "second audit")
    budget("second audit / first, wall", 0.05, second.wall / first.wall)
    budget("second audit, wall", 0.15, second.wall, " s")
    budget("start-up, wall", 20, of("", "--version").wall * 1000, " ms", 0)
    budget("audit of a 10 MB image, warm, wall", 150, of("small", "audit, warm").wall * 1000, " ms", 0)
    many = of("leaks", "10000 findings to reports")
    budget("10,000 findings to reports, CPU", 0.5, many.cpu, " s")
    budget("10,000 findings to reports, memory", 64, many.peak / 1024, " MiB", 0)
    budget("10,000 findings, size of the HTML", 6, int(many.note) / 1e6, " MB", 1)
    for what in ["policy over 1,000 stored images", "policy diff over 1,000 stored images"]:
        budget(f"{what}, CPU", 5, of("stored", what).cpu, " s", 1)
    table("Budgets", ["what", "budget", "measured", "met"], rows)

    warm, cold = of("demo", "audit, warm"), of("demo", "audit, cold")
    print(f"The demo image takes {cold.wall:.2f} s and {cold.cpu:.2f} s of CPU while its patterns are compiled, "
          f"{warm.wall:.2f} s and {warm.cpu:.2f} s with them kept.")


def reports():
    """Ours in every usual format, beside the one page of another."""
    rows = []
    for row in results:
        if row.image != "leaks":
            continue
        if row.runs:
            rows.append([
                row.program, f"{row.cpu:.2f}", f"{row.wall:.2f}", f"{row.peak / 1024:.0f}",
                f"{int(row.note) / 1e6:.1f}"])
        else:
            rows.append([row.program, row.note, "", "", ""])
    table("Results to reports", ["program", "CPU s", "wall s", "peak MiB", "MB of HTML"], rows)


def main():
    for image in IMAGES:
        if of(image, "gzip -dc"):
            measured(image)
    side_by_side()
    reports()
    budgets()


main()
