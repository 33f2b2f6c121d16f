"""Forms as clients write them, and small pictures to put into them. Only the standard library."""

import struct
import zlib

BOUNDARY = "----calotype-test-boundary"


def png(width=64, height=64, alpha=False, colour=(200, 40, 40), clear=False):
    """A square of one colour on a light ground: a picture that has a subject. With alpha (masks) it
    is of one colour and its left half is transparent, with clear all of it."""
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    solid, hole = bytes(colour) + b"\xff" * alpha, bytes(colour) + b"\0" * alpha
    half = width if clear else width // 2 if alpha else 0
    plain = b"\0" + hole * half + solid * (width - half)
    ground, side, above = bytes((236, 234, 228)), width // 4, height // 4
    across = b"\0" + ground * side + solid * (width - 2 * side) + ground * side
    rows = plain * height if alpha or clear else (
        (b"\0" + ground * width) * above + across * (height - 2 * above) + (b"\0" + ground * width) * above)
    return (b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6 if alpha else 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b""))


def ring_png(width=64, height=64, radius=24, thick=3, colour=(255, 0, 255)):
    """A stroke around the middle of a transparent sheet: a markup."""
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    stroke, clear = bytes(colour) + b"\xff", b"\0\0\0\0"
    def on(x, y):
        return abs(((x - width / 2) ** 2 + (y - height / 2) ** 2) ** 0.5 - radius) <= thick / 2
    rows = b"".join(b"\0" + b"".join(stroke if on(x, y) else clear for x in range(width))
                    for y in range(height))
    return (b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b""))


def noise_png(width, height, seed=1):
    """A PNG that does not compress: as large a file as its pixels."""
    import random
    rng = random.Random(seed)
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    rows = b"".join(b"\0" + rng.randbytes(3 * width) for _ in range(height))
    return (b"\x89PNG\r\n\x1a\n"
            + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows, 0)) + chunk(b"IEND", b""))


def part(name, data, filename=None, content_type=None, disposition=None):
    """One part; data is bytes or text."""
    data = data if isinstance(data, bytes) else str(data).encode()
    disposition = disposition or f'form-data; name="{name}"' + (
        f'; filename="{filename}"' if filename is not None else "")
    head = f"--{BOUNDARY}\r\nContent-Disposition: {disposition}\r\n"
    if content_type:
        head += f"Content-Type: {content_type}\r\n"
    return head.encode() + b"\r\n" + data + b"\r\n"


def form(*parts):
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


CONTENT_TYPE = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
MODEL = part("model", "gpt-image-2")
PROMPT = part("prompt", "make it navy blue, keep everything else identical")
BRIGHTER = part("prompt", "make it brighter")  # can be done to anything
LOW = part("quality", "low")
IMAGE = part("image", png(), "a.png", "image/png")
