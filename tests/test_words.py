"""The nearest word undoes slips; old Keras words have a meaning that Keras knows today."""

import string
from random import Random
from typing import Any

import pytest

from specc.keys import meaning
from specc.old_words import ALIASES, OLD_KEYS, OLD_KINDS, OLD_VALUES, translate
from specc.registry import names
from specc.words import nearest

CONVOLUTION = ["filters", "kernel_size", "strides", "padding", "activation", "use_bias", "name"]
SECTIONS = ["specc", "name", "task", "seed", "data", "model", "train", "evaluate", "visualize"]
OPTIMIZER = ["learning_rate", "momentum", "weight_decay", "clipnorm", "epsilon"]

SLIPS = [
    *[
        (word, "layers", "Conv2D")
        for word in ("conv2d", "Conv2d", "CONV2D", "conv_2d", "Conv2", "Conv")
    ],
    *[(word, "layers", "MaxPooling2D") for word in ("MaxPooling", "maxpooling2d", "MaxPoling2D")],
    *[(word, "layers", "BatchNormalization") for word in ("batchnorm", "BatchNormalisation")],
    *[(word, "layers", "Dropout") for word in ("Dropot", "dropout", "Dropuot", "DropOut")],
    *[(word, "layers", "Flatten") for word in ("Flaten", "flatten", "Flattn")],
    *[(word, "layers", None) for word in ("Linear", "FC", "foo", "x", "", "model", "!?")],
    *[(word, "optimizers", "RMSprop") for word in ("RMSProp", "RmsProp", "rms_prop")],
    *[
        (word, OPTIMIZER, "learning_rate")
        for word in ("learning_rte", "learningRate", "learning-rate")
    ],
    *[(word, OPTIMIZER, None) for word in ("rte", "depth", "lr", "l")],
    *[(word, CONVOLUTION, "filters") for word in ("filter", "filtres", "Filters", "fliters")],
    *[(word, CONVOLUTION, "kernel_size") for word in ("kernel", "kernelsize", "kernel_sizes")],
    *[(word, CONVOLUTION, "use_bias") for word in ("bias", "usebias", "use_biases")],
    *[(word, SECTIONS, "train") for word in ("training", "trian", "Train")],
    *[(word, SECTIONS, "data") for word in ("dataset", "datas", "dta")],
    *[(word, SECTIONS, "visualize") for word in ("visualise", "visualization"[:9])],
    *[(word, SECTIONS, None) for word in ("optimizer", "layers", "n", "x" * 1000)],
]


@pytest.mark.parametrize(("word", "known", "meant"), SLIPS)
def test_slips(word: str, known: Any, meant: str | None) -> None:
    assert nearest(word, names(known) if isinstance(known, str) else known) == meant


def slip(word: str, random: Random) -> str:
    """The word with one letter dropped, swapped, changed or added."""
    at, letter = random.randrange(len(word)), random.choice(string.ascii_lowercase)
    swapped = word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :]
    dropped, changed = word[:at] + word[at + 1 :], word[:at] + letter + word[at + 1 :]
    return random.choice([dropped, swapped, changed, word[:at] + letter + word[at:]])


ALIKE = {"Nadam", "Adamax", "AdamW", "Lamb"}


@pytest.mark.parametrize("family", ["layers", "optimizers", "losses", "metrics", "callbacks"])
def test_one_slip_is_undone(family: str) -> None:
    """In 24 of 25 cases; names that differ by a letter, as `Nadam` from `Adam`, can't be told."""
    random, known = Random(3), [name for name in names(family) if name not in ALIKE]
    slips = [(slip(word, random), word) for word in known for _ in range(8)]
    unclear = [(wrong, word) for wrong, word in slips if nearest(wrong, known) != word]
    assert len(unclear) <= len(slips) / 25, unclear


def test_the_answer_does_not_depend_on_order() -> None:
    known = list(names("layers"))
    assert {nearest("Cnv2", order) for order in (known, known[::-1], set(known))} == {"Conv2D"}


OLD = [
    ("lr", OPTIMIZER, "learning_rate"),
    ("nb_epoch", ["epochs", "batch_size"], "epochs"),
    ("border_mode", CONVOLUTION, "padding"),
    ("subsample", CONVOLUTION, "strides"),
    ("nb_filter", CONVOLUTION, "filters"),
    ("init", ["units", "kernel_initializer"], "kernel_initializer"),
    ("init", ["input_dim", "embeddings_initializer"], "embeddings_initializer"),
    ("W_regularizer", ["embeddings_regularizer"], "embeddings_regularizer"),
    ("inner_activation", ["recurrent_activation"], "recurrent_activation"),
    ("output_dim", ["units"], "units"),
    ("p", ["rate", "seed"], "rate"),
    ("epsilon", ["monitor", "min_delta"], "min_delta"),
    ("dim_ordering", ["data_format"], "data_format"),
    ("lr", CONVOLUTION, None),
    ("strides", CONVOLUTION, None),
]


@pytest.mark.parametrize(("word", "known", "meaning"), OLD)
def test_old_options(word: str, known: list[str], meaning: str | None) -> None:
    assert translate(word, known) == meaning


@pytest.mark.parametrize(
    "word", ["samples_per_epoch", "fit_generator", "batch_input_shape", "nb_row"]
)
def test_old_options_without_a_name_of_today_get_a_phrase(word: str) -> None:
    assert translate(word, []) == OLD_KEYS[word]
    assert " " in OLD_KEYS[word]


def test_a_phrase_is_no_key_to_read_on_with() -> None:
    fields = dict.fromkeys(["steps_per_epoch", "epochs"])
    assert meaning("samples_per_epoch", fields) is None
    assert meaning("nb_epoch", fields) == "epochs"
    assert meaning("step_per_epoch", fields) == "steps_per_epoch"


def test_old_words_are_not_words_of_today() -> None:
    kinds = {name for family in ("layers", "optimizers", "callbacks") for name in names(family)}
    assert not kinds & set(OLD_KINDS)
    assert not set(OLD_KEYS) & {meaning for meaning in OLD_KEYS.values() if " " not in meaning}
    assert not set(OLD_VALUES) & set(OLD_VALUES.values())


@pytest.fixture(scope="module")
def keras() -> Any:
    return pytest.importorskip("keras")


@pytest.mark.keras
def test_kinds_of_today_exist(keras: Any) -> None:
    for word, kind in OLD_KINDS.items():
        if " " not in kind:
            assert getattr(keras.layers, kind, None) or getattr(keras, kind, None), word
        existing = getattr(keras.layers, word, None)
        assert existing is None or existing.__name__ != word or word == "InputLayer", word


@pytest.mark.keras
def test_aliases_are_the_classes_that_they_stand_for(keras: Any) -> None:
    for alias, name in ALIASES.items():
        assert getattr(keras.layers, alias) is getattr(keras.layers, name)


@pytest.mark.keras
def test_options_of_today_exist(keras: Any) -> None:
    """Each is a parameter of some class of Keras, of fit, or an option of a source of data."""
    from inspect import isclass, signature

    modules = (
        keras.layers,
        keras.optimizers,
        keras.callbacks,
        keras.constraints,
        keras.metrics,
        keras.regularizers,
    )
    classes = [each for module in modules for each in vars(module).values() if isclass(each)]
    known = {option for each in classes for option in signature(each.__init__).parameters}
    known |= {*signature(keras.Model.fit).parameters, "color", "path", "num_words"}
    for word, today in OLD_KEYS.items():
        assert " " in today or today in known, word


@pytest.mark.keras
def test_values_of_today_exist(keras: Any) -> None:
    modules = ("losses", "metrics", "initializers", "regularizers", "constraints", "activations")
    for word, value in OLD_VALUES.items():
        if word.startswith("val_") or value in ("accuracy", "learning_rate", "same"):
            continue
        if value.startswith("channels_"):
            continue
        assert any(understood(getattr(keras, module), value) for module in modules), word


def understood(module: Any, word: str) -> bool:
    try:
        return module.get(word) is not None
    except ValueError:
        return False
