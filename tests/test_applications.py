"""The pretrained models against those that Keras builds: shapes, weights, names, refusals."""

import inspect
from collections.abc import Iterator
from math import prod
from pathlib import Path
from typing import Any

import pytest
from oracle import evaluate
from pydantic import ValidationError

from specc.kind import snake_case
from specc.layers.application_base import RANGES, Application
from specc.registry import find, names
from specc.tensor import ShapeError, Tensor

NAMES = [
    name for name in names("layers") if issubclass(find("layers", name) or Tensor, Application)
]
FEATURES = {"pretrained": None, "include_top": False}
PICTURES = {"pretrained": None}


STEMS = {snake_case(name) for name in names("layers")}  # of the names that Keras gives


def kind_of(name: str) -> type[Application]:
    kind = find("layers", name)
    assert kind is not None and issubclass(kind, Application)
    return kind


def made(name: str, /, **options: Any) -> Application:
    return kind_of(name).model_validate(options)


def built(kind: Application, x: Tensor) -> Any:
    """Keras' model in a cleared session; its weights have shapes and no values."""
    import keras

    keras.backend.clear_session()
    with keras.StatelessScope(initialize_variables=False):
        return evaluate(kind.constructor(x))


def facts(model: Any) -> tuple[Any, ...]:
    """Output, name, and each layer with its weights, trained and not."""
    layers = [
        (each.name, size(each.trainable_weights), size(each.non_trainable_weights))
        for each in model.layers
    ]
    return tuple(model.output_shape[1:]), model.name, layers


def counted() -> set[str]:
    """What Keras has given names to since its session was cleared."""
    from keras.src.backend.common import global_state

    return {*global_state.get_global_attribute("object_name_uids", {})}


def size(weights: list[Any]) -> int:
    return sum(prod(w.shape) for w in weights)


def agree(kind: Application, x: Tensor) -> None:
    """Keras builds what the kind infers, or refuses it too."""
    try:
        ours = (kind.infer(x).shape, kind.keras_name(x), [each[:3] for each in kind.inner(x)])
    except ShapeError as error:
        if error.code not in kind.stricter:
            with pytest.raises((ValueError, TypeError)):
                built(kind, x)
        return
    model = built(kind, x)
    assert counted() & STEMS <= kind.used_up()
    assert ours == facts(model)
    maps = {e.name for e in model.layers if len(e.output.shape) == 4 and "input" not in e.name}
    assert {*kind.maps_inside(x)} <= maps and (kind.include_top or maps == {*kind.maps_inside(x)})
    assert kind.params(x) == model.count_params()
    assert kind.trained(x) == size(model.trainable_weights)
    assert None in x.shape or kind.macs(x) == sum(map(multiplied, flat(model)))


def flat(model: Any) -> Iterator[Any]:
    """The layers of a model, those of the models inside it in their place."""
    for layer in model.layers:
        yield from flat(layer) if hasattr(layer, "layers") else [layer]


def multiplied(layer: Any) -> int:
    """Multiply-adds: each weight of a kernel as often as there are places for it."""
    kernels = [w for w in layer.weights if "kernel" in w.name]
    return size(kernels) * prod(layer.output.shape[1:-1]) if kernels else 0


@pytest.mark.keras
def test_there_are_all_of_keras() -> None:
    import keras

    assert {name for name in dir(keras.applications) if name[0].isupper()} == set(NAMES)


@pytest.mark.keras
@pytest.mark.filterwarnings("ignore:.*input channels:UserWarning")
@pytest.mark.parametrize("name", NAMES)
def test_options_and_defaults_are_those_of_keras(name: str) -> None:
    import keras

    kind, known = (
        kind_of(name),
        dict(inspect.signature(getattr(keras.applications, name)).parameters),
    )
    renamed = {option: key for key, option in kind.renamed.items()}
    options = [renamed.get(option, option) for option in kind.options()]
    assert options == [n for n in known if n not in ("input_tensor", "input_shape", "name")] + [
        "preprocess",
        "sha256",
    ]
    assert [renamed.get(n, n) for n in kind.order] == [
        n for n in known if n not in ("input_tensor", "name")
    ]
    for option, key in zip((*kind.options(), "name"), (*options, "name"), strict=True):
        if key not in ("preprocess", "sha256"):
            assert kind.model_fields[option].default == known[key].default, option
    assert kind.__doc__ and "\n\n" not in kind.__doc__


@pytest.mark.keras
@pytest.mark.parametrize("name", NAMES)
def test_preprocessing_makes_the_range_that_is_said(name: str) -> None:
    import keras
    import numpy as np

    kind = kind_of(name)
    function = getattr(keras.applications, kind.home).preprocess_input
    low, high = (function(np.full((1, 1, 1, 3), value)) for value in (0.0, 255.0))
    assert (low.min(), high.max()) == pytest.approx(RANGES[kind.mode], abs=1e-3)
    own, none = made(name), made(name, preprocess="none")
    assert own.takes == (0, 255) and none.takes == RANGES[kind.mode]
    assert none.preprocessing() is None
    assert own.preprocessing() == (
        None if kind.mode == "inside" else f"keras.applications.{kind.home}.preprocess_input"
    )


SAMPLE = (
    "DenseNet121", "EfficientNetB0", "InceptionV3", "MobileNet", "MobileNetV2", "MobileNetV3Small",
    "NASNetMobile", "ResNet50", "VGG16", "Xception",
)  # fmt: skip


def cases(kind: type[Application]) -> Iterator[tuple[dict[str, Any], tuple[int | None, ...]]]:
    """Options and shapes that the kind takes, or that Keras refuses."""
    least, usual = kind.least_size, kind.default_size
    yield FEATURES, (least, least + 5, 3)
    yield PICTURES, (usual, usual, 3)
    yield FEATURES | {"pooling": "avg", "preprocess": "none"}, (2 * least + 1, 97, 1)
    yield FEATURES | {"pooling": "max"}, (least + 1, least + 1, 3)
    yield PICTURES | {"classes": 7, "classifier_activation": None}, (least + 3, 131, 3)
    yield FEATURES, (None, None, 3)
    yield FEATURES, (None, 101, 3)
    yield FEATURES, (101, None, 3)
    yield FEATURES, (None, least - 1, 3)
    yield PICTURES, (None, None, 3)
    yield FEATURES, (least - 1, 200, 3)
    if "include_preprocessing" in kind.model_fields:
        yield FEATURES | {"include_preprocessing": False}, (64, 64, 3)
        yield FEATURES | {"preprocess": "none"}, (64, 64, 4)


@pytest.mark.keras
@pytest.mark.parametrize("name", SAMPLE)
def test_a_model_is_what_keras_builds(name: str) -> None:
    for options, shape in list(cases(kind_of(name)))[:2]:
        agree(made(name, **options), Tensor(shape))


@pytest.mark.keras
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:.*input channels:UserWarning")
@pytest.mark.parametrize("name", NAMES)
def test_every_model_is_what_keras_builds_or_refuses(name: str) -> None:
    for options, shape in cases(kind_of(name)):
        agree(made(name, **options), Tensor(shape))


WIDTHS = (
    ("MobileNet", {"alpha": 0.25, "depth_multiplier": 2}),
    ("MobileNet", {"alpha": 1.3, "dropout": 0.0, "include_top": True}),
    ("MobileNetV2", {"alpha": 0.1}),
    ("MobileNetV2", {"alpha": 1.4, "include_top": True}),
    ("MobileNetV3Small", {"alpha": 0.3, "minimalistic": True, "include_top": True}),
    ("MobileNetV3Small", {"alpha": 1.25, "include_top": True, "dropout_rate": 0.0}),
    ("MobileNetV3Large", {"alpha": 0.75, "include_preprocessing": False, "pooling": "max"}),
    ("ConvNeXtTiny", {"name": "eyes", "pooling": "avg"}),
)


@pytest.mark.keras
@pytest.mark.parametrize(("name", "options"), WIDTHS)
def test_options_change_a_model_as_in_keras(name: str, options: dict[str, Any]) -> None:
    agree(made(name, **FEATURES | options), Tensor((75, 64, 3)))


WITH_WEIGHTS = (
    ("VGG16", {}, (224, 224, 3)),
    ("VGG16", {"classes": 10}, (224, 224, 3)),
    ("VGG16", {"include_top": False}, (64, 48, 1)),
    ("MobileNet", {}, (160, 160, 3)),
    ("MobileNetV2", {}, (96, 96, 3)),
    ("MobileNetV3Small", {}, (100, 60, 3)),
    ("EfficientNetB0", {}, (224, 224, 3)),
    ("EfficientNetB0", {"include_top": False}, (50, 50, 3)),
    ("EfficientNetV2S", {}, (224, 224, 3)),
    ("ConvNeXtTiny", {"include_top": False}, (None, None, 3)),
    ("NASNetMobile", {"include_top": False}, (None, None, 3)),
    ("NASNetMobile", {"include_top": False}, (50, 50, 4)),
)


@pytest.mark.keras
@pytest.mark.filterwarnings("ignore:.*`input_shape` is undefined:UserWarning")
@pytest.mark.parametrize(("name", "options", "shape"), WITH_WEIGHTS)
def test_models_with_weights_take_what_keras_takes(
    monkeypatch: pytest.MonkeyPatch, name: str, options: dict[str, Any], shape: tuple[int, ...]
) -> None:
    import keras
    from keras.src.utils import file_utils

    monkeypatch.setattr(file_utils, "get_file", lambda *_, **__: "")
    monkeypatch.setattr(keras.Model, "load_weights", lambda *_: None)
    agree(made(name, **options), Tensor(shape))


REFUSED = (
    ("VGG16", {"pretrained": "imagnet"}, "form"),
    ("VGG16", {"name": "eyes"}, None),
    ("VGG16", {"classifier_activation": "sigmoid"}, "mistake"),
    ("VGG16", {"classifier_activation": "sigmoid", "include_top": False}, None),
    ("EfficientNetB0", {"name": "eyes"}, "mistake"),
    ("EfficientNetB0", {"name": "eyes", "pretrained": None}, None),
    ("EfficientNetV2B0", {"name": "eyes", "pretrained": None}, "mistake"),
    ("ConvNeXtTiny", {"name": "eyes"}, "mistake"),
    ("MobileNet", {"alpha": 1.3}, "mistake"),
    ("MobileNet", {"depth_multiplier": 2}, "mistake"),
    ("MobileNet", {"alpha": 0.03, "pretrained": None}, "range"),
    ("MobileNetV2", {"alpha": 1.3}, None),
    ("MobileNetV2", {"alpha": 0.25}, "mistake"),
    ("MobileNetV3Small", {"alpha": 0.75, "minimalistic": True}, "mistake"),
    ("ResNet50", {"dtype": "float16"}, "range"),
)


@pytest.mark.parametrize(("name", "options", "kind"), REFUSED)
def test_options_that_do_not_go_together(
    name: str, options: dict[str, Any], kind: str | None
) -> None:
    if kind is None:
        made(name, **options)
        return
    with pytest.raises(ValidationError) as caught:
        made(name, **options)
    assert [fault["type"] for fault in caught.value.errors()] == [kind]


SHAPES = (
    ("VGG16", FEATURES, (31, 64, 3), "X702", None),
    ("ResNet50", {"include_top": False}, (64, 64, 1), "X702", "weights"),
    ("ResNet50", FEATURES, (64, 64, 1), "X702", "preprocess"),
    ("ResNet50", {}, (64, 64, 3), "X702", "include_top"),
    ("ResNet50", {"classes": 10}, (224, 224, 3), "X703", "classes"),
    ("ResNet50", PICTURES, (None, None, 3), "S215", None),
    ("NASNetLarge", FEATURES, (None, None, 3), "S215", None),
    ("VGG16", FEATURES, (64, 64), "S201", None),
    ("VGG16", FEATURES, (64, 64, None), "S215", None),
)


@pytest.mark.parametrize(("name", "options", "shape", "code", "option"), SHAPES)
def test_inputs_that_a_model_does_not_take(
    name: str, options: dict[str, Any], shape: tuple[int, ...], code: str, option: str | None
) -> None:
    with pytest.raises(ShapeError) as caught:
        made(name, **options).infer(Tensor(shape))
    assert (caught.value.code, caught.value.option) == (code, option)


def test_names_inside_are_known() -> None:
    kind = made("VGG16", include_top=False)
    assert kind.inner_layers()[-4:] == (
        "block5_conv1", "block5_conv2", "block5_conv3", "block5_pool",
    )  # fmt: skip


def test_the_call_is_what_a_person_would_write() -> None:
    kind = made("VGG16", include_top=False, trainable=False, preprocess="none", pretrained=None)
    call = kind.constructor(Tensor((150, 150, 3)))
    assert call.target == "keras.applications.VGG16" and call.args == ()
    assert call.options == (
        ("include_top", False), ("weights", None), ("input_shape", (150, 150, 3)),
    )  # fmt: skip
    assert kind.trained(Tensor((150, 150, 3))) == 0


def test_the_tables_are_small() -> None:
    files = list((Path(__file__).parents[1] / "specc" / "layers" / "names").iterdir())
    assert sorted(file.stem for file in files) == NAMES
    assert sum(file.stat().st_size for file in files) < 600_000
