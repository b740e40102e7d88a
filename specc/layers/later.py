"""Layers that Keras has and specc does not read: not yet, or not at all and why."""

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

_LATER = """
Add AdditiveAttention Attention Average Concatenate Dot EinsumDense GroupNormalization
GroupQueryAttention Maximum Minimum MultiHeadAttention Multiply Pipeline ReversibleEmbedding
RMSNormalization SpectralNormalization Subtract UnitNormalization
"""
LATER = frozenset(_LATER.split())

_BASES = """
ConvNeXtBase ConvNeXtLarge ConvNeXtSmall ConvNeXtTiny ConvNeXtXLarge DenseNet121 DenseNet169
DenseNet201 EfficientNetB0 EfficientNetB1 EfficientNetB2 EfficientNetB3 EfficientNetB4
EfficientNetB5 EfficientNetB6 EfficientNetB7 EfficientNetV2B0 EfficientNetV2B1 EfficientNetV2B2
EfficientNetV2B3 EfficientNetV2L EfficientNetV2M EfficientNetV2S InceptionResNetV2 InceptionV3
MobileNet MobileNetV2 MobileNetV3Large MobileNetV3Small NASNetLarge NASNetMobile ResNet101
ResNet101V2 ResNet152 ResNet152V2 ResNet50 ResNet50V2 VGG16 VGG19 Xception
"""
BASES = frozenset(_BASES.split())
