# caught by: plan/number-of-blocks
# Takes the layers of a stage for its blocks.


# %% solution="plan"
def resnet_plan(depth, filters):
    n, rest = divmod(depth - 2, 6)
    if rest or n < 1:
        raise ValueError(f"A depth is 8, 14, 20, ... Received: {depth}")
    plan = []
    for stage in range(3):
        for number in range(2 * n):
            stride = 2 if stage > 0 and number == 0 else 1
            plan.append((filters * 2**stage, stride))
    return plan
