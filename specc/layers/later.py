"""Layers that Keras has and specc does not read yet, so that they are told from typos."""

LATER = frozenset(
    """
    ActivityRegularization AdaptiveAveragePooling1D AdaptiveAveragePooling2D
    AdaptiveAveragePooling3D AdaptiveMaxPooling1D AdaptiveMaxPooling2D AdaptiveMaxPooling3D Add
    AdditiveAttention AlphaDropout Attention AugMix AutoContrast Average AveragePooling3D
    CenterCrop Concatenate ContrastLimitedAdaptiveHistogramEqualization Conv3D Conv3DTranspose
    ConvLSTM1D ConvLSTM2D ConvLSTM3D Cropping1D Cropping2D Cropping3D CutMix Discretization Dot
    EinsumDense ELU Equalization GaussianDropout GlobalAveragePooling3D GlobalMaxPooling3D
    GroupNormalization GroupQueryAttention GRUCell HashedCrossing Hashing Identity IntegerLookup
    LSTMCell Masking Maximum MaxNumBoundingBoxes MaxPooling3D MelSpectrogram Minimum MixUp
    MultiHeadAttention Multiply Pipeline PReLU RandAugment RandomBrightness
    RandomColorDegeneration RandomColorJitter RandomContrast RandomCrop RandomElasticTransform
    RandomErasing RandomFlip RandomGaussianBlur RandomGrayscale RandomHue RandomInvert
    RandomPerspective RandomPosterization RandomRotation RandomSaturation RandomSharpness
    RandomShear RandomTranslation RandomZoom RepeatVector Resizing ReversibleEmbedding
    RMSNormalization RNN SimpleRNNCell Solarization SpatialDropout1D SpatialDropout3D
    SpectralNormalization StackedRNNCells STFTSpectrogram StringLookup Subtract
    TextVectorization UnitNormalization UpSampling1D UpSampling3D ZeroPadding1D ZeroPadding3D
    repeat call custom
    """.split()
)

BASES = frozenset(
    """
    ConvNeXtBase ConvNeXtLarge ConvNeXtSmall ConvNeXtTiny ConvNeXtXLarge DenseNet121 DenseNet169
    DenseNet201 EfficientNetB0 EfficientNetB1 EfficientNetB2 EfficientNetB3 EfficientNetB4
    EfficientNetB5 EfficientNetB6 EfficientNetB7 EfficientNetV2B0 EfficientNetV2B1
    EfficientNetV2B2 EfficientNetV2B3 EfficientNetV2L EfficientNetV2M EfficientNetV2S
    InceptionResNetV2 InceptionV3 MobileNet MobileNetV2 MobileNetV3Large MobileNetV3Small
    NASNetLarge NASNetMobile ResNet101 ResNet101V2 ResNet152 ResNet152V2 ResNet50 ResNet50V2
    VGG16 VGG19 Xception
    """.split()
)
