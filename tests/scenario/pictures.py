"""Just enough of the formats to look at pictures without trusting the code under test."""

import ctypes
import ctypes.util
import struct
import zlib

MAGIC = {"png": b"\x89PNG\r\n\x1a\n", "jpeg": b"\xff\xd8\xff", "webp": b"RIFF"}


def size_of(data):
    """(width, height) of a PNG, JPEG or WebP file."""
    if data.startswith(MAGIC["png"]):
        return struct.unpack(">II", data[16:24])
    if data.startswith(MAGIC["jpeg"]):
        return jpeg_size(data)
    assert data[:4] == b"RIFF" and data[8:12] == b"WEBP", data[:16]
    return webp_pixels(data)[:2]


def jpeg_size(data):
    at = 2
    while True:
        marker, length = data[at:at + 2], struct.unpack(">H", data[at + 2:at + 4])[0]
        assert marker[0] == 0xFF, "markers follow each other"
        if 0xC0 <= marker[1] <= 0xC3:
            height, width = struct.unpack(">HH", data[at + 5:at + 9])
            return width, height
        at += 2 + length


def png_chunks(data):
    """[(type, bytes)], every CRC checked, from IHDR to IEND and nothing behind."""
    assert data.startswith(MAGIC["png"])
    at, chunks = 8, []
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + length]
        crc, = struct.unpack(">I", data[at + 8 + length:at + 12 + length])
        assert crc == zlib.crc32(kind + body), kind
        chunks.append((kind, body))
        at += 12 + length
    assert at == len(data) and chunks[0][0] == b"IHDR" and chunks[-1] == (b"IEND", b"")
    return chunks


def unfilter(kind, line, above):
    """One channel of one row; channels are filtered independently of each other."""
    if kind == 0:
        return line
    if kind == 2:
        return bytearray((a + b) & 255 for a, b in zip(line, above))
    out, left, corner = bytearray(len(line)), 0, 0
    for x, value in enumerate(line):
        up = above[x]
        if kind == 1:
            guess = left
        elif kind == 3:
            guess = (left + up) >> 1
        else:
            p = left + up - corner
            a, b, c = abs(p - left), abs(p - up), abs(p - corner)
            guess = left if a <= b and a <= c else up if b <= c else corner
        left, corner = (value + guess) & 255, up
        out[x] = left
    return out


def png_channel(data, channel):
    """The bytes of one channel of an 8-bit RGB or RGBA picture, row after row."""
    chunks = png_chunks(data)
    width, height, depth, color, _, _, interlace = struct.unpack(">IIBBBBB", chunks[0][1])
    assert (depth, interlace) == (8, 0) and color in (2, 6)
    channels = 4 if color == 6 else 3
    raw = png_rows(data)
    stride = 1 + width * channels
    assert len(raw) == stride * height
    above, rows = bytearray(width), []
    for y in range(height):
        row = raw[y * stride:(y + 1) * stride]
        above = unfilter(row[0], row[1 + channel::channels], above)
        rows.append(bytes(above))
    return b"".join(rows)


def png_rows(data):
    """The filtered rows, uncompressed: equal for equal pixels, whatever matches deflate chose."""
    return zlib.decompress(b"".join(body for kind, body in png_chunks(data) if kind == b"IDAT"))


def png_has_alpha(data):
    return data[25] == 6


def webp_pixels(data):
    """(width, height, RGBA bytes), decoded by libwebp."""
    name = ctypes.util.find_library("webp")
    assert name, "libwebp, which the server links, is not installed"
    webp = ctypes.CDLL(name)
    webp.WebPDecodeRGBA.restype = ctypes.POINTER(ctypes.c_uint8)
    webp.WebPFree.argtypes = [ctypes.c_void_p]
    width, height = ctypes.c_int(), ctypes.c_int()
    pixels = webp.WebPDecodeRGBA(data, ctypes.c_size_t(len(data)), ctypes.byref(width),
                                 ctypes.byref(height))
    assert pixels, "libwebp cannot decode it"
    rgba = ctypes.string_at(pixels, 4 * width.value * height.value)
    webp.WebPFree(pixels)
    return width.value, height.value, rgba
