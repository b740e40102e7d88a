"""A folder of image files of every kind of good and bad, for tests of what looks at data."""

import os
import struct
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

SIZE = 24
Maker = Callable[[Path], object]


def chunk(kind: bytes, body: bytes) -> bytes:
    check = zlib.crc32(kind + body)
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", check)


def png(width: int = SIZE, height: int = SIZE, depth: int = 8, shade: int = 7) -> bytes:
    """A grey PNG file of one shade, written by hand."""
    row = b"\0" + bytes([shade]) * (width * depth // 8)
    head = struct.pack(">IIBBBBB", width, height, depth, 0, 0, 0, 0)
    data = zlib.compress(row * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def declared(width: int, height: int) -> bytes:
    """A PNG file whose header promises more than there is."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def bmp(bits: int = 24, palette: bytes = b"", packing: int = 0) -> bytes:
    """Rows of the same pixels."""
    pixels = bytes(range(SIZE * bits // 8)) * SIZE
    head = struct.pack("<IiiHHIIiiII", 40, SIZE, SIZE, 1, bits, packing, len(pixels), 0, 0, 0, 0)
    start = 54 + len(palette)
    return b"BM" + struct.pack("<IHHI", start + len(pixels), 0, 0, start) + head + palette + pixels


SHADES = b"".join(bytes([i, i, i, 0]) for i in range(256))
COLOURS = b"".join(bytes([i, 255 - i, 99, 0]) for i in range(256))


def drawn(form: str, mode: str = "RGB", **options: Any) -> bytes:
    """A picture with gradients, as Pillow saves it."""
    from PIL import Image

    grey = Image.linear_gradient("L").resize((SIZE, SIZE))
    picture = grey.convert("RGB").convert(mode) if mode == "CMYK" else grey.convert(mode)
    if mode == "RGBA":
        picture.putalpha(grey)
    stream = BytesIO()
    picture.save(stream, form, **options)
    return stream.getvalue()


def animated(form: str) -> bytes:
    from PIL import Image

    frames = [Image.new("RGB", (SIZE, SIZE), (60 * i, 0, 0)) for i in range(3)]
    stream = BytesIO()
    frames[0].save(stream, form, save_all=True, append_images=frames[1:], duration=40)
    return stream.getvalue()


def link(target: str) -> Maker:
    return lambda path: path.symlink_to(target)


def content(data: bytes) -> Maker:
    return lambda path: path.write_bytes(data)


def locked(path: Path) -> None:
    """Nobody but the superuser may read it."""
    path.write_bytes(png())
    path.chmod(0)


def good_files() -> dict[str, Maker]:
    """Name -> what makes it: everything here is decoded by TensorFlow."""
    jpeg = drawn("JPEG")
    files = {
        "photo.jpg": jpeg,
        "capitals.JPG": jpeg,
        "grey.jpeg": drawn("JPEG", "L"),
        "progressive.jpg": drawn("JPEG", progressive=True),
        "cmyk.jpg": drawn("JPEG", "CMYK"),
        "followed_by_more.jpg": jpeg + b"\0" * 100,
        "plain.png": png(),
        "sixteen_bits.png": png(depth=16),
        "palette.png": drawn("PNG", "P"),
        "see_through.png": drawn("PNG", "RGBA"),
        "one_pixel.png": png(1, 1),
        "still.gif": drawn("GIF", "P"),
        "cut_after_the_first_frame.gif": animated("GIF")[:-40],
        "moving.gif": animated("GIF"),
        "plain.bmp": bmp(),
        "with_a_fourth_byte.bmp": bmp(32),
        "grey.bmp": bmp(8, SHADES),
        "without_loss.webp": drawn("WEBP", lossless=True),
        "plain.webp": drawn("WEBP"),
        "a_png_in_truth.jpg": png(),
        "with a space, and ünïcode.png": png(),
    }
    made = {name: content(data) for name, data in files.items()}
    readable = {} if os.geteuid() else {"locked.png": locked}
    return made | readable | {"link.png": link("plain.png")}


def bad_files() -> dict[str, tuple[str, Maker]]:
    """Name -> what is said of it, and what makes it."""
    jpeg, gif, webp, whole = drawn("JPEG"), animated("GIF"), drawn("WEBP"), png()
    damaged = bytearray(whole)
    damaged[45] ^= 0xFF
    files: dict[str, tuple[str, bytes]] = {
        "nothing.jpg": ("is empty", b""),
        "nothing.png": ("is empty", b""),
        "one_byte.png": ("", b"\x89"),
        "cut.jpg": ("breaks off", jpeg[: len(jpeg) // 2]),
        "cut_in_the_header.jpg": ("breaks off", jpeg[:20]),
        "start_only.jpg": ("breaks off", jpeg[:2]),
        "cut.png": ("breaks off", whole[:50]),
        "signature.png": ("breaks off", whole[:8]),
        "cut.gif": ("breaks off", gif[:50]),
        "half_a_header.gif": ("breaks off", gif[:6]),
        "cut.webp": ("breaks off", webp[: len(webp) // 2]),
        "cut.bmp": ("", bmp()[:400]),
        "half_a_header.bmp": ("", bmp()[:20]),
        "black_and_white.bmp": ("is BMP of 1 bit a pixel", bmp(1, SHADES[:8])),
        "sixteen_colours.bmp": ("is BMP of 4 bits a pixel", bmp(4, COLOURS[:64])),
        "packed.bmp": ("is packed BMP", bmp(8, SHADES, 1)[:-99]),
        "see_through.webp": ("is WebP with transparency", drawn("WEBP", "RGBA")),
        "see_through_without_loss.webp": ("is WebP with", drawn("WEBP", "RGBA", lossless=True)),
        "moving.webp": ("is an animated WebP", animated("WEBP")),
        "page.jpg": ("holds HTML", b"<!DOCTYPE html>\n<html><body>404 Not Found</body></html>"),
        "page_in_capitals.png": ("holds HTML", b"\n <HTML><body>moved</body></HTML>"),
        "answer.png": ("holds text", b'{"error": "not found"}'),
        "drawing.jpg": ("holds SVG", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/"/>'),
        "text.png": ("holds text", b"this is no picture\n" * 9),
        "pointer.jpg": (
            "is a pointer of Git LFS",
            b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n",
        ),
        "wrong_check.png": ("", bytes(damaged)),
        "zeros.jpg": ("", b"\0" * 2000),
        "noise.jpg": ("", bytes(i * 37 % 251 for i in range(2000))),
        "noise_after_the_start.jpg": ("", jpeg[:2] + bytes(i * 37 % 251 for i in range(900))),
        "scan.png": ("is TIFF", drawn("TIFF")),
        "paper.jpg": ("is PDF", b"%PDF-1.4\n" + b"x" * 200),
        "packed.jpg": ("is a ZIP archive", b"PK\3\4" + b"\0" * 200),
        "phone.jpg": ("is HEIF", b"\0\0\0\x18ftypheic" + b"\0" * 200),
        "icon.png": ("", b"\0\0\1\0\1\0" + b"\0" * 200),
        "bomb.png": ("100,000 x 100,000", declared(100_000, 100_000)),
        "large_bomb.png": ("20,000 x 20,000", declared(20_000, 20_000)),
        "no_width.png": ("", declared(0, 20)),
    }
    made = {name: (said, content(data)) for name, (said, data) in files.items()}
    unreadable = {"locked.png": ("cannot be read: Permission denied", locked)}
    return (
        made
        | (unreadable if os.geteuid() else {})
        | {
            "lost.png": ("leads nowhere", link("gone.png")),
            "circle.png": ("leads nowhere", link("circle.png")),
            "pipe.png": ("is a pipe", os.mkfifo),
            "folder.png": ("is a folder", Path.mkdir),
        }
    )


def folder(place: Path) -> Iterator[str]:
    """Fills a folder with all of them; the names of those that cannot be used."""
    place.mkdir(parents=True, exist_ok=True)
    for name, make in good_files().items():
        make(place / name)
    for name, (_, make) in bad_files().items():
        make(place / name)
        yield name
