# caught by: training/cycle-cosine
# Straight lines in place of half cosines.

# %% solution="one_cycle"
def one_cycle(step, steps, peak):
    first, last = peak / 25, steps - 1
    top = 0.3 * last
    if step <= top:
        low, part = first, step / top
        return peak + (low - peak) * (1 - part)
    low, part = first / 10_000, (step - top) / (last - top)
    return low + (peak - low) * (1 - part)
