"""The model of a spec to statements, which both back ends read."""

from specc.lowering.model import lower_model
from specc.lowering.notes import note

__all__ = ["lower_model", "note"]
