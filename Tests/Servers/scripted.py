#!/usr/bin/env python3
"""A server on the loopback interface that answers as a script says, and writes down what it was asked.

usage: scripted.py FOLDER [CERTIFICATE KEY | socket]

FOLDER/script.json maps a path to a list of answers, given one after the other, the last for ever. An answer has
  status    200 where it is absent
  headers   a list of [name, value]; PORT in a value is this server's port
  body      text, or file, the name of a file in FOLDER
  length    what Content-Length claims, or null for none
  cut       how many bytes of the body are sent before the connection is closed
  hold      how many seconds the connection stays open behind that
  range     whether Range is honoured, and "from", what Content-Range claims to start at
  endless   whether the body never ends
  pause     how many seconds pass before the body
  needs     the Authorization without which the answer is 401, with the header "challenge"
  raw       text that is sent in place of an answer
FOLDER/port appears once the server listens, at FOLDER/socket where a socket is wanted; FOLDER/requests has a line of JSON for each request.
"""
import json
import os
import socketserver
import ssl
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FOLDER = sys.argv[1]
LOCK = threading.Lock()
ASKED = {}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def do_GET(self):
        form = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        path = self.path.split("?")[0]
        with LOCK:
            with open(FOLDER + "/requests", "a") as log:
                headers = {name.lower(): value for name, value in self.headers.items()}
                entry = {"method": self.command, "path": self.path, "headers": headers, "form": form}
                log.write(json.dumps(entry) + "\n")
            with open(FOLDER + "/script.json") as file:
                answers = json.load(file).get(path, [{"status": 404, "body": "no such path"}])
            number = ASKED.get(path, 0)
            ASKED[path] = number + 1
        self.answer(answers[min(number, len(answers) - 1)])

    do_HEAD = do_POST = do_GET

    def answer(self, answer):
        if "raw" in answer:
            self.wfile.write(answer["raw"].encode())
            self.close_connection = True
            return
        if "needs" in answer and self.headers.get("Authorization") != answer["needs"]:
            challenge = answer["challenge"].replace("PORT", str(self.server.server_port))
            answer = {"status": 401, "headers": [["WWW-Authenticate", challenge]], "body": "{}"}
        body = answer.get("body", "").encode()
        if "file" in answer:
            with open(FOLDER + "/" + answer["file"], "rb") as file:
                body = file.read()
        status = answer.get("status", 200)
        headers = list(answer.get("headers", []))
        wanted = self.headers.get("Range")
        if wanted and answer.get("range"):
            start = int(wanted.removeprefix("bytes=").split("-")[0])
            claimed = answer.get("from", start)
            headers.append(["Content-Range", f"bytes {claimed}-{len(body) - 1}/{len(body)}"])
            status, body = 206, body[start:]
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value.replace("PORT", str(self.server.server_port)))
        length = answer.get("length", None if answer.get("endless") else len(body))
        if length is not None:
            self.send_header("Content-Length", str(length))
        else:
            self.close_connection = True
        self.end_headers()
        if self.command == "HEAD":
            return
        if "cut" in answer:
            body = body[: answer["cut"]]
            self.close_connection = True
        try:
            self.wfile.flush()
            time.sleep(answer.get("pause", 0))
            self.wfile.write(body)
            self.wfile.flush()
            time.sleep(answer.get("hold", 0))
            while answer.get("endless"):
                self.wfile.write(b"x" * 65536)
        except OSError:
            self.close_connection = True


class SocketServer(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    server_port = 0


def main():
    is_socket = sys.argv[2:] == ["socket"]
    server = (
        SocketServer(FOLDER + "/socket", Handler)
        if is_socket
        else ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    )
    server.daemon_threads = True
    if len(sys.argv) > 3:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[2], sys.argv[3])
        server.socket = context.wrap_socket(server.socket, server_side=True)
    with open(FOLDER + "/port.new", "w") as file:
        file.write(str(server.server_port))
    os.rename(FOLDER + "/port.new", FOLDER + "/port")
    server.serve_forever()


main()
