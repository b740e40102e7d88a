"""Names that a script defines or imports, which nothing else in it can have."""

FLOW = "x"  # what goes from one layer to the next
TAKEN = frozenset(
    """
    ARRAY_CLASSES BATCH_SIZE CHANNELS CLASSES DATA_FILE DATA_FOLDER EPOCHS IMAGE_SIZE IMAGE_SUFFIXES
    NUM_WORDS SEED SEQUENCE_LENGTH SKIP_TOP STACK STEPS_PER_EPOCH TEST TEST_FOLDER TEST_ROWS
    TEST_SHARE TEST_SPLIT TRAIN TRAIN_FOLDER VALIDATION VALIDATION_FOLDER VALIDATION_ROWS
    VALIDATION_SHARE
    Any ArrayUnpickler Callable Data Figure Iterable NamedTuple Part Path Sequence
    ThreadPoolExecutor
    argparse balanced batches build_model build_preprocessing csv data decode deeply
    draw_learning_curves encode evaluate gzip in_order is_hidden json keras layers list_classes
    list_images load_breast_cancer load_data load_diabetes load_digits main math model name np
    pickle plt prepared read_idx read_part read_texts save shuffled sklearn split sys tensorflow tf
    threading train word_ids wraps write_history zipfile
    """.split()
) | {FLOW}
