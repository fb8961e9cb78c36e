# caught by: resnet/weights, resnet/mean-over-places
# Flattens the last maps in place of the mean over places.


# %% solution="resnet"
def resnet(plan, channels, classes, make_block):
    filters, _ = plan[0]
    return keras.Sequential(
        [
            keras.layers.Conv2D(filters, 3, padding="same", use_bias=False),
            keras.layers.BatchNormalization(),
            keras.layers.ReLU(),
            *[make_block(filters, stride) for filters, stride in plan],
            keras.layers.Flatten(),
            keras.layers.Dense(classes),
        ]
    )
