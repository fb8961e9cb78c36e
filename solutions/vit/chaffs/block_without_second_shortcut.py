# caught by: block/feed-added-to-its-input
# The feed-forward network replaces its input.

# %% solution="encoder_block"
def encoder_block(x, norm_1, attend, norm_2, feed):
    x = x + attend(norm_1(x))
    return feed(norm_2(x))
