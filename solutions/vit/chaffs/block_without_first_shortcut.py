# caught by: block/attention-added-to-its-input
# Attention replaces its input.

# %% solution="encoder_block"
def encoder_block(x, norm_1, attend, norm_2, feed):
    x = attend(norm_1(x))
    return x + feed(norm_2(x))
