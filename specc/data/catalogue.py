"""The data sets that Keras and scikit-learn bring along, and what is known of each."""

from typing import NamedTuple

from specc.data.base import Known

PIXELS = (0.0, 255.0)
DIGITS = tuple("0123456789")
CLOTHES = (
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
    "Ankle boot",
)  # fmt: skip
THINGS = (
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
)  # fmt: skip
TOPICS = (
    "cocoa", "grain", "veg-oil", "earn", "acq", "wheat", "copper", "housing", "money-supply",
    "coffee", "sugar", "trade", "reserves", "ship", "cotton", "carcass", "crude", "nat-gas", "cpi",
    "money-fx", "interest", "gnp", "meal-feed", "alum", "oilseed", "gold", "tin",
    "strategic-metal", "livestock", "retail", "ipi", "iron-steel", "rubber", "heat", "jobs", "lei",
    "bop", "zinc", "orange", "pet-chem", "dlr", "gas", "silver", "wpi", "hog", "lead",
)  # fmt: skip
FINE = (
    "apple", "aquarium_fish", "baby", "bear", "beaver", "bed", "bee", "beetle", "bicycle", "bottle",
    "bowl", "boy", "bridge", "bus", "butterfly", "camel", "can", "castle", "caterpillar", "cattle",
    "chair", "chimpanzee", "clock", "cloud", "cockroach", "couch", "crab", "crocodile", "cup",
    "dinosaur", "dolphin", "elephant", "flatfish", "forest", "fox", "girl", "hamster", "house",
    "kangaroo", "keyboard", "lamp", "lawn_mower", "leopard", "lion", "lizard", "lobster", "man",
    "maple_tree", "motorcycle", "mountain", "mouse", "mushroom", "oak_tree", "orange", "orchid",
    "otter", "palm_tree", "pear", "pickup_truck", "pine_tree", "plain", "plate", "poppy",
    "porcupine", "possum", "rabbit", "raccoon", "ray", "road", "rocket", "rose", "sea", "seal",
    "shark", "shrew", "skunk", "skyscraper", "snail", "snake", "spider", "squirrel", "streetcar",
    "sunflower", "sweet_pepper", "table", "tank", "telephone", "television", "tiger", "tractor",
    "train", "trout", "tulip", "turtle", "wardrobe", "whale", "willow_tree", "wolf", "woman",
    "worm",
)  # fmt: skip
COARSE = (
    "aquatic_mammals", "fish", "flowers", "food_containers", "fruit_and_vegetables",
    "household_electrical_devices", "household_furniture", "insects", "large_carnivores",
    "large_man-made_outdoor_things", "large_natural_outdoor_scenes",
    "large_omnivores_and_herbivores", "medium_mammals", "non-insect_invertebrates", "people",
    "reptiles", "small_mammals", "trees", "vehicles_1", "vehicles_2",
)  # fmt: skip


class Files(NamedTuple):
    """The original files of a data set in a folder, and the template that reads them."""

    template: str
    names: tuple[str, ...]


class DataSet(NamedTuple):
    """A data set: the template that loads it, those for local copies, and the options it takes."""

    known: Known
    template: str
    local: str = ""  # of an `.npz` file
    options: frozenset[str] = frozenset()
    folder: Files | None = None


IDX = Files(
    "idx_grey",
    (
        "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz",
        "t10k-labels-idx1-ubyte.gz",
    ),
)  # fmt: skip
BATCHES = Files(
    "pickled_batches", (*(f"data_batch_{number}" for number in range(1, 6)), "test_batch")
)
TRAIN_AND_TEST = Files("pickled_batches", ("train", "test"))


IDS = frozenset(
    {"num_words", "skip_top", "maxlen", "seed", "start_char", "oov_char", "index_from"}
    | {"sequence_length"}
)
HALVES = frozenset({"test_split", "seed"})
ROWS_OF_DIGITS = (5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949)


def _images(
    train: int, test: int, shape: tuple[int, ...], names: tuple[str, ...], balance: tuple[int, ...]
) -> Known:
    return Known(
        {"train": train, "test": test}, shape, "uint8", "integer", len(names), names,
        range=PIXELS, target_shape=(), ordered=False, balance=balance,
    )  # fmt: skip


def _texts(train: int, test: int, names: tuple[str, ...], balance: tuple[int, ...] = ()) -> Known:
    return Known(
        {"train": train, "test": test}, (None,), "int32", "integer", len(names), names,
        target_shape=(), ordered=False, balance=balance,
    )  # fmt: skip


def _classes(
    shape: tuple[int, ...],
    span: tuple[float, float],
    names: tuple[str, ...],
    balance: tuple[int, ...],
    ordered: bool = False,
) -> Known:
    return Known(
        {"train": sum(balance)}, shape, "float32", "integer", len(names), names,
        range=span, target_shape=(), ordered=ordered, balance=balance,
    )  # fmt: skip


def _numbers(
    train: int, test: int, columns: int, span: tuple[float, float], target: tuple[float, float]
) -> Known:
    parts = {"train": train, "test": test} if test else {"train": train}
    return Known(
        parts, (columns,), "float32", "real", range=span, target_range=target, target_shape=(),
        ordered=False,
    )  # fmt: skip


KERAS = {
    "mnist": DataSet(
        _images(60000, 10000, (28, 28, 1), DIGITS, ROWS_OF_DIGITS), "keras_grey", "npz_grey",
        folder=IDX,
    ),
    "fashion_mnist": DataSet(
        _images(60000, 10000, (28, 28, 1), CLOTHES, (6000,) * 10), "keras_grey", "npz_grey",
        folder=IDX,
    ),
    "cifar10": DataSet(
        _images(50000, 10000, (32, 32, 3), THINGS, (5000,) * 10), "keras_colour", "npz_colour",
        folder=BATCHES,
    ),
    "cifar100": DataSet(
        Known(
            {"train": 50000, "test": 10000}, (32, 32, 3), "uint8", "integer", 100, FINE,
            range=PIXELS, target_shape=(), ordered=False, balance=(500,) * 100,
        ),
        "keras_colour", "npz_colour", frozenset({"label_mode"}), TRAIN_AND_TEST,
    ),
    "imdb": DataSet(
        _texts(25000, 25000, ("negative", "positive"), (12500, 12500)),
        "keras_ids", "pickled_parts", IDS,
    ),
    "reuters": DataSet(
        _texts(8982, 2246, TOPICS), "keras_ids", "pickled_rows", IDS | HALVES
    ),
    "boston_housing": DataSet(
        _numbers(404, 102, 13, (0, 711), (5, 50)), "keras_table", "npz_table", HALVES
    ),
    "california_housing": DataSet(
        _numbers(16512, 4128, 8, (-124.35, 35682), (14999, 500001)),
        "keras_table", "npz_table", HALVES | {"version"},
    ),
}  # fmt: skip

SKLEARN = {
    "digits": DataSet(
        _classes(
            (8, 8, 1), (0, 16), DIGITS, (178, 182, 177, 183, 181, 182, 181, 179, 174, 180)
        ),
        "sklearn_digits",
    ),
    "breast_cancer": DataSet(
        _classes((30,), (0, 4254), ("malignant", "benign"), (212, 357)), "sklearn_table"
    ),
    "diabetes": DataSet(_numbers(442, 0, 10, (-0.137768, 0.198788), (25, 346)), "sklearn_table"),
    "linnerud": DataSet(
        _numbers(20, 0, 3, (1, 251), (31, 247))._replace(target_shape=(3,)), "sklearn_table"
    ),
    "iris": DataSet(
        _classes((4,), (0.1, 7.9), ("setosa", "versicolor", "virginica"), (50, 50, 50), True),
        "sklearn_table",
    ),
    "wine": DataSet(
        _classes((13,), (0.13, 1680), ("class_0", "class_1", "class_2"), (59, 71, 48), True),
        "sklearn_table",
    ),
}  # fmt: skip

_DOWNLOADED = "scikit-learn downloads it as pickles, which could run code"
_MADE = "it is drawn at random and no data set"
_ARRAYS = "save it by NumPy, and read it by `arrays: {path: ….npz}`"
_FETCHED = "olivetti_faces lfw_people lfw_pairs covtype kddcup99 rcv1 species_distributions openml"
_RANDOM = (
    "biclusters blobs checkerboard circles classification friedman1 friedman2 friedman3 "
    "gaussian_quantiles hastie_10_2 low_rank_matrix moons multilabel_classification regression "
    "s_curve sparse_coded_signal sparse_spd_matrix sparse_uncorrelated spd_matrix swiss_roll"
)
# What scikit-learn has and a spec cannot name: why, and what to write instead.
REFUSED = {
    **dict.fromkeys(_FETCHED.split(), (_DOWNLOADED, _ARRAYS)),
    **dict.fromkeys(_RANDOM.split(), (_MADE, _ARRAYS)),
    "20newsgroups": (_DOWNLOADED, "unpack the original archive and write `text: {path: …}`"),
    "20newsgroups_vectorized": (_DOWNLOADED, _ARRAYS),
    "california_housing": (_DOWNLOADED, "write `keras: california_housing`"),
    "boston": ("scikit-learn has it no more", "write `keras: boston_housing`"),
    "sample_image": ("it is a picture without a target", ""),
    "sample_images": ("they are two pictures without targets", ""),
    "file": ("it downloads a file and reads nothing", ""),
    "files": ("it reads folders of your own", "write `text: {path: …}`"),
    "svmlight_file": ("it reads files of your own", _ARRAYS),
    "svmlight_files": ("it reads files of your own", _ARRAYS),
}
PREFIXES = ("load_", "fetch_", "make_")
