"""Loads exported weights into Keras and predicts with them. Usage: keras_forward.py PAGE FOLDER…

In each folder are the network (network.json), its weights (mnist-1.npz), and examples with the outputs that are expected
(examples.json). The Python code of the page exchanges the weights, so start.npz is written beside them. Prints the largest
difference of each folder.
"""

import json
import os
import re
import sys

os.environ["KERAS_BACKEND"] = "numpy"
os.environ["KERAS_HOME"] = sys.argv[2]  # Keras writes its settings there
import keras
import numpy
from keras import layers

OPTIONS = ("activation", "strides", "padding", "return_sequences", "momentum", "epsilon")
LAYERS = {
    "dense": layers.Dense,
    "conv2d": layers.Conv2D,
    "max-pooling2d": layers.MaxPooling2D,
    "average-pooling2d": layers.AveragePooling2D,
    "flatten": layers.Flatten,
    "dropout": layers.Dropout,
    "batch-normalization": layers.BatchNormalization,
    "lstm": layers.LSTM,
    "simple-rnn": layers.SimpleRNN,
    "embedding": layers.Embedding,
    "column-embeddings": layers.Embedding,
}


def apply(settings, x):
    """Returns the output of the layer with these settings."""
    (key,) = LAYERS.keys() & settings.keys()
    value = settings[key]
    if key == "column-embeddings":
        numbers = x.shape[1] - len(value)
        sizes = enumerate(zip(settings["categories"], value))
        rows = [layers.Embedding(*size)(x[:, numbers + column]) for column, size in sizes]
        return layers.Concatenate()([x[:, :numbers], *rows])
    arguments = {
        "conv2d": [value, settings.get("kernel")],
        "embedding": [settings.get("categories"), value],
        "flatten": [],
        "batch-normalization": [],
    }.get(key, [value])
    options = {name: settings[name.replace("_", "-")] for name in OPTIONS if name.replace("_", "-") in settings}
    return LAYERS[key](*arguments, **options)(x)


def difference(folder, code):
    os.chdir(folder)
    with open("network.json", encoding="utf-8") as file:
        network = json.load(file)["network"]
    with open("examples.json", encoding="utf-8") as file:
        examples = json.load(file)
    x = inputs = keras.Input(network["input"])
    for layer in network["layers"]:
        x = apply(layer, x)
    model = keras.Model(inputs, x)
    exec(code, {"numpy": numpy, "model": model})
    rows = numpy.array(examples["inputs"], "float32").reshape(-1, *network["input"])
    outputs = numpy.array(model(rows)).reshape(-1)
    return float(abs(outputs - numpy.array(examples["outputs"])).max())


with open(sys.argv[1], encoding="utf-8") as page:
    blocks = "\n".join(re.findall("```python\n(.*?)```", page.read(), re.DOTALL))
print(json.dumps([difference(folder, blocks) for folder in sys.argv[2:]]))
