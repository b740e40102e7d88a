"""Which keys the sections of a spec have, and what some are called that they do not have."""

from collections.abc import Mapping

from pydantic import BaseModel

from specc import blocks, read_model
from specc.phases import RATE
from specc.schema import SOURCES, Data, Spec, Train

Place = tuple[str, ...]  # the path of a section
ROOT: Place = ()
DATA: Place = ("data",)
TRAIN: Place = ("train",)
SPLIT: Place = ("data", "split")
PREPROCESS: Place = ("data", "preprocess")
MODEL: Place = ("model",)
INPUTS: Place = ("model", "inputs")
BLOCKS: Place = ("blocks",)
SECTIONS: Mapping[Place, type[BaseModel]] = {ROOT: Spec, DATA: Data, TRAIN: Train}
KEYS = {
    ROOT: frozenset(Spec.model_fields),
    DATA: frozenset(Data.model_fields) - {"source"} | SOURCES,
    TRAIN: frozenset(Train.model_fields),
}
OF_MODEL = read_model.KEYS
OF_BLOCK = blocks.KEYS
APART = SOURCES | {
    *("preprocess", "augment", "split", "facts"),
    *("optimizer", "loss", "metrics", "callbacks", "phases"),
}  # keys whose values are read by themselves
CALLED = {"layers": "model", "network": "model", "architecture": "model"}
CALLS = frozenset({"compile", "fit"})  # Keras' functions, whose options are keys of `train`
OF_OBJECTS = {"learning_rate": RATE, "lr": RATE}  # options that are no keys of a section
