"""U-Net of two levels, 16 and 32 filters, on 16x16 images, batches of 32."""

import keras
from examples import points
from native import without_keras

from kerasdl.models.unet import UNet

STEPS, BATCH = 10, 32
LOSS = keras.losses.BinaryCrossentropy(from_logits=True)


def data():
    x = points(STEPS * BATCH, 16, 16, 1)
    return x, (x > 0).astype("float32")


def ours():
    return UNet(1, widths=(16, 32))


def keras_layers(layout="channels_last"):
    layers, of = keras.layers, {"data_format": layout}
    last = layout == "channels_last"
    inputs = keras.Input((16, 16, 1) if last else (1, 16, 16))
    features = double_correlation(inputs, 16, layout)
    x = layers.MaxPooling2D(2, **of)(features)
    x = double_correlation(x, 32, layout)
    x = layers.UpSampling2D(2, **of)(x)
    x = layers.Conv2D(16, 2, padding="same", **of)(x)
    x = layers.Concatenate(axis=-1 if last else 1)([features, x])
    x = double_correlation(x, 16, layout)
    return keras.Model(inputs, layers.Conv2D(1, 1, **of)(x))


def double_correlation(x, filters, layout):
    for _ in range(2):
        x = keras.layers.Conv2D(
            filters, 3, padding="same", activation="relu", data_format=layout
        )(x)
    return x


def native(backend):
    return without_keras("unet", backend, *data(), BATCH)
