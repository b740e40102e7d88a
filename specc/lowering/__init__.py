"""The parts of a spec to those of a program: the model, the data and the training."""

from specc.lowering.data import data_plan
from specc.lowering.model import lower_model
from specc.lowering.notes import note
from specc.lowering.protocol import folds_plan
from specc.lowering.training import training_plan

__all__ = ["data_plan", "folds_plan", "lower_model", "note", "training_plan"]
