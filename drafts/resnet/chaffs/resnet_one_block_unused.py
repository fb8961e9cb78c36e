# caught by: resnet/blocks-one-after-the-other
# Makes the blocks and forgets to call the second one.


# %% solution="resnet"
class Network(keras.Model):
    def __init__(self, plan, classes, make_block):
        super().__init__()
        filters, _ = plan[0]
        self.stem = keras.layers.Conv2D(filters, 3, padding="same", use_bias=False)
        self.norm = keras.layers.BatchNormalization()
        self.blocks = [make_block(*pair) for pair in plan]
        self.head = keras.layers.Dense(classes)

    def call(self, x, training=None):
        x = ops.relu(self.norm(self.stem(x), training=training))
        for block in [self.blocks[0], *self.blocks[2:]]:
            x = block(x)
        return self.head(ops.mean(x, axis=(1, 2)))


def resnet(plan, channels, classes, make_block):
    return Network(plan, classes, make_block)
