"""The table of the gauntlet: what each scenario must end with, what it ended with, and what others make of the like.

Usage: gauntlet.py LOG FOLDER. LOG has the lines of GauntletTests; other programs are run that are installed in FOLDER
(`make gauntlet-peers`) or, as Debian has them, on the path.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile

import yaml

# The program, the arguments that go before, and the words by which it says what came out; the last of them counts.
PEERS = {
    "checkov": (["--quiet", "--compact"], r"Passed checks: \d+, Failed checks: \d+|Error"),
    "prowler": (["--no-banner", "--no-color"], r"FAIL|PASS|no findings|\w+Error"),
    "oscap": ([], r"(?<=Result)\s+\w+|Error|No profile"),
    "trestle": ([], r"\bVALID|INVALID|not found"),
}
BENCHMARK = (
    '<?xml version="1.0"?><Benchmark xmlns="http://checklists.nist.gov/xccdf/1.2" id="xccdf_t_benchmark_a" '
    'resolved="1"><status>draft</status><title>a</title><version>1</version>')
LIMIT = 120


def program(name, folder):
    own = os.path.join(os.path.abspath(folder), name, "bin", name)
    return own if os.path.exists(own) else shutil.which(name)


def outcome(name, path, case):
    """The exit status, and the word that it says."""
    options, pattern = PEERS[name]
    with tempfile.TemporaryDirectory() as work:
        environment = {
            # Prowler runs Trivy, which lies beside it.
            "PATH": os.path.dirname(path) + ":" + os.environ["PATH"], "HOME": work, "LC_ALL": "C.UTF-8",
            # Nothing is asked of its maker's server.
            "BC_SKIP_MAPPING": "TRUE", "LOG_LEVEL": "ERROR",
        }
        run = lambda arguments: subprocess.run(
            [path, *arguments], cwd=work, env=environment, capture_output=True, text=True, timeout=LIMIT)
        if name == "trestle":
            run(["init", "-loc"])
        for file, text in case.get("files", {}).items():
            os.makedirs(os.path.dirname(os.path.join(work, file)), exist_ok=True)
            with open(os.path.join(work, file), "w") as output:
                output.write(text.replace("{benchmark}", BENCHMARK))
        try:
            ended = run(case["run"] + options)
        except subprocess.TimeoutExpired:
            return f"no end in {LIMIT} s"
    words = re.findall(pattern, ended.stdout) or re.findall(pattern, ended.stderr)
    word = re.sub(r"Passed checks: (\d+), Failed checks: (\d+)", r"\1 passed \2 failed", words[-1] if words else "silent")
    return f"{ended.returncode} {word.strip().lower()}"


def main():
    log, folder = sys.argv[1:]
    with open(log, errors="replace") as lines:
        rows = sorted(line.rstrip("\n").split("\t")[1:] for line in lines if line.startswith("gauntlet\t"))
    if not rows:
        sys.exit("No scenario ran.")
    with open(os.path.join(os.path.dirname(__file__), "gauntlet-peers.yaml")) as file:
        likes = yaml.safe_load(file)
    strangers = set(likes) - {row[1] for row in rows}
    if strangers:
        sys.exit(f"gauntlet-peers.yaml names scenarios that there are not: {sorted(strangers)}")
    paths = {name: program(name, folder) for name in PEERS}

    def cell(name, scenario):
        case = likes.get(scenario, {}).get(name)
        if case is None:
            return "-"
        return outcome(name, paths[name], case) if paths[name] else "not installed"

    form = "{:<10} {:<72} {:>6} {:>5}  {:<20} {:<16} {:<16} {:<12}{}"
    print(form.format("group", "scenario", "wanted", "found", *PEERS, "").rstrip())
    for group, scenario, wanted, found in rows:
        mark = "" if wanted == found else "  <--"
        print(form.format(group, scenario, wanted, found, *[cell(name, scenario) for name in PEERS], mark).rstrip())


main()
