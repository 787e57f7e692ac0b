"""Other programs that look for secrets: how each is run, offline and without asking whether a secret is live.

Each reads the same image, in a form that it can read: a docker-archive, or the layers' files side by side.
"""

import base64
import hashlib
import hmac
import json
import os
import re
import shutil
import subprocess
import tarfile

from run import Run

# Seconds after which one is stopped.
LIMIT = int(os.environ.get("PEER_LIMIT", "100"))
KEY = "5a" * 32


def environment(bench):
    """Nothing of the user's: own caches and keys, and the programs that `peers` installed first on the path."""
    return {
        "HOME": bench + "/home", "XDG_CACHE_HOME": bench + "/cache", "XDG_CONFIG_HOME": bench + "/home",
        "PALIMPSEST_FINGERPRINT_KEY": KEY, "LC_ALL": "C.UTF-8", "PATH": f"{bench}/peers/bin:{os.environ['PATH']}",
    }


def files(image):
    """The folder with the files of every layer of IMAGE-plain.tar, and with its configuration; made once."""
    folder, unfinished = image + "-files", image + "-files.unfinished"
    if os.path.exists(folder):
        return folder
    shutil.rmtree(unfinished, ignore_errors=True)
    os.makedirs(unfinished)
    with tarfile.open(image + "-plain.tar") as archive:
        manifest = json.load(archive.extractfile("manifest.json"))[0]
        with open(unfinished + "/config.json", "wb") as config:
            config.write(archive.extractfile(manifest["Config"]).read())
        for number, name in enumerate(manifest["Layers"]):
            with tarfile.open(fileobj=archive.extractfile(name)) as layer:
                for member in filter(tarfile.TarInfo.isfile, layer):
                    path = os.path.join(unfinished, str(number), member.name)
                    os.makedirs(os.path.dirname(path), exist_ok=True)
                    with open(path, "wb") as file:
                        shutil.copyfileobj(layer.extractfile(member), file)
    os.rename(unfinished, folder)
    return folder


def planted():
    """The demo image's secrets, without one that is in it only as a part of another, in base 64."""
    secrets = subprocess.check_output([".build/release/demo-image", "--print-secrets"]).split()
    return [secret for secret in secrets if not any(secret in _decoded(other) for other in secrets)]


def _decoded(text):
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""


class Peer:
    """One of them; `command` takes the image's path without the ending of its form."""

    def __init__(self, name, program, reads, command, has=None):
        self.name, self.program, self.reads, self.command = name, program, reads, command
        self.has = has or (lambda output, secret, image: secret in output)

    @property
    def is_installed(self):
        return shutil.which(self.program) is not None

    def finds(self, image):
        """How many of the demo image's planted secrets its report names."""
        run = Run.of(self.command(image), keeps_output=True, limit=LIMIT)
        secrets = planted()
        return f"{sum(self.has(run.output, secret, image) for secret in secrets)} of {len(secrets)}"


def _proven(output, secret, image):
    """Whether evidence, which holds no secret, has its fingerprint or the range of bytes that it stands in."""
    # A private key is known by its whole block.
    forms = [secret, b"-----BEGIN PRIVATE KEY-----\n" + secret + b"\n-----END PRIVATE KEY-----"]
    known = [hmac.new(bytes.fromhex(KEY), form, hashlib.sha256).hexdigest() for form in forms]
    for finding in json.loads(output)["findings"]:
        if finding.get("fingerprint") in known:
            return True
        place = finding["location"]
        if "path" in place and "offset" in place:
            with open(f"{files(image)}/{place['layer']['index']}{place['path']}", "rb") as file:
                if secret in file.read()[place["offset"]:][: place["length"]]:
                    return True
    return False


def _hashed(output, secret, image):
    return hashlib.sha1(secret).hexdigest().encode() in output


def _masked(output, secret, image):
    """Whether a report that puts stars for the secret names a line in which they stand for it."""
    folder = files(image)
    for result in json.loads(output).get("Results", []):
        names = [f"{folder}/{entry}/{result['Target'].lstrip('/')}" for entry in os.listdir(folder)]
        texts = [open(name, errors="replace").read() for name in [*names, folder + "/config.json"] if os.path.isfile(name)]
        for finding in result.get("Secrets", []):
            # A star stands for a character, and some of the secret may stand beside the stars.
            pattern = re.escape(finding["Match"].strip()).replace(r"\*", ".")
            if any(secret.decode() in shown for text in texts for shown in re.findall(pattern, text)):
                return True
    return False


# What to look for where a program has no rules of its own.
PATTERN = "|".join([
    "AKIA[0-9A-Z]{16}", "gh[pousr]_[0-9A-Za-z]{36}", "sk-[0-9A-Za-z_-]{20,}", "[sr]k_live_[0-9A-Za-z]{24}",
    "npm_[0-9A-Za-z]{36}", "xox[abps]-[0-9A-Za-z-]{10,}", "-----BEGIN [A-Z ]*PRIVATE KEY-----",
])


def all():
    return [
        Peer("palimpsest", ".build/release/palimpsest", "docker-archive", lambda image: [
            os.path.abspath(".build/release/palimpsest"), "audit", f"docker-archive:{image}-plain.tar",
            "--as-of", "2026-01-01", "--format", "evidence", "--output", "-"], _proven),
        Peer("Kingfisher", "kingfisher", "docker-archive", lambda image: [
            "kingfisher", "scan", "docker", "--archive", f"{image}-plain.tar", "--no-validate", "--no-update-check",
            "--format", "json"]),
        Peer("Trivy, secrets", "trivy", "docker-archive", lambda image: [
            "trivy", "image", "--input", f"{image}-plain.tar", "--scanners", "secret", "--image-config-scanners",
            "secret", "--offline-scan", "--skip-db-update", "--skip-java-db-update", "--skip-check-update",
            "--skip-version-check", "--cache-backend", "memory", "--format", "json"], _masked),
        Peer("gitleaks dir", "gitleaks", "files of the layers", lambda image: [
            "gitleaks", "dir", files(image), "--no-banner", "--max-archive-depth", "4", "--report-format", "json",
            "--report-path", "-"]),
        Peer("detect-secrets", "detect-secrets", "files of the layers", lambda image: [
            "detect-secrets", "-C", files(image), "scan", "--all-files"], _hashed),
        Peer("ripgrep, 7 patterns", "rg", "files of the layers", lambda image: [
            "rg", "--no-ignore", "--hidden", "--text", "--no-filename", "--only-matching", "--regexp", PATTERN,
            files(image)]),
    ]
