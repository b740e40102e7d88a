"""The model of a spec to statements, which both back ends read."""

from specc.lowering.model import lower_model

__all__ = ["lower_model"]
