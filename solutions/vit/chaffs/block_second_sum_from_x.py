# caught by: block/feed-added-to-its-input
# The second half is added to x, so that attention is lost on the way.

# %% solution="encoder_block"
def encoder_block(x, norm_1, attend, norm_2, feed):
    u = x + attend(norm_1(x))
    return x + feed(norm_2(u))
