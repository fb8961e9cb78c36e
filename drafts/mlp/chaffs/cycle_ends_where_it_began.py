# caught by: training/cycle-ends
# Falls back to the first rate.

# %% solution="one_cycle"
def one_cycle(step, steps, peak):
    first, last = peak / 25, steps - 1
    top = 0.3 * last
    if step <= top:
        low, part = first, step / top
        return peak + (low - peak) * (1 + np.cos(np.pi * part)) / 2
    low, part = first, (step - top) / (last - top)
    return low + (peak - low) * (1 + np.cos(np.pi * part)) / 2
