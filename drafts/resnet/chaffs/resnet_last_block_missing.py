# caught by: resnet/blocks-of-the-plan, resnet/weights, resnet/mean-over-places
# Leaves the last block of the plan out.


# %% solution="resnet"
def resnet(plan, channels, classes, make_block):
    filters, _ = plan[0]
    return keras.Sequential(
        [
            keras.Input((None, None, channels)),
            keras.layers.Conv2D(filters, 3, padding="same", use_bias=False),
            keras.layers.BatchNormalization(),
            keras.layers.ReLU(),
            *[make_block(filters, stride) for filters, stride in plan[:-1]],
            keras.layers.GlobalAveragePooling2D(),
            keras.layers.Dense(classes),
        ]
    )
