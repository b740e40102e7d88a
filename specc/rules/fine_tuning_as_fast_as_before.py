"""X705: a base that is fine-tuned by steps as large as those that its head has learned with."""

from collections.abc import Iterator

from specc.graph import Node
from specc.rules.amounts import Tuned, tuned
from specc.rules.base import Finding, rule
from specc.rules.transfer import pretrained_bases
from specc.subject import Subject


@rule(
    "X705",
    "fine-tuning as fast as before",
    "warning",
    source="notes J2 (RMSprop at 2e-5 for the head, at 1e-5 for fine-tuning)",
    bad="""
        specc: 1
        model:
          - Input: [150, 150, 3]
          - VGG16: {weights: imagenet, include_top: false}
          - Flatten
          - Dense: {units: 1, activation: sigmoid}
        train:
          loss: binary_crossentropy
          phases:
            - name: head
              trainable: {vgg16: false}
              optimizer: {RMSprop: {learning_rate: 2e-5}}
              epochs: 30
            - name: fine_tune
              trainable: {vgg16: {from: block5_conv1}}
              optimizer: {RMSprop: {learning_rate: 1e-4}}  # ! X705
              epochs: 100
        """,
    good="""
        specc: 1
        model:
          - Input: [150, 150, 3]
          - VGG16: {weights: imagenet, include_top: false}
          - Flatten
          - Dense: {units: 1, activation: sigmoid}
        train:
          loss: binary_crossentropy
          phases:
            - name: head
              trainable: {vgg16: false}
              optimizer: {RMSprop: {learning_rate: 2e-5}}
              epochs: 30
            - name: fine_tune
              trainable: {vgg16: {from: block5_conv1}}
              optimizer: {RMSprop: {learning_rate: 1e-5}}
              epochs: 100
        """,
)
def fine_tuning_as_fast_as_before(subject: Subject) -> Iterator[Finding]:
    """The weights of the base are good already, and there is little to learn for them: at the
    rate of the head they leave what they know before they find anything better. A fifth to a
    tenth of the head's rate is usual. Only rates of one and the same optimizer are compared.
    """
    found = tuned(subject)
    if not subject.phase or subject.training is None or found is None or found.first is None:
        return
    earlier = subject.training.phases[: subject.phase]
    for node in pretrained_bases(subject):
        compared = [before for before in earlier if _more(subject, before, node)]
        head = tuned(compared[-1]) if compared else None
        if head is not None and _as_fast(found, head):
            phase = compared[-1].own_phase
            name = phase.name if phase else ""
            yield Finding(
                f"a rate of {found.first:g} is not below the {head.first:g} of `{name}`, "
                f"which trains less of `{node.name}`",
                found.at_rate,
                help=f"write `learning_rate: {(head.first or 0) / 10:g}`",
            )


def _as_fast(found: Tuned, head: Tuned) -> bool:
    if found.name != head.name or found.first is None or head.first is None:
        return False
    return found.first >= head.first > 0


def _more(subject: Subject, before: Subject, node: Node) -> bool:
    """Whether more of a base is trained than in a phase before."""
    twin = before.graph.by_name[node.name]
    return not before.undecided and subject.graph.trained(node) > before.graph.trained(twin)
