# caught by: block/norm-before-each-part, block/feed-added-to-its-input
# Normalises the sums, as the first transformers did.

# %% solution="encoder_block"
def encoder_block(x, norm_1, attend, norm_2, feed):
    x = norm_1(x + attend(x))
    return norm_2(x + feed(x))
