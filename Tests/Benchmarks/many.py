"""Results in any number, made up: stored evidence for ours, an XCCDF document for OpenSCAP."""

import hashlib
import json
import uuid

COMPACT = {"ensure_ascii": False, "sort_keys": True, "separators": (",", ":")}


def summed(document):
    """The document with the sum that it has of the rest of it, as canonical JSON."""
    rest = {key: value for key, value in document.items() if key != "sum"}
    digest = hashlib.sha256(json.dumps(rest, **COMPACT).encode()).hexdigest()
    return json.dumps(rest | {"sum": f"sha256:{digest}"}, **COMPACT) + "\n"


def evidence(source, path, count):
    """Writes evidence with so many findings, each of a secret of its own; `source` is that of an image that leaks."""
    with open(source) as file:
        document = json.load(file)
    patterns = []
    for finding in document["findings"][:50]:
        finding["fingerprint"], finding["id"], finding["location"]["path"] = "%1", "%2", "%3"
        patterns.append(json.dumps(finding, **COMPACT))
    document["findings"] = []
    del document["sum"]
    head, tail = json.dumps(document, **COMPACT).split('"findings":[]')
    summed = hashlib.sha256()
    with open(path, "w", encoding="utf-8") as file:
        def write(text):
            summed.update(text.encode())
            file.write(text)

        write(head + '"findings":[')
        for number in range(count):
            finding = patterns[number % len(patterns)]
            finding = finding.replace("%1", hashlib.sha256(b"%d" % number).hexdigest())
            finding = finding.replace("%2", str(uuid.uuid5(uuid.NAMESPACE_OID, str(number))))
            write("," if number else "")
            write(finding.replace("%3", f"/srv/app{number // 1000:04}/settings{number:07}.env"))
        write("]" + tail)
        file.seek(file.tell() - 1)
        file.write(f',"sum":"sha256:{summed.hexdigest()}"}}\n')


def xccdf(path, count):
    """Writes a checklist of so many rules with what a run over them gave: one in three failed."""
    with open(path, "w", encoding="utf-8") as file:
        file.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<Benchmark xmlns="http://checklists.nist.gov/xccdf/1.2" '
            'id="xccdf_org.example_benchmark_many" resolved="1"><status>draft</status><title>Many</title>'
            "<version>1</version>\n")
        for number in range(count):
            file.write(
                f'<Rule id="xccdf_org.example_rule_{number}" severity="high" selected="true">'
                f"<title>No credential in /srv/app{number % 100}/settings{number}.env</title>"
                "<description>A credential that anyone can read is no secret any more.</description></Rule>\n")
        file.write(
            '<TestResult id="xccdf_org.example_testresult_many" start-time="2026-01-01T00:00:00" '
            'end-time="2026-01-01T00:00:01"><title>Many</title><target>image</target>\n')
        for number in range(count):
            outcome = "pass" if number % 3 else "fail"
            file.write(
                f'<rule-result idref="xccdf_org.example_rule_{number}" severity="high" '
                f'time="2026-01-01T00:00:00"><result>{outcome}</result></rule-result>\n')
        file.write('<score maximum="100">66</score></TestResult></Benchmark>\n')
