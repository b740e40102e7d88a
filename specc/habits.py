"""What people are used to call the keys of a section, with the key or a phrase instead."""

from collections.abc import Mapping

OF_DATA: Mapping[str, str] = {
    **dict.fromkeys(("csv", "dataframe", "tabular"), "table"),
    **dict.fromkeys(("image_folder", "image_dataset", "image_directory"), "images"),
    **dict.fromkeys(("numpy", "npz", "npy"), "arrays"),
    **dict.fromkeys(("series", "time_series"), "timeseries"),
    **dict.fromkeys(
        ("normalize", "normalization", "standardize", "scaling"),
        "write `preprocess: [Normalization]`, or `[{Rescaling: 1/255}]` for pixels",
    ),
    **dict.fromkeys(
        ("num_classes", "n_classes"),
        "write the names, `classes: [a, b]`, or `facts: {classes: 3}`",
    ),
}

FREEZING = ("freeze", "frozen", "freeze_layers", "unfreeze", "trainable")

OF_TRAIN: Mapping[str, str] = {
    "early_stopping": "write `callbacks: [{EarlyStopping: {patience: 5}}]`",
    "model_checkpoint": "write `callbacks: [{ModelCheckpoint: {filepath: best.keras}}]`",
    "reduce_lr_on_plateau": "write `callbacks: [{ReduceLROnPlateau: {patience: 5}}]`",
    "tensorboard": "write `callbacks: [TensorBoard]`",
    **dict.fromkeys(
        FREEZING, "write `trainable: false` in the layer, or `trainable: {vgg16: false}` in a phase"
    ),
    "verbose": "leave it out: a run shows its progress",
    **dict.fromkeys(
        ("scheduler", "lr_scheduler", "lr_schedule", "learning_rate_schedule"),
        "write it in the optimizer: `optimizer: {Adam: {learning_rate: {CosineDecay: {…}}}}`",
    ),
}
