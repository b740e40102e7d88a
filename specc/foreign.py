"""Words of PyTorch, scikit-learn and Ludwig for what Keras has: what to write instead."""

from collections.abc import Mapping
from types import MappingProxyType

_TORCH, _SKLEARN, _LUDWIG, _OTHERS = "PyTorch", "scikit-learn", "Ludwig", "other libraries"
_CHANNELS = "leave it out: a layer takes as many as the one above gives"
_LOGITS = "write `{BinaryCrossentropy: {from_logits: true}}`, or end the model with `sigmoid`"
_CLASSES = (
    "write `sparse_categorical_crossentropy` for integer labels, behind `softmax`; PyTorch's "
    "applies the softmax itself"
)

_ONE_HOT = "write `StringLookup: {output_mode: one_hot}`"

# Option or key: whose word it is, and today's name or a phrase.
KEYS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "in_channels": (_TORCH, _CHANNELS),
        "in_features": (_TORCH, _CHANNELS),
        "num_features": (_TORCH, _CHANNELS),
        "out_channels": (_TORCH, "filters"),
        "out_features": (_TORCH, "units"),
        "hidden_size": (_TORCH, "units"),
        "num_embeddings": (_TORCH, "input_dim"),
        "embedding_dim": (_TORCH, "output_dim"),
        "inplace": (_TORCH, "leave it out: Keras chooses by itself"),
        "betas": (_TORCH, "write `beta_1: 0.9, beta_2: 0.999`"),
        "criterion": (_TORCH, "loss"),
        "max_iter": (_SKLEARN, "epochs"),
        "hidden_layer_sizes": (_SKLEARN, "write a `Dense` layer for each under `model`"),
        "learning_rate_init": (_SKLEARN, "learning_rate"),
        "random_state": (_SKLEARN, "write `seed` at the top of the spec"),
        "test_size": (_SKLEARN, "write `split: {test: 0.2}` under `data`"),
        "n_estimators": (_SKLEARN, "leave it out: a network has no trees"),
        "input_features": (
            _LUDWIG,
            "name columns in `data: {table: {numeric: […], categorical: […]}}`",
        ),
        "output_features": (_LUDWIG, "name the column in `data: {table: {target: …}}`"),
        "trainer": (_LUDWIG, "train"),
        "solver": (_SKLEARN, "optimizer"),
    }
)

# Class, without its module: what it is in Keras, a name or a phrase.
KINDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "Linear": (_TORCH, "Dense"),
        "BatchNorm1d": (_TORCH, "BatchNormalization"),
        "BatchNorm2d": (_TORCH, "BatchNormalization"),
        "LayerNorm": (_TORCH, "LayerNormalization"),
        "AvgPool1d": (_TORCH, "AveragePooling1D"),
        "AvgPool2d": (_TORCH, "AveragePooling2D"),
        "AdaptiveAvgPool2d": (_TORCH, "GlobalAveragePooling2D"),
        "ConvTranspose2d": (_TORCH, "Conv2DTranspose"),
        "Dropout2d": (_TORCH, "SpatialDropout2D"),
        "ToTensor": (_TORCH, "write `Rescaling: 1/255`"),
        "Normalize": (_TORCH, "Normalization"),
        "StandardScaler": (_SKLEARN, "Normalization"),
        "MinMaxScaler": (_SKLEARN, "write `Rescaling` with the factor, or `Normalization`"),
        "Sigmoid": (_TORCH, "write `Activation: sigmoid`"),
        "Tanh": (_TORCH, "write `Activation: tanh`"),
        "BCELoss": (_TORCH, "binary_crossentropy"),
        "BCEWithLogitsLoss": (_TORCH, _LOGITS),
        "CrossEntropyLoss": (_TORCH, _CLASSES),
        "NLLLoss": (_TORCH, _CLASSES),
        "MSELoss": (_TORCH, "mse"),
        "L1Loss": (_TORCH, "mae"),
        "SmoothL1Loss": (_TORCH, "huber"),
        "log_loss": (_SKLEARN, "binary_crossentropy"),
        "squared_error": (_SKLEARN, "mse"),
        "accuracy_score": (_SKLEARN, "accuracy"),
        "f1": (_SKLEARN, "F1Score"),
        "f1_score": (_SKLEARN, "F1Score"),
        "roc_auc": (_SKLEARN, "AUC"),
        "roc_auc_score": (_SKLEARN, "AUC"),
        "OneHotEncoder": (_SKLEARN, _ONE_HOT),
        "OneHot": (_OTHERS, _ONE_HOT),
        "LabelEncoder": (_SKLEARN, "write `StringLookup`"),
        "OrdinalEncoder": (_SKLEARN, "write `StringLookup`"),
        "SimpleImputer": (_SKLEARN, "write `impute: median`"),
        "RobustScaler": (_SKLEARN, "Normalization"),
        "RMSE": (_OTHERS, "RootMeanSquaredError"),
        "r_squared": (_OTHERS, "R2Score"),
        "r2": (_SKLEARN, "R2Score"),
        "r2_score": (_SKLEARN, "R2Score"),
        "rmse": (_OTHERS, "RootMeanSquaredError"),
    }
)

# Values: what they are among the known ones.
VALUES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "autoencoder": ("reconstruction",),
        "classification": ("multiclass", "binary"),
        "image_classification": ("multiclass", "binary"),
        "text_classification": ("multiclass", "binary"),
        "forecasting": ("regression",),
    }
)
