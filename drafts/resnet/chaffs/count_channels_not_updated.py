# caught by: plan/weights-where-shapes-change
# The first convolution of a stage gets as many channels as it has filters.


# %% solution="count"
def count_weights(depth, filters, channels, classes):
    learned, running = ((9 * channels + 2) * filters, 2 * filters)
    before = filters
    for stage in range(3):
        width = filters * 2**stage
        for number in range((depth - 2) // 6):
            learned += 9 * width * width + 9 * width**2 + 4 * width
            running += 4 * width
            if stage > 0 and number == 0:
                learned += before * width + 2 * width
                running += 2 * width
            before = width
    return (learned + (4 * filters + 1) * classes, running)
