# caught by: block/weights, block/identity-shortcut, block/projection-shortcut, block/branch, block/no-relu-before-the-sum, block/relu-after-the-sum, block/no-relu-in-the-shortcut, block/norms, block/training, block/when-to-project
# Uses the library's block, under another name.


# %% solution="block"
from kerasdl import layers as own


class ResidualBlock(own.ResidualBlock):
    pass
