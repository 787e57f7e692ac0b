#!/usr/bin/env python3
"""Reads reports with programs that others wrote, and prints what each counts: `file name number`, the file from 0.

usage: feeds.py FORMAT SCHEMA FILE...    SCHEMA may be empty
"""
import collections
import json
import sys

import jsonschema
import yaml

COUNTS = collections.Counter()


def count(name, number=1):
    COUNTS[name] += number


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file, object_pairs_hook=unique)


def unique(pairs):
    names = [name for name, _ in pairs]
    assert len(names) == len(set(names)), f"a key stands twice in {names}"
    return dict(pairs)


def sarif(path, schema):
    document = load(path)
    if schema:
        jsonschema.validate(document, load(schema))
    assert len(document["runs"]) <= 20
    first = document["runs"][0]
    for rule in first["tool"]["driver"]["rules"]:
        count(f"rules.{rule['properties']['status']}")
        assert len(rule["properties"]["tags"]) <= 20
        assert 0 < float(rule["properties"]["security-severity"]) <= 10
    for taxonomy in first["taxonomies"]:
        for taxon in taxonomy["taxa"]:
            if taxonomy["isComprehensive"]:
                count(f"controls.{taxonomy['name']}.{taxon['properties']['status']}")
    count("findings", first["properties"]["findings"])
    unknown = [rule["id"] for rule in first["tool"]["driver"]["rules"]
               if rule["properties"]["status"] in ("not-assessed", "error")]
    for run in document["runs"]:
        notices = run["invocations"][0]["toolExecutionNotifications"]
        left_out = {"results-left-out"}
        whole = all(notice["descriptor"]["id"] in left_out for notice in notices)
        assert run["invocations"][0]["executionSuccessful"] == whole
        assert not (unknown and whole)
        assert len(run["results"]) <= 5000
        opened = [result["ruleId"] for result in run["results"] if result["kind"] == "open"]
        assert sorted(opened) == sorted(unknown if run is first else [])
        ids = [result["partialFingerprints"]["primaryLocationLineHash"] for result in run["results"]]
        assert len(ids) == len(set(ids))
        for result in run["results"]:
            assert (result["kind"], result["level"]) == ("open", "none") or (
                result["kind"] == "fail" and result["level"] in ("error", "warning"))
            count("unknown" if result["kind"] == "open" else "violations")
            assert result["ruleId"] == run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"]
            for taxon in result.get("taxa", []):
                taxonomy = run["taxonomies"][taxon["toolComponent"]["index"]]
                assert taxonomy["name"] == taxon["toolComponent"]["name"]
                assert taxonomy["taxa"][taxon["index"]]["id"] == taxon["id"]


def table(path, _):
    import csv
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, strict=True):
            for cell in row.values():
                assert not cell.strip().startswith(("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")), cell
            if row["record"] == "rule":
                count(f"rules.{row['status']}")
            elif row["record"] == "control":
                count(f"controls.{row['framework']}.{row['status']}")
            elif row["record"] == "finding":
                count("placements")
            elif row["record"] == "gap":
                count("gaps")


def defectdojo(path, _):
    # What dojo/tools/generic/json_parser.py lets through; it refuses the file for any other key.
    allowed = set(
        "title severity description date mitigation active verified risk_accepted file_path line nb_occurences"
        " component_name component_version service static_finding unique_id_from_tool vuln_id_from_tool tags".split())
    document = load(path)
    assert set(document) <= {"name", "type", "version", "description", "findings"}
    ids = [finding["unique_id_from_tool"] for finding in document["findings"]]
    assert len(ids) == len(set(ids))
    for finding in document["findings"]:
        assert set(finding) <= allowed, set(finding) - allowed
        assert {"title", "severity", "description"} <= set(finding)
        assert len(finding["title"]) <= 511 and finding["active"] != finding.get("risk_accepted", False)
        assert finding["severity"] in ("Info", "Low", "Medium", "High", "Critical")
        count("violations" if "risk_accepted" in finding else "unknown")


def openmetrics(path, _):
    from prometheus_client.openmetrics.parser import text_string_to_metric_families
    with open(path, encoding="utf-8", newline="") as file:
        families = list(text_string_to_metric_families(file.read()))
    for family in families:
        assert family.documentation
        for sample in family.samples:
            labels, value = sample.labels, int(sample.value)
            if sample.name == "palimpsest_rules":
                count(f"rules.{labels['status']}", value)
            elif sample.name == "palimpsest_controls":
                count(f"controls.{labels['framework']}.{labels['status']}", value)
            elif sample.name == "palimpsest_findings":
                count("findings", value)
            elif sample.name == "palimpsest_placements":
                count("placements", value)
            elif sample.name == "palimpsest_gaps":
                count("gaps", value)


def cluster(path, schema):
    document = load(path)
    if schema:
        version = document["apiVersion"].split("/")[1]
        with open(schema, encoding="utf-8") as file:
            definitions = [part for part in yaml.safe_load_all(file) if part]
        versions = [v for part in definitions for v in part["spec"]["versions"] if v["name"] == version]
        rules = versions[0]["schema"]["openAPIV3Schema"]
        # A cluster drops what it does not know; here that is a mistake.
        rules["additionalProperties"] = False
        rules["properties"]["results"]["items"]["additionalProperties"] = False
        jsonschema.validate(document, rules)
    results = collections.Counter(result["result"] for result in document["results"])
    assert document["summary"] == {name: results[name] for name in ("pass", "fail", "warn", "error", "skip")}
    count("findings", int(document["metadata"]["annotations"]["palimpsest/findings"]))
    for result in document["results"]:
        assert all(isinstance(value, str) for value in result["properties"].values())
        if result["category"] == "rule":
            count(f"rules.{result['properties']['status']}")
        else:
            count(f"controls.{result['policy']}.{result['properties']['status']}")


def ocsf(path, _):
    from py_ocsf_models.events.findings.compliance_finding import ComplianceFinding
    events = load(path)
    ids = [event["finding_info"]["uid"] for event in events]
    assert len(ids) == len(set(ids))
    for event in events:
        finding = ComplianceFinding(**event)
        assert finding.type_uid == finding.class_uid * 100 + finding.activity_id
        assert all(name in ComplianceFinding.model_fields for name in event), set(event)
        status = event["unmapped"]["status"]
        if event["finding_info"]["types"] == ["rule"]:
            count(f"rules.{status}")
        else:
            count(f"controls.{event['unmapped']['framework']}.{status}")


def cyclonedx(path, _):
    from cyclonedx.model.bom import Bom
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator
    with open(path, encoding="utf-8") as file:
        text = file.read()
    error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    assert error is None, error
    bom = Bom.from_json(json.loads(text))
    for component in bom.components:
        if str(component.bom_ref).startswith("secret:"):
            count("secrets")
            count("places", len(component.evidence.occurrences))


def oscal(path, _):
    from pathlib import Path
    from trestle.oscal.assessment_results import AssessmentResults
    results = AssessmentResults.oscal_read(Path(path))
    result = results.results[0]
    uuids = [o.uuid for o in result.observations or []] + [r.uuid for r in result.risks or []]
    uuids += [f.uuid for f in result.findings or []] + [c.uuid for c in result.local_definitions.components]
    assert len(uuids) == len(set(uuids))
    for observation in result.observations or []:
        properties = {p.name: p.value for p in observation.props}
        if "rule" in properties:
            count(f"rules.{properties['status']}")
        else:
            count(f"controls.{properties['framework']}.{properties['status']}")
        assert observation.subjects[0].subject_uuid in uuids
    for finding in result.findings or []:
        assert all(o.observation_uuid in uuids for o in finding.related_observations)
        assert all(r.risk_uuid in uuids for r in finding.related_risks or [])
        status = {p.name: p.value for p in finding.props}["status"]
        wanted = {"pass": "satisfied", "fail": "not-satisfied", "waived": "not-satisfied"}
        assert wanted[status] == finding.target.status.state.value
    properties = {p.name: p.value for p in result.props}
    count("findings", int(properties["findings"]))


def hdf(path, _):
    document = load(path)
    for name in ("platform", "profiles", "statistics", "version"):
        assert name in document
    for number, profile in enumerate(document["profiles"]):
        for name in ("name", "sha256", "supports", "attributes", "groups", "controls"):
            assert name in profile
        for control in profile["controls"]:
            for name in ("id", "impact", "refs", "tags", "source_location", "results"):
                assert name in control
            assert 0 <= control["impact"] <= 1
            status = control["tags"]["status"]
            # Heimdall takes what has no impact, or was skipped for a waiver, for not applicable.
            assert (control["impact"] == 0) == (status == "not-applicable")
            assert not (control.get("waiver_data") or {}).get("skipped_due_to_waiver")
            wanted = {"pass": "passed", "fail": "failed", "warn": "failed", "error": "error"}
            assert [result["status"] for result in control["results"]] == [wanted.get(status, "skipped")]
            for result in control["results"]:
                assert result["code_desc"] is not None and result["start_time"]
            where = "rules" if number == 0 else f"controls.{profile['name']}"
            count(f"{where}.{control['tags']['status']}")
    count("findings", document["passthrough"]["findings"])


def junit(path, _):
    import junitparser
    from junit2htmlreport.parser import Junit
    read = junitparser.JUnitXml.fromfile(path)
    suites = [read] if isinstance(read, junitparser.TestSuite) else list(read)
    for suite in suites:
        cases = list(suite)
        assert suite.tests == len(cases)
        assert suite.failures == sum(any(isinstance(r, junitparser.Failure) for r in c.result) for c in cases)
        assert suite.skipped == sum(any(isinstance(r, junitparser.Skipped) for r in c.result) for c in cases)
        count("tests", suite.tests)
        count("failures", suite.failures)
        count("skipped", suite.skipped)
    assert "<html" in Junit(path).html().lower()


READERS = {
    "sarif": sarif, "csv": table, "defectdojo": defectdojo, "openmetrics": openmetrics, "policyreport": cluster,
    "openreports": cluster, "ocsf": ocsf, "cyclonedx": cyclonedx, "oscal": oscal, "hdf": hdf, "junit": junit,
    "junit-surefire": junit, "junit-gitlab": junit,
}

for position, path in enumerate(sys.argv[3:]):
    COUNTS.clear()
    READERS[sys.argv[1]](path, sys.argv[2])
    for name, number in sorted(COUNTS.items()):
        print(position, name, number)
