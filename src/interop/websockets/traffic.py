import hashlib
import random
import struct

BYTES = 30_000
CHARACTERS = 12_000


class Messages:
    """Random messages that repeat themselves, and what others before them held, at every distance: work for compression."""

    def __init__(self, seed):
        self._random = random.Random(seed)
        self._bytes = self._random.randbytes(BYTES)
        self._characters = "".join(chr(self._scalar_value()) for _ in range(CHARACTERS))

    def next(self):
        """The next message, a str or bytes: many are small, few have up to 100 KB."""
        kind = self._random.randrange(20)
        left = self._random.randrange(200 if kind < 14 else 4_000 if kind < 19 else 100_000)
        block = self._random.choice((self._bytes, self._characters))
        parts = []
        while left > 0:
            start = self._random.randrange(len(block))
            part = block[start : start + 1 + self._random.randrange(self._random.choice((100, 1_000)))]
            times = 1 + self._random.randrange(10) if self._random.randrange(4) == 0 else 1
            parts.append(part * times)
            left -= len(part) * times
        return type(block)().join(parts)

    def _scalar_value(self):
        ranges = ((0, 0x80), (0x80, 0x800), (0x800, 0xD800), (0xE000, 0x10000), (0x10000, 0x110000))
        kind = self._random.randrange(8)
        return self._random.randrange(*(ranges[kind] if kind < len(ranges) else (0x20, 0x7F)))


class Tally:
    """How many messages and bytes, and the SHA-256 over the type, length and payload of each."""

    def __init__(self):
        self._count = 0
        self._bytes = 0
        self._digest = hashlib.sha256()

    def add(self, message):
        text = isinstance(message, str)
        payload = message.encode() if text else message
        self._digest.update(struct.pack(">BQ", 1 if text else 2, len(payload)))
        self._digest.update(payload)
        self._count += 1
        self._bytes += len(payload)

    def __str__(self):
        return f"{self._count} {self._bytes} {self._digest.hexdigest()}"
