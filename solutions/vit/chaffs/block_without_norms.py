# caught by: block/norm-before-each-part
# The norms are never called.

# %% solution="encoder_block"
def encoder_block(x, norm_1, attend, norm_2, feed):
    x = x + attend(x)
    return x + feed(x)
