# caught by: layer/receptive-field-with-strides
# The distance is the stride of the layer below, not the product of all.

# %% solution="counting"
def count_parameters(layers, side, channels):
    total, inputs = 0, side**2 * channels
    for layer in layers:
        if layer["kind"] == "dense":
            total += (inputs + 1) * layer["units"]
            inputs = layer["units"]
            continue
        if layer["kind"] == "convolution":
            total += (layer["size"] ** 2 * channels + 1) * layer["filters"]
            channels = layer["filters"]
        padding = layer.get("padding", 0)
        side = (side + 2 * padding - layer["size"]) // layer["stride"] + 1
        inputs = side**2 * channels
    return total


def receptive_field(layers):
    field, distance = 1, 1
    for layer in layers:
        field += (layer["size"] - 1) * distance
        distance = layer["stride"]
    return field
