"""D560: parts that cannot be made of whole files."""

from collections.abc import Iterator

from specc.data.parts import cuts
from specc.rules.base import Finding, rule
from specc.subject import Subject

HELP = "give `validation: …`, a pattern of its own files, or `split: none`"


@rule(
    "D560",
    "whole files cannot be shared out so",
    "error",
    source="the language: a part that is cut off a TFRecord part takes whole files",
    files={"digits-0.tfrecord": bytes(16), **{f"many-{i}.tfrecord": bytes(16) for i in range(5)}},
    bad="""
        specc: 1
        data:
          tfrecord:
            train: digits-*.tfrecord  # ! D560
            features: {pixels: {shape: [8, 8, 1]}, label: {dtype: int64}}
            x: pixels
            y: label
          preprocess: [Normalization]
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: rmsprop, loss: sparse_categorical_crossentropy, epochs: 20}
        """,
    good="""
        specc: 1
        data:
          tfrecord:
            train: many-*.tfrecord
            features: {pixels: {shape: [8, 8, 1]}, label: {dtype: int64}}
            x: pixels
            y: label
          preprocess: [Normalization]
        model:
          - Conv2D: {filters: 32, kernel_size: 3, activation: relu}
          - Flatten
          - Dense: {units: 10, activation: softmax}
        train: {optimizer: rmsprop, loss: sparse_categorical_crossentropy, epochs: 20}
        """,
)
def whole_files_shared_out(subject: Subject) -> Iterator[Finding]:
    """Records are read file by file, so that a data set need not fit into memory. A part that is
    cut off therefore takes whole files: a number of rows cannot be met, and of a single file
    nothing can be held out, not even the share that becomes validation data by itself.
    """
    data = subject.spec.data
    if data is None or data.source is None or not data.source.streams:
        return
    cut = cuts(subject.facts.given, data.split)
    for part, share in cut:
        if isinstance(share, int):
            message = f"{share:,} rows cannot be cut off: parts are made of whole files"
            yield Finding(message, ("data", "split", part), help="write a fraction, such as `0.2`")
    shards = subject.facts.shards
    if shards is not None and shards <= len(cut):
        files = "1 file" if shards == 1 else f"{shards} files"
        message = f"{files} cannot be shared out over {len(cut) + 1} parts"
        yield Finding(message, ("data", data.source.word, "train"), help=HELP)
