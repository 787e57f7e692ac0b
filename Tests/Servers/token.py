#!/usr/bin/env python3
"""A token service for docker-registry on the loopback interface: gives a signed token for what a known user asks.

usage: token.py FOLDER

FOLDER holds key.pem, cert.pem and user (NAME:PASSWORD); FOLDER/port appears once the server listens, and FOLDER/asked
has a line for each request. Whoever shows no password may pull from repositories that begin with public/.
"""
import base64
import json
import os
import ssl
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlparse

FOLDER = sys.argv[1]
USER = open(FOLDER + "/user").read()
CERTIFICATE = base64.b64encode(ssl.PEM_cert_to_DER_cert(open(FOLDER + "/cert.pem").read())).decode()


def encoded(content):
    return base64.urlsafe_b64encode(content).rstrip(b"=")


def token(service, access):
    now = int(time.time())
    header = {"typ": "JWT", "alg": "RS256", "x5c": [CERTIFICATE]}
    claims = {"iss": "test-issuer", "sub": "", "aud": service, "jti": os.urandom(8).hex()}
    claims.update({"iat": now, "nbf": now - 10, "exp": now + 300, "access": access})
    signed = encoded(json.dumps(header).encode()) + b"." + encoded(json.dumps(claims).encode())
    command = ["openssl", "dgst", "-sha256", "-sign", FOLDER + "/key.pem"]
    signature = subprocess.run(command, input=signed, stdout=subprocess.PIPE, check=True).stdout
    return (signed + b"." + encoded(signature)).decode()


class Handler(BaseHTTPRequestHandler):
    def log_message(self, *arguments):
        pass

    def do_GET(self):
        with open(FOLDER + "/asked", "a") as log:
            log.write(self.path + "\n")
        query = parse_qs(urlparse(self.path).query)
        shown = self.headers.get("Authorization")
        if shown and base64.b64decode(shown.removeprefix("Basic ")).decode() != USER:
            return self.answer(401, {"errors": [{"code": "UNAUTHORIZED", "message": "wrong password"}]})
        access = []
        for scope in query.get("scope", []):
            kind, name, actions = scope.split(":")
            allowed = actions.split(",") if shown else ["pull"] if name.startswith("public/") else []
            access.append({"type": kind, "name": name, "actions": allowed})
        self.answer(200, {"access_token": token(query["service"][0], access), "expires_in": 300})

    def answer(self, status, document):
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def main():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    with open(FOLDER + "/port.new", "w") as file:
        file.write(str(server.server_port))
    os.rename(FOLDER + "/port.new", FOLDER + "/port")
    server.serve_forever()


main()
