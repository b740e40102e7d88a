"""D561: balanced weights where nobody counts the classes."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject

SPEC = """
        specc: 1
        data:
          tfrecord:
            train: shards/train-*.tfrecord
            features: {{pixels: {{shape: [8, 8, 1]}}, label: {{dtype: int64}}}}
            x: pixels
            y: label
          preprocess: [Normalization]
        model:
          - Conv2D: {{filters: 32, kernel_size: 3, activation: relu}}
          - Flatten
          - Dense: {{units: 3, activation: softmax}}
        train:
          optimizer: rmsprop
          loss: sparse_categorical_crossentropy
          epochs: 20
          class_weight: {}
        """


@rule(
    "D561",
    "balance of classes that are not counted",
    "error",
    source="the language: TFRecord files are read in turn, and never as a whole",
    bad=SPEC.format("balanced  # ! D561"),
    good=SPEC.format("""{"0": 1.0, "1": 1.0, "2": 5.0}"""),
)
def balance_of_uncounted_classes(subject: Subject) -> Iterator[Finding]:
    """`class_weight: balanced` counts the rows of every class before the training. Records are
    not read before it: the weights have to be written down.
    """
    data = subject.spec.data
    streams = data is not None and data.source is not None and data.source.streams
    if streams and subject.spec.train.class_weight == "balanced":
        message = "the classes of records are not counted before the training"
        help = 'write the weights: `class_weight: {"0": 1.0, "1": 2.5}`'
        yield Finding(message, ("train", "class_weight"), help=help)
