# caught by: block/attention-added-to-its-input
# Adds the normalised copy and not the input.

# %% solution="encoder_block"
def encoder_block(x, norm_1, attend, norm_2, feed):
    x = norm_1(x)
    x = x + attend(x)
    return x + feed(norm_2(x))
