# caught by: generation/even-steps
# Mixes images, not codes: the way from code to code has uneven steps.

# %% solution="interpolate"
def interpolate(encode, decode, first, second, steps):
    share = ops.linspace(0.0, 1.0, steps)[:, None]
    mixed = (1.0 - share) * first[None] + share * second[None]
    return ops.sigmoid(decode(encode(mixed)[0]))
