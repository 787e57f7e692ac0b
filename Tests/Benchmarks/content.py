"""Files as a root file system holds them, made from a seed alone: text, programs, compressed files."""

import gzip
import io
import random
import tarfile


class Content:
    """Cuts files out of pools that compress about as well as what they stand for."""

    POOL = 8 << 20

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.text = self._text()
        self.program = self._program()
        self.noise = self.random.randbytes(self.POOL)

    def _text(self):
        letters = "etaoinshrdlcumwfgypbvk"
        words = ["".join(self.random.choices(letters, k=self.random.randint(1, 10))) for _ in range(6000)]
        weights = [1 / rank for rank in range(1, len(words) + 1)]
        ends = self.random.choices([" ", " ", " ", ", ", "\n", ".\n", " = ", "(", "):\n    "], k=self.POOL // 5)
        chosen = self.random.choices(words, weights, k=len(ends))
        return "".join(word + end for word, end in zip(chosen, ends)).encode()[: self.POOL]

    def _program(self):
        pieces = [self.random.randbytes(self.random.randint(1, 7)) for _ in range(4000)] + [b"\0\0\0\0", b"\xff" * 3]
        weights = [1 / rank**0.8 for rank in range(1, len(pieces) + 1)]
        return b"".join(self.random.choices(pieces, weights, k=self.POOL // 3))[: self.POOL]

    def _cut(self, pool, size):
        start = self.random.randrange(len(pool))
        piece = pool[start : start + size]
        while len(piece) < size:
            piece += pool[: size - len(piece)]
        return piece

    def file(self, size):
        """An ending and the content of a file of about that size; shares by bytes are those of a Debian system."""
        kind = self.random.random()
        if kind < 0.50:
            return ".so", b"\x7fELF\2\1\1\0" + self._cut(self.program, size)
        if kind < 0.85:
            return ".txt", self._cut(self.text, size)
        if kind < 0.95:
            return ".gz", gzip.compress(self._cut(self.text, min(size * 3, 1 << 20)), 6, mtime=0)
        return ".bin", self._cut(self.noise, size)

    def size(self, middle, largest):
        return min(int(self.random.lognormvariate(0, 2) * middle), largest)

    def stream(self, size):
        """One large file, piece by piece."""
        while size > 0:
            piece = self.file(min(size, 1 << 20))[1][:size]
            size -= len(piece)
            yield piece


class Tar:
    """A tar stream that is written to `sink` while it grows."""

    def __init__(self, sink):
        self.tar = tarfile.open(fileobj=sink, mode="w|", format=tarfile.GNU_FORMAT, bufsize=1 << 20)
        self.size = 0

    @staticmethod
    def header(name, size):
        info = tarfile.TarInfo(name)
        info.size = size
        info.mtime = 1_700_000_000
        return info

    def add(self, name, content):
        self.tar.addfile(self.header(name, len(content)), io.BytesIO(content))
        self.size += len(content) + 512

    def add_stream(self, name, size, pieces):
        self.tar.addfile(self.header(name, size), Pieces(pieces))
        self.size += size

    def close(self):
        self.tar.close()


class Pieces:
    """An iterator of bytes, read like a file."""

    def __init__(self, pieces):
        self.pieces = iter(pieces)
        self.rest = b""

    def read(self, size):
        while len(self.rest) < size:
            piece = next(self.pieces, None)
            if piece is None:
                break
            self.rest += piece
        result, self.rest = self.rest[:size], self.rest[size:]
        return result


def tree(sink, seed, total, middle=4000, largest=8 << 20):
    """A tree of files with `total` bytes together."""
    content, tar = Content(seed), Tar(sink)
    number = 0
    while tar.size < total:
        ending, data = content.file(content.size(middle, largest))
        tar.add(f"usr/share/part{number // 200}/file{number}{ending}", data)
        number += 1
    tar.close()


def small_files(sink, seed, count):
    content, tar = Content(seed), Tar(sink)
    for number in range(count):
        ending, data = content.file(content.random.randrange(3000))
        tar.add(f"srv/cache/{number // 1000:03}/{number}{ending}", data)
    tar.close()


def one_file(sink, seed, size):
    tar = Tar(sink)
    tar.add_stream("srv/data/store.db", size, Content(seed).stream(size))
    tar.close()


def leaks(sink, seed, count):
    """Files with a made-up key each, put together here so that no such text stands in this file."""
    alphabet = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
    source, tar = random.Random(seed), Tar(sink)
    for number in range(count):
        key = "sk_" + "live_" + "".join(source.choices(alphabet, k=24))
        tar.add(f"srv/app{number % 100}/settings{number}.env", f"STRIPE_KEY={key}\n".encode())
    tar.close()
