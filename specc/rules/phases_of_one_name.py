"""X713: two phases that nobody can tell apart."""

from collections.abc import Iterator

from specc.diagnostics import Note
from specc.phases import LISTED
from specc.rules.base import Finding, rule
from specc.subject import Subject


@rule(
    "X713",
    "phases of one name",
    "error",
    source="the history of a run, in which each epoch has the name of its phase",
    bad="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 64, activation: relu, name: hidden}
          - Dense: {units: 1, activation: sigmoid}
        train:
          optimizer: adam
          loss: binary_crossentropy
          epochs: 20
          phases:
            - name: all
            - name: all  # ! X713
              trainable: {hidden: false}
        """,
    good="""
        specc: 1
        model:
          - Input: [20]
          - Dense: {units: 64, activation: relu, name: hidden}
          - Dense: {units: 1, activation: sigmoid}
        train:
          optimizer: adam
          loss: binary_crossentropy
          epochs: 20
          phases:
            - name: all
            - name: rest
              trainable: {hidden: false}
        """,
)
def phases_of_one_name(subject: Subject) -> Iterator[Finding]:
    """History, curves and messages call a phase by its name."""
    names = (
        [phase.name for phase in subject.training.spec.train.phases or ()]
        if (subject.training)
        else []
    )
    for number, name in enumerate(names):
        first = names.index(name)
        if first < number:
            notes = (Note("the other one", (*LISTED, first, "name")),)
            path = (*LISTED, number, "name")
            help = "give it a name of its own"
            yield Finding(f"two phases are called `{name}`", path, help=help, notes=notes)
