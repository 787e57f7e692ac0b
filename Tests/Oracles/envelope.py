#!/usr/bin/env python3
"""Checks signed statements with programs that others wrote, and prints what each says: result, subjects, tests.

usage: envelope.py PUBLIC_KEY KEY_ID ENVELOPE...
"""
import json
import sys

from cryptography.hazmat.primitives.serialization import load_pem_public_key
from google.protobuf.json_format import Parse
from in_toto_attestation.predicates.test_result.v0 import test_result_pb2
from in_toto_attestation.v1 import statement_pb2
from in_toto_attestation.v1.statement import Statement
from securesystemslib.dsse import Envelope
from securesystemslib.signer import SSlibKey

key_file, key_id, *envelopes = sys.argv[1:]
with open(key_file, "rb") as file:
    key = SSlibKey.from_crypto(load_pem_public_key(file.read()), keyid=key_id)
for path in envelopes:
    with open(path, encoding="utf-8") as file:
        envelope = Envelope.from_dict(json.load(file))
    assert list(envelope.verify([key], 1)) == [key_id]
    document = json.loads(envelope.payload)
    statement = Parse(envelope.payload, statement_pb2.Statement())
    Statement.copy_from_pb(statement).validate()
    known = {name: value for name, value in document["predicate"].items() if not name.startswith("palimpsest_")}
    result = Parse(json.dumps(known), test_result_pb2.TestResult())
    assert statement.predicate_type == "https://in-toto.io/attestation/test-result/v0.1"
    print(result.result, len(statement.subject), len(result.passed_tests), len(result.failed_tests))
