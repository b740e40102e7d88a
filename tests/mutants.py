"""Mutants of YAML texts, for fuzzing: bytes changed, moved and planted at random."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

SPECS = sorted((Path(__file__).parents[1] / "specs").glob("*.yaml"))

SMALL = (
    b"",
    b"a: 1\nb: [1, 2.5, 'x', \"y\", null, true]\nc: {d: e, f: {g: ~}}\n",
    b"- &a {x: 1, y: [2]}\n- *a\n- {z: *a}\n",
    b"a: |\n  one\n  two\n\nb: >-\n  folded\n  text\nc: 'it''s'\n",
    b"? a\n: b\n? c\n",
    b"# comment\r\na: 1 # one\r\nb:\r\n  - c\r\n  -\r\n  - d:\r\n",
    b'"k\\u00e9y": "\\x41\\u0042\\U00000043 \\t\\\\"\n',
    "名前: 日本語\nnaïve: 😀 x\n".encode(),
    b"---\na: !t 1\n<<: {b: 2}\n...\n---\nc: 3\n",
    b"%YAML 1.2\n---\na: 010\nb: 2020-01-01\nc: 0o17\nd: 0x1F\ne: 1e3\n",
)

PIECES = (
    *(b"{ } [ ] : , - ? # & * ! | > @ % ` ' \" \\ ~ = .".split()),
    *(b": ", b", ", b"- ", b"\n", b"\n  ", b"\n    ", b"\t", b"\r", b"\r\n", b" #", b"  "),
    *(b"&a ", b"*a", b"!x ", b"!!int ", b"|\n", b"|2-\n", b">+\n", b"<<: ", b"---\n", b"...\n"),
    *(b"%YAML 1.1\n", b"\\ud800", b"\\U00110000", b"\\xZ", b"\x00", b"\x1b", b"\xff", b"\xc2\x85"),
    *("\u2028 \u202e \u200b \ufeff é 😀 \u3000 ：".encode().split()),
    *(b"010", b"-0", b"1_000", b"1:30", b"1e999", b"1e-999", b"9" * 30, b".inf", b".nan", b"0b1"),
    *(b"2020-01-01", b"yes", b"null", b"True", b"$x", b"1/255", b"0x", b"+.5", b"-.", b"..."),
)


def mutants(count: int, seed: int, texts: Sequence[bytes] = ()) -> Iterator[bytes]:
    """Each is one of the texts (the specs and some small ones) after one to five mutations."""
    random = Random(seed)
    texts = texts or [*SMALL, *(path.read_bytes() for path in SPECS)]
    for _ in range(count):
        text = random.choice(texts)
        for _ in range(random.randint(1, 5)):
            text = _mutated(text, random)
        yield text


def _mutated(text: bytes, random: Random) -> bytes:
    at, size = random.randint(0, len(text)), random.randint(1, 12)
    other = random.randint(0, len(text))
    match random.randrange(6):
        case 0:
            return text[:at] + random.choice(PIECES) + text[at:]
        case 1:
            return text[:at] + random.choice(PIECES) + text[at + size :]
        case 2:
            return text[:at] + text[at + size :]
        case 3:
            return text[:at] + bytes([random.randrange(256)]) + text[at + 1 :]
        case 4:
            return text[:at] + text[other : other + 4 * size] + text[at:]
        case _:
            return text[:at] if random.random() < 0.2 else text[:at] + b" " + text[at:]
