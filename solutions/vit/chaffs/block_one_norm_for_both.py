# caught by: block/norm-before-each-part
# Calls the first norm in both halves.

# %% solution="encoder_block"
def encoder_block(x, norm_1, attend, norm_2, feed):
    x = x + attend(norm_1(x))
    return x + feed(norm_1(x))
