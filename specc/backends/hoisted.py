"""Expressions of a script that computes the output of frozen layers once."""

from dataclasses import replace

from specc.program import Call, DataPlan, PhasePlan, Program, Ref, TrainingPlan


def head_compiled(program: Program) -> Call:
    """The model's own `compile`, for what learns from features, with the same optimizer."""
    options = dict(program.compile.options) | {"optimizer": Ref("model.optimizer")}
    return Call("head.compile", (), tuple(options.items()))


def saves_whole(program: Program) -> bool:
    """Whether a callback of what learns from features writes the network, which is the whole."""
    training = program.training
    if training is None:
        return False
    plans = [plan.training for plan in training.phases if plan.hoisted] or [training]
    return any(plan.saves_model for plan in plans)


def learner(data: DataPlan) -> str:
    """The variable of what is fitted and scored: the model, or what learns of it from features."""
    return "head" if data.hoist else "model"


def in_phase(data: DataPlan, plan: PhasePlan) -> DataPlan:
    """The data of a phase, which trains the whole network or learns from features, of images
    that are changed at random or as they are."""
    hoist = data.hoist if plan.hoisted else None
    return replace(data, hoist=hoist, augment=data.augment if plan.augments else None)


def in_the_end(data: DataPlan, training: TrainingPlan) -> DataPlan:
    """The data as the last phase takes them, and what is scored after it."""
    return in_phase(data, training.phases[-1]) if training.phases else data


def as_features(data: DataPlan, part: str) -> Call:
    """A part such as `data.test` with features in place of what the source has."""
    owner = part.partition(".")[0]
    preprocessing = (Ref(f"{owner}.preprocessing"),) if data.preprocesses else ()
    return Call("as_features", (Ref(part), *preprocessing, Ref("model")))
