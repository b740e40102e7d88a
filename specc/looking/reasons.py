"""Why an image file cannot be decoded, in the words of its bytes where they say more."""

from specc.looking.forms import refused

MAGIC = {
    b"%PDF": "is PDF",
    b"PK\3\4": "is a ZIP archive",
    b"\x1f\x8b": "is packed by gzip",
    b"II*\0": "is TIFF",
    b"MM\0*": "is TIFF",
    b"8BPS": "is a Photoshop file",
    b"\0\0\1\0": "is an icon",
    b"version https://git-lfs": "is a pointer of Git LFS, whose file was not fetched",
}
NOT_DECODED = "which TensorFlow does not decode"
ENDS = {
    b"\xff\xd8": b"\xff\xd9",
    b"\x89PNG\r\n\x1a\n": b"IEND\xaeB`\x82",
    b"GIF8": b";",
}
TAIL = 64  # bytes at the end in which an end is looked for


def reason(content: bytes, said: str) -> str:
    """Completes "the file …"; `said` is TensorFlow's own message."""
    if not content:
        return "is empty"
    cut = "breaks off: its end is missing" if _broken_off(content) else ""
    told = _kind(content) or cut or _text(content) or refused(content, said)
    return told or f"cannot be decoded: {said}"


def _kind(content: bytes) -> str:
    for start, kind in MAGIC.items():
        if content.startswith(start):
            return kind if "Git" in kind else f"{kind}, {NOT_DECODED}"
    if content[4:8] == b"ftyp":
        return f"is {'AVIF' if content[8:12] == b'avif' else 'HEIF'}, {NOT_DECODED}"
    return ""


def _text(content: bytes) -> str:
    start = content[:1024].lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "holds HTML, not an image"
    if b"<svg" in start:
        return f"holds SVG, {NOT_DECODED}"
    readable = all(byte >= 32 or byte in b"\t\n\r" for byte in start) and len(start) > 1
    return "holds text, not an image" if readable and start.isascii() else ""


def _broken_off(content: bytes) -> bool:
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return len(content) < int.from_bytes(content[4:8], "little") + 8
    end = next((end for start, end in ENDS.items() if content.startswith(start)), None)
    return end is not None and end not in content[-TAIL:]
