#!/usr/bin/env python3
"""Makes the images that are measured, each once: images.py FOLDER [--quick]"""

import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile

import content

GZIP = ("application/vnd.oci.image.layer.v1.tar+gzip", ["gzip", "-6", "-n"])
ZSTD = ("application/vnd.oci.image.layer.v1.tar+zstd", ["zstd", "-3", "-q", "-c"])


class Layout:
    """An OCI layout; nothing has its name before it is complete."""

    def __init__(self, folder):
        self.folder, self.unfinished = folder, folder + ".unfinished"
        shutil.rmtree(self.unfinished, ignore_errors=True)
        os.makedirs(self.unfinished + "/blobs/sha256")
        self.layers, self.diff_ids = [], []

    def layer(self, compression, write):
        """Adds the tar stream that `write` writes to its argument."""
        media_type, command = compression
        blob = self.unfinished + "/blob"
        with open(blob, "wb") as stored:
            compressor = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=stored)
            hashing = Hashing(compressor.stdin)
            write(hashing)
            compressor.stdin.close()
            if compressor.wait() != 0:
                sys.exit(f"images: {command[0]} failed")
        self.layers.append(self.blob(blob, media_type))
        self.diff_ids.append("sha256:" + hashing.hash.hexdigest())

    def blob(self, path, media_type):
        with open(path, "rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.rename(path, f"{self.unfinished}/blobs/sha256/{digest}")
        size = os.path.getsize(f"{self.unfinished}/blobs/sha256/{digest}")
        return {"mediaType": media_type, "digest": "sha256:" + digest, "size": size}

    def document(self, value, media_type):
        path = self.unfinished + "/document"
        with open(path, "w") as file:
            json.dump(value, file)
        return self.blob(path, media_type)

    def close(self):
        config = {
            "architecture": "amd64", "os": "linux", "config": {},
            "rootfs": {"type": "layers", "diff_ids": self.diff_ids},
        }
        manifest = {
            "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "config": self.document(config, "application/vnd.oci.image.config.v1+json"), "layers": self.layers,
        }
        entry = self.document(manifest, manifest["mediaType"])
        with open(self.unfinished + "/index.json", "w") as file:
            json.dump({"schemaVersion": 2, "manifests": [entry]}, file)
        with open(self.unfinished + "/oci-layout", "w") as file:
            json.dump({"imageLayoutVersion": "1.0.0"}, file)
        os.rename(self.unfinished, self.folder)


class Hashing:
    """Hands on what is written to it, and hashes it on the way."""

    def __init__(self, sink):
        self.sink, self.hash = sink, hashlib.sha256()

    def write(self, data):
        self.hash.update(data)
        return self.sink.write(data)


def copying(path):
    def write(sink):
        with open(path, "rb") as file:
            shutil.copyfileobj(file, sink, 1 << 20)

    return write


def layout(folder, compression, *layers):
    if os.path.exists(folder + "/index.json"):
        return
    print(f"Making {folder} ...", file=sys.stderr, flush=True)
    made = Layout(folder)
    for write in layers:
        made.layer(compression, write)
    made.close()


def docker_archive(path, tar):
    """The same one layer as `docker save` writes it: not compressed."""
    if os.path.exists(path):
        return
    with open(tar, "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    config = json.dumps({
        "architecture": "amd64", "os": "linux", "config": {},
        "rootfs": {"type": "layers", "diff_ids": ["sha256:" + digest]},
    }).encode()
    name = hashlib.sha256(config).hexdigest() + ".json"
    manifest = [{"Config": name, "RepoTags": ["root:1"], "Layers": [digest + "/layer.tar"]}]
    with tarfile.open(path + ".unfinished", "w", format=tarfile.GNU_FORMAT) as archive:
        archive.add(tar, digest + "/layer.tar")
        for member, data in [(name, config), ("manifest.json", json.dumps(manifest).encode())]:
            archive.addfile(content.Tar.header(member, len(data)), io.BytesIO(data))
    os.rename(path + ".unfinished", path)


def root_file_system(tar):
    """Debian's, where its packages can be had; else a made-up one of the same size, and the table says so."""
    if os.path.exists(tar):
        return
    print(f"Making {tar} ...", file=sys.stderr, flush=True)
    command = [
        "mmdebstrap", "--quiet", "--format=tar", "--variant=minbase", "--include=ca-certificates,python3,openssl",
        "bookworm",
    ]
    if shutil.which("mmdebstrap") and subprocess.call(command + [tar + ".unfinished"], stderr=subprocess.DEVNULL) == 0:
        os.rename(tar + ".unfinished", tar)
        return
    with open(tar + ".unfinished", "wb") as file:
        content.tree(file, 1, 220_000_000)
    with open(os.path.dirname(tar) + "/root.synthetic", "w"):
        pass
    os.rename(tar + ".unfinished", tar)


def main():
    folder, is_quick = sys.argv[1], "--quick" in sys.argv[2:]
    os.makedirs(folder, exist_ok=True)
    tar = folder + "/root.tar"
    root_file_system(tar)
    layout(folder + "/root-gzip", GZIP, copying(tar))
    layout(folder + "/root-zstd", ZSTD, copying(tar))
    docker_archive(folder + "/root-plain.tar", tar)
    layout(folder + "/small", GZIP, lambda sink: content.tree(sink, 2, 10_000_000))
    layout(folder + "/leaks", GZIP, lambda sink: content.leaks(sink, 3, 10_000))
    if is_quick:
        return
    layout(
        folder + "/eight-layers", GZIP,
        *[lambda sink, seed=seed: content.tree(sink, seed, 125_000_000) for seed in range(10, 18)])
    layout(folder + "/small-files", GZIP, lambda sink: content.small_files(sink, 20, 100_000))
    layout(folder + "/one-file", GZIP, lambda sink: content.one_file(sink, 30, 2_000_000_000))


main()
