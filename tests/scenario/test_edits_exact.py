"""What edits promise about the pixels they leave alone, over HTTP and with a PNG reader of our own."""

import base64
import json
import struct
import zlib

import pytest

import pictures
from forms import CONTENT_TYPE, LOW, MODEL, form, part

SIZE = (1024, 640)
RECOLOUR = "change the apple's colour from red to green, keep everything else identical"


def ask(server, *parts):
    status, _, body = server.request("POST", "/v1/images/edits", raw=form(MODEL, LOW, *parts),
                                     headers=CONTENT_TYPE)
    return status, json.loads(body)


def edited(server, picture, prompt, *parts):
    status, reply = ask(server, part("prompt", prompt), part("image", picture, "a.png"), *parts)
    assert status == 200, reply
    return base64.b64decode(reply["data"][0]["b64_json"])


def planes(data):
    assert pictures.size_of(data) == SIZE
    return [pictures.png_channel(data, channel) for channel in range(3)]


def to_png(planes_or_alpha, width, height):
    """RGB from three planes, or white with alpha from one."""
    rows = []
    for y in range(height):
        line = [p[y * width:(y + 1) * width] for p in planes_or_alpha]
        channels = line if len(line) == 3 else [b"\xff" * width] * 3 + line
        row = bytearray(len(channels) * width)
        for k, channel in enumerate(channels):
            row[k::len(channels)] = channel
        rows.append(b"\0" + row)
    kind = 2 if len(planes_or_alpha) == 3 else 6
    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(b"".join(rows), 1)) + chunk(b"IEND", b""))


def with_chunks(data, keep):
    """The file with only the chunks that `keep` lets through, changed as it says."""
    out = b"\x89PNG\r\n\x1a\n"
    for kind, body in pictures.png_chunks(data):
        body = keep(kind, body)
        if body is not None:
            out += struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    return out


def differing(a, b):
    """The pixels that are not the same, as (x, y)."""
    where = set()
    for p, q in zip(a, b):
        for y in range(SIZE[1]):
            one, other = p[y * SIZE[0]:(y + 1) * SIZE[0]], q[y * SIZE[0]:(y + 1) * SIZE[0]]
            if one != other:
                where.update((x, y) for x in range(SIZE[0]) if one[x] != other[x])
    return where


@pytest.fixture(scope="module")
def drawn(server):
    return server.picture(model="gpt-image-2", prompt="a red apple beside a white bottle",
                          size="%dx%d" % SIZE, quality="low", seed=3)


@pytest.fixture(scope="module")
def drawn_planes(drawn):
    return planes(drawn)


def test_a_recolour_leaves_everything_else_identical(server, drawn, drawn_planes):
    red, green, _ = drawn_planes
    apple = [(i % SIZE[0], i // SIZE[0]) for i in range(len(red)) if red[i] > 60 and red[i] > 1.6 * green[i]]
    left, right = min(x for x, _ in apple), max(x for x, _ in apple)
    top, bottom = min(y for _, y in apple), max(y for _, y in apple)
    assert len(apple) > 5000 and right - left < SIZE[0] // 2
    after = edited(server, drawn, RECOLOUR)
    changed = differing(drawn_planes, planes(after))
    stem = (bottom - top) // 4
    outside = [(x, y) for x, y in changed
               if not (left - 4 <= x <= right + 4 and top - stem <= y <= bottom + 4)]
    assert len(changed) > len(apple) * 3 // 4 and outside == []
    # Clients strip what they do not know: the scene is found by the pixels then.
    bare = with_chunks(drawn, lambda kind, body: body if kind in (b"IHDR", b"IDAT", b"IEND") else None)
    assert len(bare) < len(drawn)
    assert edited(server, bare, RECOLOUR) == after


def test_a_forged_scene_makes_a_foreign_picture(server, drawn, drawn_planes):
    add = part("prompt", "add a lemon beside the bottle")
    changed = [bytearray(plane) for plane in drawn_planes]
    changed[0][0] ^= 1  # not known by its pixels
    scene = [body for kind, body in pictures.png_chunks(drawn) if kind == b"iTXt"]
    def carry(file, text):
        head = pictures.png_chunks(file)[0][1]
        chunk = b"iTXt" + text
        end = file.index(b"IHDR") + 4 + len(head) + 4
        return (file[:end] + struct.pack(">I", len(text)) + chunk + struct.pack(">I", zlib.crc32(chunk))
                + file[end:])
    file = to_png(changed, *SIZE)
    assert len(scene) == 1
    honest, forged = carry(file, scene[0]), carry(file, scene[0][:-9] + bytes([scene[0][-9] ^ 1]) + scene[0][-8:])
    for picture in (file, forged):
        status, reply = ask(server, add, part("image", picture, "a.png"))
        assert (status, reply["error"]["code"]) == (400, "edit_not_supported"), reply
        assert "mask" in reply["error"]["message"]
    assert ask(server, add, part("image", honest, "a.png"))[0] == 200


def test_a_mask_on_a_foreign_picture_is_honoured_to_the_byte(server, drawn_planes):
    foreign = [bytearray(plane) for plane in drawn_planes]
    foreign[1][7] ^= 1
    alpha = bytes(0 if x < SIZE[0] // 3 else 255 for x in range(SIZE[0])) * SIZE[1]
    after = edited(server, to_png(foreign, *SIZE), "make it brighter",
                   part("mask", to_png([alpha], *SIZE), "m.png"))
    changed = differing(foreign, planes(after))
    assert len(changed) > SIZE[0] * SIZE[1] // 6
    assert all(x < SIZE[0] // 3 for x, _ in changed)
