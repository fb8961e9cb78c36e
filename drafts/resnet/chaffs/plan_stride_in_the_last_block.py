# caught by: plan/strides
# The last block of a stage halves the images.


# %% solution="plan"
def resnet_plan(depth, filters):
    n, rest = divmod(depth - 2, 6)
    if rest or n < 1:
        raise ValueError(f"A depth is 8, 14, 20, ... Received: {depth}")
    plan = []
    for stage in range(3):
        for number in range(n):
            stride = 2 if stage < 2 and number == n - 1 else 1
            plan.append((filters * 2**stage, stride))
    return plan
