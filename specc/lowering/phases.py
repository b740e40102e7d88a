"""The phases of a training: what each of them freezes, and how it compiles and fits."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from specc.graph import Node
from specc.layers.insides_base import Insides
from specc.lowering.files import apart
from specc.lowering.variables import Variables
from specc.phases import Inside, Phase
from specc.program import Call, Frozen, PhasePlan, TrainingPlan
from specc.subject import Subject


def phase_plans(
    subject: Subject,
    training: Callable[[Subject], TrainingPlan],
    compiled: Callable[[Subject], Call],
    hoisted: Sequence[bool],
) -> tuple[PhasePlan, ...]:
    """The plans of all phases; none where the training has no phases."""
    phases, variables = subject.spec.train.phases or (), Variables()
    views = list(apart(subject))
    trainings = _at_once([training(view) for view in views], hoisted)
    return tuple(
        PhasePlan(
            name=phase.name,
            function=variables.fresh(f"train_{phase.name}".lower()),
            training=plan,
            compile=compiled(view),
            frozen=tuple(_frozen(subject, view, phase)),
            trained=sum(map(view.graph.trained, view.nodes)),
            total=sum(map(view.graph.params, view.nodes)),
            hoisted=features,
            augments=view.spec.augments,
        )
        for phase, view, plan, features in zip(phases, views, trainings, hoisted, strict=False)
    )


def _at_once(plans: Sequence[TrainingPlan], hoisted: Sequence[bool]) -> list[TrainingPlan]:
    """All phases may take several steps at once, or those alone that learn from features."""
    each = all(plan.steps_per_execution for plan in plans) and not any(hoisted)
    return [
        plan if each or features else replace(plan, steps_per_execution=None)
        for plan, features in zip(plans, hoisted, strict=False)
    ]


def together(plans: tuple[PhasePlan, ...]) -> TrainingPlan:
    """What of their trainings holds for the script as a whole."""
    trainings = [plan.training for plan in plans]
    weights = [each.class_weight for each in trainings]
    at_once = filter(None, (each.steps_per_execution for each in trainings))
    return replace(
        trainings[0],
        epochs=sum(each.epochs for each in trainings),
        batch_size=None,
        steps_per_execution=max(at_once, default=None),
        class_weight="balanced" if "balanced" in weights else weights[0],
        callbacks=tuple(call for each in trainings for call in each.callbacks),
        phases=plans,
    )


def listed(subject: Subject) -> frozenset[str]:
    """The layers that any phase lists: each phase sets all of them."""
    return frozenset(name for phase in subject.spec.train.phases or () for name in phase.states)


def held(subject: Subject) -> frozenset[str]:
    """The bases that some phase does not wholly train: they run as in use, so that their
    normalization keeps what it has learned."""
    nodes = (node for view in subject.phases for node in view.nodes)
    return frozenset(
        node.name
        for node in nodes
        if isinstance(node.kind, Insides) and not node.kind.wholly_trained
    )


def _frozen(subject: Subject, view: Subject, phase: Phase) -> Iterator[Frozen]:
    """What is set for each layer that any phase lists, in the order of the model."""
    names = listed(subject)
    for node in view.nodes:
        if node.name in names and node.shared is None and node.kind is not None:
            state = phase.states.get(node.name)
            said = state.said if isinstance(state, Inside) else ""
            runs, free = tuple(_runs(node)), bool(node.trainable)
            normalizes = _normalizes(node) and bool(runs)
            again = free and _partly_before(subject, view, node.name)
            yield Frozen(node.name, free, runs, said, normalizes, again)


def _partly_before(subject: Subject, view: Subject, name: str) -> bool:
    """Whether a phase before trains a model in part."""
    before = (subject.spec.train.phases or ())[: view.phase]
    return any(isinstance(phase.states.get(name), Inside) for phase in before)


def _normalizes(node: Node) -> bool:
    """Whether normalization is frozen among layers that are not."""
    kind = node.kind
    return isinstance(kind, Insides) and kind.frozen_inside != kind.asked


def _runs(node: Node) -> Iterator[tuple[int, int]]:
    """The places of the frozen layers inside, neighbours together."""
    places = sorted(node.kind.asked) if isinstance(node.kind, Insides) else []
    for _, run in groupby(enumerate(places), lambda pair: pair[1] - pair[0]):
        found = [place for _, place in run]
        yield found[0], found[-1] + 1
