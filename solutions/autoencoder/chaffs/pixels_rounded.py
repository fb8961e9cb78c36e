# caught by: generation/drawn-pixels
# Rounds the probabilities: no randomness is left.

# %% solution="draw_pixels"
def draw_pixels(probabilities, uniform):
    return ops.where(probabilities > 0.5, 1.0, 0.0)
