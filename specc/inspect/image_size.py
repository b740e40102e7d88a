"""Height and width of an image from its header."""

from struct import unpack

SHORTEST = 30  # bytes that a header of any type has at least


def image_size(file: str) -> tuple[int, int] | None:
    """Height and width; None for a file whose header does not tell."""
    try:
        with open(file, "rb") as stream:
            start = stream.read(1 << 16)
    except OSError:
        return None
    return size_of(start)


def size_of(start: bytes) -> tuple[int, int] | None:
    """The same from the first bytes of a file."""
    if len(start) < SHORTEST:
        return None
    found = _size(start)
    return found if found and min(found) > 0 else None


def _size(start: bytes) -> tuple[int, int] | None:
    if start[:8] == b"\x89PNG\r\n\x1a\n":
        width, height = unpack(">II", start[16:24])
    elif start[:6] in (b"GIF87a", b"GIF89a"):
        width, height = unpack("<HH", start[6:10])
    elif start[:2] == b"BM":
        width, height = unpack("<ii", start[18:26])
    elif start[:2] == b"\xff\xd8":
        return _jpeg(start)
    elif start[:4] == b"RIFF" and start[8:12] == b"WEBP":
        return _webp(start)
    else:
        return None
    return abs(height), width


def _jpeg(start: bytes) -> tuple[int, int] | None:
    """From the first start-of-frame segment (ITU T.81, table B.1)."""
    at = 2
    while at + 9 < len(start) and start[at] == 0xFF:
        kind = start[at + 1]
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            height, width = unpack(">HH", start[at + 5 : at + 9])
            return height, width
        at += 1 if kind == 0xFF else 2 + int.from_bytes(start[at + 2 : at + 4], "big")
    return None


def _webp(start: bytes) -> tuple[int, int] | None:
    """From the first chunk (RFC 9649, section 2)."""
    chunk = start[12:16]
    if chunk == b"VP8 ":
        width, height = unpack("<HH", start[26:30])
        return height & 0x3FFF, width & 0x3FFF
    if chunk == b"VP8L":
        bits = int.from_bytes(start[21:25], "little")
        return (bits >> 14 & 0x3FFF) + 1, (bits & 0x3FFF) + 1
    if chunk == b"VP8X":
        width, height = (int.from_bytes(start[i : i + 3], "little") + 1 for i in (24, 27))
        return height, width
    return None
