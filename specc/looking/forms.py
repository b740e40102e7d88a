"""Forms of image files that TensorFlow refuses, or decodes into something else than what they show.

Each was decoded by TensorFlow 2.21 and by Pillow, and compared.
"""

from struct import unpack

ALPHA = 4  # channels
PNG = b"\x89PNG\r\n\x1a\n"
REFUSALS = {
    "WebP only supports 3 or 4": "is WebP, which TensorFlow does not decode as `grayscale`",
    "channels must be 0 or 3 for GIF": "is GIF, which TensorFlow decodes as `rgb` alone",
    "must be 0, 3 or 4 for BMP": "is BMP, which TensorFlow does not decode as `grayscale`",
    "JPEG does not support 4": "is JPEG, which TensorFlow does not decode as `rgba`",
    "WebP Animation": "is an animated WebP, which TensorFlow does not decode as one image",
}


def refused(content: bytes, said: str) -> str:
    """Completes "the file …" where its form is refused; `said` is TensorFlow's own message."""
    told = next((words for part, words in REFUSALS.items() if part in said), "")
    return told or _webp(content, said) or _bmp(content) or _cmyk(content)


def _webp(content: bytes, said: str) -> str:
    if content[8:12] != b"WEBP" or "channels requested" not in said:
        return ""
    if content[12:16] == b"VP8X" and content[20] & 2:
        return REFUSALS["WebP Animation"]
    if _is_clear(content):
        return "is WebP with transparency, which TensorFlow decodes as `rgba` alone"
    return "is WebP without transparency, which TensorFlow decodes as `rgb` alone"


def _is_clear(content: bytes) -> bool:
    """Whether a WebP file has a channel for transparency (RFC 9649, section 2)."""
    if content[12:16] == b"VP8X":
        return bool(content[20] & 16)
    return content[12:16] == b"VP8L" and bool(content[24] & 16)


def _bmp(content: bytes) -> str:
    if content[:2] != b"BM" or len(content) < 34:
        return ""
    bits, packing = unpack("<HI", content[28:34])
    if bits not in (8, 24, 32):
        return f"is BMP of {_bits(bits)}, which TensorFlow does not decode"
    return "is packed BMP, which TensorFlow does not decode" if packing in (1, 2) else ""


def _bits(number: int) -> str:
    return f"{number} bit{'s' * (number > 1)} a pixel"


def _cmyk(content: bytes) -> str:
    if content[:2] != b"\xff\xd8" or _components(content) != 4:
        return ""
    return "is JPEG in CMYK, which TensorFlow decodes as `rgb` alone"


def _components(content: bytes) -> int:
    """The number of channels of a JPEG file (ITU T.81, table B.2); 0 where it does not say."""
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        kind = content[at + 1]
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            return content[at + 9]
        at += 1 if kind == 0xFF else 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return 0


def misread(content: bytes, channels: int) -> str:
    """Completes "the file …" where it is decoded, and not into what it shows; else empty."""
    if content[:2] == b"BM" and _has_colours(content):
        return "is BMP with a palette, whose numbers TensorFlow takes for shades of grey"
    if channels == ALPHA and content[:8] == PNG and _is_narrow(content):
        return f"is PNG of {_bits(content[24])}, which TensorFlow makes nearly transparent"
    return ""


def _is_narrow(content: bytes) -> bool:
    """Whether a PNG file has fewer than 8 bits a pixel, and says nothing of transparency."""
    return content[24:25] < b"\x08" and b"tRNS" not in content[: content.find(b"IDAT")]


def _has_colours(content: bytes) -> bool:
    """Whether the numbers in a BMP file are not their shades themselves."""
    if len(content) < 54 or unpack("<H", content[28:30]) != (8,):
        return False
    [pixels], [header] = unpack("<I", content[10:14]), unpack("<I", content[14:18])
    palette = content[14 + header : pixels]
    return any(set(palette[4 * i : 4 * i + 3]) != {i} for i in range(len(palette) // 4))
