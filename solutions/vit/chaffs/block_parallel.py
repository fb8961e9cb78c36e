# caught by: block/attention-added-to-its-input, block/feed-added-to-its-input
# Both halves look at x, side by side.

# %% solution="encoder_block"
def encoder_block(x, norm_1, attend, norm_2, feed):
    return x + attend(norm_1(x)) + feed(norm_2(x))
