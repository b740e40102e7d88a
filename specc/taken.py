"""Names that a script defines or imports, which nothing else in it can have."""

FLOW = "x"  # what goes from one layer to the next
TAKEN = frozenset(
    """
    NUMERIC CATEGORICAL TARGETS TRAIN_FILE VALIDATION_FILE TEST_FILE read_columns to_part number
    fill fill_and_mark GROUP_COLUMN GroupKFold StratifiedGroupKFold TIME_COLUMN TIME_FORMAT UTC
    MASKS MASK_VALUES masks_once decode_mask in_turn
    WEIGHT_COLUMN datetime moment of_part read_rows weighted ScaledTargets
    FOLDS Fold Iterator KFold REPEATS STEPS_PER_EXECUTION StratifiedKFold best_epochs
    cross_validate folds hashlib mean_history restart several_steps state steps_at_once
    summary write_folds
    load_iris load_wine CACHE_BYTES MAXLEN are_short cache decoded decoded_once
    picked shutil tempfile
    CACHE FEATURES_BYTES as_features build_front build_head fingerprint make_room os suppress time
    UNKEPT kept_features write_features
    ARRAY_CLASSES BATCH_SIZE BRIGHTNESS_RANGE CHANNELS CHANNEL_SHIFT_RANGE CLASSES COLUMNS
    COMPRESSION DATA_FILE DATA_FOLDER DELAY EPOCHS FEATURES FILES_AT_ONCE FOLDER HEIGHT_SHIFTS
    HEIGHT_SHIFT_RANGE IMAGE_SIZE IMAGE_SUFFIXES INDEX INPUT LABEL_COLUMN LABEL_COLUMNS LONGEST_TEXT
    MISSING NUM_WORDS PATH_COLUMN REACH ROTATION_RANGE ROW_SHAPE SAMPLING_RATE SEED SEQUENCE_LENGTH
    SHEAR_RANGE SHUFFLE_BUFFER SKIP_TOP SPLIT_COLUMN STACK STEPS_PER_EPOCH TARGET TEST TEST_FILES
    TEST_FOLDER TEST_INDEX TEST_ROWS TEST_SHARE TEST_SPLIT TEXT_COLUMN TRAIN TRAIN_FILES
    TRAIN_FOLDER TRAIN_INDEX VALIDATION VALIDATION_FILES VALIDATION_FOLDER VALIDATION_INDEX
    VALIDATION_ROWS VALIDATION_SHARE VALUE_RANGE WIDTH_SHIFTS WIDTH_SHIFT_RANGE WINDOW ZOOM_RANGE
    BATCH_SIZES PHASES one_history train_phase verified
    Any ArrayUnpickler Callable Data Figure Files Iterable MAXLEN NamedTuple Part Path Sequence
    IMAGE_INPUT INPUT_COLUMNS MASKS MASK_VALUES ThreadPoolExecutor are_short decode_mask in_turn
    joined masks_once
    affine all_rows argparse augment augmented balanced batches build_augmentation build_model
    build_preprocessing chain change csv data decodable decode deeply draw draw_learning_curves
    encode evaluate find gzip in_large_batches in_order io is_hidden json keras layers
    list_classes list_images
    load_breast_cancer load_data load_diabetes load_digits load_iris load_linnerud load_wine main
    math model name np one_pass parse part_of per_image pickle plt prepared read_idx read_index
    read_part read_series read_text read_texts records rows_of save shuffled sklearn split sys
    tensorflow tf threading train with_weights with_words word_ids wraps write_history zipfile
    Axes Predictions activated class_maps climbing contextmanager draw_activations
    draw_confusion_matrix draw_filters draw_grad_cam draw_misclassified draw_roc filter_patterns
    flattened predictions read_image roc_curve row show_image tiled
    add_fonts font_manager rcParams warnings
    """.split()
) | {FLOW}
