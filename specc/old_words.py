"""What words of old Keras versions are called today."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType


def translate(word: str, known: Collection[str]) -> str | None:
    """What an old Keras option is called among the known ones, or the phrase that replaces it."""
    meanings = _OPTIONS.get(word, ())
    fitting = [meaning for meaning in meanings if meaning in known or " " in meaning]
    return fitting[0] if fitting else None


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

# Those that Keras' functions still take, where a spec has other ones.
OF_FUNCTIONS = frozenset({
    "batch_shape", "class_mode", "color_mode", "compile", "directory", "evaluate", "fit",
    "image_size", "input_shape", "label_mode", "validation_data", "validation_split",
    "validation_steps", "target_size",
})  # fmt: skip

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
