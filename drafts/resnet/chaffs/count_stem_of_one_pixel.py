# caught by: plan/weights-of-the-stem
# The stem's windows have one pixel.


# %% solution="count"
def count_weights(depth, filters, channels, classes):
    learned, running = ((channels + 2) * filters, 2 * filters)
    before = filters
    for stage in range(3):
        width = filters * 2**stage
        for number in range((depth - 2) // 6):
            learned += 9 * before * width + 9 * width**2 + 4 * width
            running += 4 * width
            if stage > 0 and number == 0:
                learned += before * width + 2 * width
                running += 2 * width
            before = width
    return (learned + (4 * filters + 1) * classes, running)
