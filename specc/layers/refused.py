"""Keras layers that a spec cannot name, with the reason."""

_CODE = "it holds Python code, which a spec cannot; nothing in a spec is ever executed"
_FOREIGN = "it wraps a model of another framework, which a spec cannot describe"
_ABSTRACT = "it is a base class; name the layer itself"

REFUSED = {
    "Lambda": _CODE,
    "TFSMLayer": "it runs a foreign SavedModel, which nothing can check",
    "JaxLayer": _FOREIGN,
    "FlaxLayer": _FOREIGN,
    "TorchModuleWrapper": _FOREIGN,
    "Layer": _ABSTRACT,
    "Wrapper": _ABSTRACT,
    "InputSpec": "it is no layer; `Input` describes what goes in",
}
