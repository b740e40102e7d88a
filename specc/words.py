"""Words that are nearly right: the nearest known one, and what old Keras words are called today."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

LONGEST = 60
IMAGES = 0.01  # of equally near names, that for images is the likeliest


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was surely meant, or None. Case and joining signs weigh nothing."""
    return _nearest(word, frozenset(known))


@lru_cache(maxsize=4096)
def _nearest(word: str, known: frozenset[str]) -> str | None:
    letters = _letters(word)
    if word in known or not letters or len(word) > LONGEST:
        return word if word in known else None
    candidates = sorted(known, key=lambda each: (each[:1].islower() != word[:1].islower(), each))
    same = [candidate for candidate in candidates if _letters(candidate) == letters]
    if same:
        return same[0]
    slips = [candidate for candidate in candidates if _one_slip(word, candidate)]
    return slips[0] if len(slips) == 1 and len(letters) > 2 else _similar(letters, candidates)


def sure(word: str, meant: str, known: Iterable[str]) -> bool:
    """Whether an unknown word can be nothing but `meant`: no other known one is as near, and they
    differ neither in a number nor in a part of one letter, which tell names apart.
    """
    if _letters(word) == _letters(meant):
        return True
    if _telling(word) != _telling(meant):
        return False
    others = [other for other in known if _letters(other) != _letters(meant)]
    if _single(word) == _single(meant) and all(_single(word) != _single(x) for x in others):
        return True
    if any(_one_slip(word, other) for other in others):
        return False
    return all(_alike(word, other) < _alike(word, meant) for other in others)


def _single(word: str) -> str:
    """The letters, each once of those that stand twice."""
    return re.sub(r"(.)\1+", r"\1", _letters(word))


def _one_slip(word: str, known: str) -> bool:
    """Whether one letter is left out, put in, or other, or two stand the wrong way round."""
    a, b = sorted((_letters(word), _letters(known)), key=len)
    if len(b) - len(a) > 1 or a == b:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    if len(a) < len(b):
        return a[start:] == b[start + 1 :]
    return (
        a[start + 1 :] == b[start + 1 :]
        or a[start:] == b[start + 1 : start + 2] + b[start : start + 1] + b[start + 2 :]
    )


def _telling(word: str) -> list[str]:
    """The numbers and single letters in a name, without the `D` of `Conv2D`."""
    return re.findall(r"\d+|(?:(?<=[_.])|^)[^\W\d](?=[_.]|$)", word)


@lru_cache(maxsize=4096)
def _alike(word: str, other: str) -> float:
    from difflib import SequenceMatcher

    return SequenceMatcher(None, _letters(other), _letters(word), autojunk=False).ratio()


def translate(word: str, known: Collection[str]) -> str | None:
    """What an old Keras option is called among the known ones, or the phrase that replaces it."""
    meanings = _OPTIONS.get(word, ())
    fitting = [meaning for meaning in meanings if meaning in known or " " in meaning]
    return fitting[0] if fitting else None


@lru_cache(maxsize=4096)
def _letters(word: str) -> str:
    return "".join(char for char in word.lower() if char.isalnum())


def _similar(letters: str, candidates: list[str]) -> str | None:
    """The most similar candidate: a slip of a letter or two, or a word cut short or prolonged."""
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(letters)
    best, score = None, 0.0
    for candidate in candidates:
        matcher.set_seq1(_letters(candidate))
        bonus = IMAGES if "2D" in candidate else 0.0
        bar = _bar(letters, _letters(candidate))
        for measure in (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio):
            ratio = measure()  # the first two are quick, and never less than the third
            if ratio < bar or ratio + bonus <= score:
                break
        else:
            best, score = candidate, ratio + bonus
    return best


def _bar(letters: str, candidate: str) -> float:
    """How similar two words must be: less when one contains the other or begins like it."""
    shorter, longer = sorted((letters, candidate), key=len)
    if len(shorter) >= 3 and (longer.startswith(shorter) or longer.endswith(shorter)):
        return 0.4
    if len(shorter) < 4:
        return 0.65
    return 0.72


_LEAVE_OUT = "leave it out: Keras chooses by itself"
_INPUT = "begin the model with `- Input: [...]`, the shape without the batch"
_LABELS = "leave it out: how labels are encoded follows from the loss"
_SAMPLES = "write `steps_per_epoch`: the samples divided by `batch_size`"
_TRAIN = "write its options under `train`"
_KERNEL = "write `kernel_size: [rows, columns]`"

# Options of Keras 1 and 2: https://github.com/keras-team/keras/wiki/Keras-2.0-release-notes,
# keras 2's legacy/interfaces.py, and the constructors of keras 3. Several meanings: by the class.
_OPTIONS: dict[str, tuple[str, ...]] = {
    "W_constraint": ("kernel_constraint", "embeddings_constraint", "depthwise_constraint"),
    "W_regularizer": ("kernel_regularizer", "embeddings_regularizer", "depthwise_regularizer"),
    "U_constraint": ("recurrent_constraint",),
    "U_regularizer": ("recurrent_regularizer",),
    "alpha": ("negative_slope",),
    "atrous_rate": ("dilation_rate",),
    "b_constraint": ("bias_constraint",),
    "b_regularizer": ("bias_regularizer",),
    "batch_input_shape": (_INPUT,),
    "batch_shape": (_INPUT,),
    "beta_init": ("beta_initializer",),
    "bias": ("use_bias",),
    "border_mode": ("padding",),
    "class_mode": (_LABELS,),
    "color_mode": ("color",),
    "compile": (_TRAIN,),
    "concat_axis": ("axis",),
    "consume_less": (_LEAVE_OUT,),
    "decay": ("write `learning_rate: {InverseTimeDecay: {...}}`, or `weight_decay` for that",),
    "depthwise_init": ("depthwise_initializer",),
    "dim_ordering": ("data_format",),
    "directory": ("path",),
    "dot_axes": ("axes",),
    "dropout_U": ("recurrent_dropout",),
    "dropout_W": ("dropout",),
    "epoch": ("epochs",),
    "epsilon": ("min_delta",),
    "evaluate_generator": ("leave it out: the test part is scored at the end",),
    "filter_length": ("kernel_size",),
    "fit": (_TRAIN,),
    "fit_generator": (_TRAIN,),
    "flow_from_directory": ("write `data: {images: {...}}`",),
    "forget_bias_init": ("unit_forget_bias",),
    "fused": (_LEAVE_OUT,),
    "gamma_init": ("gamma_initializer",),
    "go_backward": ("go_backwards",),
    "image_size": ("size",),
    "implementation": (_LEAVE_OUT,),
    "init": ("kernel_initializer", "embeddings_initializer", "depthwise_initializer"),
    "inner_activation": ("recurrent_activation",),
    "inner_init": ("recurrent_initializer",),
    "input_dim": (_INPUT,),
    "input_dtype": (_INPUT,),
    "input_length": ("leave it out: `Input` gives the length",),
    "input_shape": ("shape", _INPUT),
    "kernel_dim1": ("write `kernel_size: [depth, rows, columns]`",),
    "kernel_dim2": ("write `kernel_size: [depth, rows, columns]`",),
    "kernel_dim3": ("write `kernel_size: [depth, rows, columns]`",),
    "l": ("l2", "l1"),
    "label_mode": (_LABELS,),
    "length": ("size",),
    "lr": ("learning_rate",),
    "m": ("max_value",),
    "max_q_size": (_LEAVE_OUT,),
    "max_queue_size": (_LEAVE_OUT,),
    "mode": ("leave it out: `BatchNormalization` has one mode, and merging layers are classes",),
    "nb_classes": ("num_classes", "classes"),
    "nb_col": (_KERNEL,),
    "nb_epoch": ("epochs",),
    "nb_epochs": ("epochs",),
    "nb_filter": ("filters",),
    "nb_filters": ("filters",),
    "nb_row": (_KERNEL,),
    "nb_val_samples": ("leave it out: the whole validation part is used",),
    "nb_words": ("num_words",),
    "nb_worker": (_LEAVE_OUT,),
    "output_dim": ("units",),
    "p": ("rate",),
    "period": ("write `save_freq: epoch`, or a number of batches",),
    "pickle_safe": (_LEAVE_OUT,),
    "pointwise_init": ("pointwise_initializer",),
    "pool_length": ("pool_size",),
    "predict_generator": ("leave it out: the saved model predicts",),
    "renorm": (_LEAVE_OUT,),
    "rescale": ("write `preprocess: [{Rescaling: 1/255}]` under `data`",),
    "return_sequence": ("return_sequences",),
    "samples_per_epoch": (_SAMPLES,),
    "schedule_decay": (_LEAVE_OUT,),
    "show_accuracy": ("write `metrics: [accuracy]` under `train`",),
    "sigma": ("stddev",),
    "stride": ("strides",),
    "subsample": ("strides",),
    "subsample_length": ("strides",),
    "target_size": ("size",),
    "theta": ("threshold",),
    "time_major": ("leave it out: the batch comes first, then time",),
    "use_multiprocessing": (_LEAVE_OUT,),
    "validation_data": ("name the validation part under `data`",),
    "validation_split": ("write `split: {validation: 0.2}` under `data`",),
    "validation_steps": ("leave it out: the whole validation part is used",),
    "virtual_batch_size": (_LEAVE_OUT,),
    "workers": (_LEAVE_OUT,),
    "write_grads": ("leave it out: Keras no longer records gradients",),
}

OLD_KEYS: Mapping[str, str] = MappingProxyType(
    {word: meanings[0] for word, meanings in _OPTIONS.items()}
)

_POOLS = {
    f"{before}{old}{rank}D": f"{before}{new}{rank}D"
    for before in ("", "Global")
    for old, new in (("MaxPool", "MaxPooling"), ("AvgPool", "AveragePooling"))
    for rank in (1, 2, 3)
}
_CONVOLUTIONS = {
    f"{before}Convolution{rank}D{after}": f"{before}Conv{rank}D{after}"
    for before, after, ranks in (
        ("", "", (1, 2, 3)),
        ("", "Transpose", (1, 2, 3)),
        ("Separable", "", (1, 2)),
    )
    for rank in ranks
}
# Other names of classes, which Keras still has.
ALIASES: Mapping[str, str] = MappingProxyType({**_POOLS, **_CONVOLUTIONS})
OLD_KINDS: Mapping[str, str] = MappingProxyType(
    {
        **ALIASES,
        "AtrousConv1D": "Conv1D",
        "AtrousConv2D": "Conv2D",
        "AtrousConvolution1D": "Conv1D",
        "AtrousConvolution2D": "Conv2D",
        "BatchNormalizationV1": "BatchNormalization",
        "BatchNormalizationV2": "BatchNormalization",
        "CuDNNGRU": "GRU",
        "CuDNNLSTM": "LSTM",
        "Deconvolution2D": "Conv2DTranspose",
        "Deconvolution3D": "Conv3DTranspose",
        "DepthwiseConvolution1D": "DepthwiseConv1D",
        "DepthwiseConvolution2D": "DepthwiseConv2D",
        "Highway": "write its gates with `Dense`, `Multiply` and `Add`",
        "InputLayer": "Input",
        "LocallyConnected1D": "use `Conv1D`: Keras 3 has no unshared weights",
        "LocallyConnected2D": "use `Conv2D`: Keras 3 has no unshared weights",
        "MaxoutDense": "use `Dense: {activation: relu}`",
        "Merge": "write `Add`, `Concatenate`, `Multiply`, `Average`, `Maximum` or `Dot`",
        "ParametricSoftplus": "use `PReLU`, or `Activation: softplus`",
        "RandomHeight": "use `RandomZoom`",
        "RandomWidth": "use `RandomZoom`",
        "SReLU": "use `PReLU`",
        "SyncBatchNormalization": "write `BatchNormalization: {synchronized: true}`",
        "ThresholdedReLU": "write `ReLU: {threshold: ...}`",
        "TimeDistributedDense": "Dense",
    }
)

OLD_VALUES: Mapping[str, str] = MappingProxyType(
    {
        "acc": "accuracy",
        "val_acc": "val_accuracy",
        "binary_acc": "binary_accuracy",
        "val_binary_acc": "val_binary_accuracy",
        "categorical_acc": "categorical_accuracy",
        "val_categorical_acc": "val_categorical_accuracy",
        "sparse_categorical_acc": "sparse_categorical_accuracy",
        "val_sparse_categorical_acc": "val_sparse_categorical_accuracy",
        "lr": "learning_rate",
        "cosine": "cosine_similarity",
        "cosine_proximity": "cosine_similarity",
        "kullback_leibler_divergence": "kl_divergence",
        "logcosh": "log_cosh",
        "fmeasure": "F1Score",
        "precision": "Precision",
        "recall": "Recall",
        "tf": "channels_last",
        "th": "channels_first",
        "half": "same",
        "lrelu": "leaky_relu",
        "normal": "random_normal",
        "one": "ones",
        "uniform": "random_uniform",
        "zero": "zeros",
        "maxnorm": "max_norm",
        "nonneg": "non_neg",
        "unitnorm": "unit_norm",
    }
)
