# caught by: block/attention-added-to-its-input
# The feed-forward network comes first.

# %% solution="encoder_block"
def encoder_block(x, norm_1, attend, norm_2, feed):
    x = x + feed(norm_2(x))
    return x + attend(norm_1(x))
