"""D568: texts that say nothing, and are trained on all the same."""

from collections.abc import Iterator

from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "D568",
    "texts without a word",
    "warning",
    source="Keras 3.15 (`TextVectorization`, as run)",
    files={f"reviews/{c}/{i}.txt": b"a film" for c in ("bad", "good") for i in range(400)}
    | {f"notes/{c}/{i}.txt": b"a film" * (i > 9) for c in ("bad", "good") for i in range(400)},
    bad="""
        specc: 1
        data:
          text:
            path: notes  # ! D568
          preprocess:
            - TextVectorization: {max_tokens: 5000, output_mode: multi_hot, pad_to_max_tokens: true}
        model:
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy, epochs: 20}
        """,
    good="""
        specc: 1
        data:
          text:
            path: reviews
          preprocess:
            - TextVectorization: {max_tokens: 5000, output_mode: multi_hot, pad_to_max_tokens: true}
        model:
          - Dense: {units: 1, activation: sigmoid}
        train: {optimizer: rmsprop, loss: binary_crossentropy, epochs: 20}
        """,
)
def texts_without_a_word(subject: Subject) -> Iterator[Finding]:
    """An empty text, or one of nothing but marks, becomes a row of zeros. It still has a label,
    and all such rows look alike whatever they are labelled: the network learns the share of
    the classes among them. Mostly they are files that were never written to their end.
    """
    texts, data = subject.facts.texts, subject.spec.data
    if texts is None or data is None or not texts.empty:
        return
    folder = next((each for each in subject.facts.folders if each.part == "train"), None)
    path = folder.path if folder else ("data", "text", "csv")
    count, seen = texts.empty, len(texts.lengths)
    said = f"{count:,} of {seen:,} texts have" if count > 1 else f"one of {seen:,} texts has"
    yield Finding(f"{said} no words", path, help="leave them out, or find what was lost")
