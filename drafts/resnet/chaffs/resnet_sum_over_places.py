# caught by: resnet/mean-over-places
# The sum over all places.


# %% solution="resnet"
def resnet(plan, channels, classes, make_block):
    filters, _ = plan[0]
    return keras.Sequential(
        [
            keras.Input((None, None, channels)),
            keras.layers.Conv2D(filters, 3, padding="same", use_bias=False),
            keras.layers.BatchNormalization(),
            keras.layers.ReLU(),
            *[make_block(filters, stride) for filters, stride in plan],
            keras.layers.Lambda(lambda x: ops.sum(x, axis=(1, 2))),
            keras.layers.Dense(classes),
        ]
    )
