"""Loads exported weights into PyTorch's layers and predicts with them. Usage: pytorch_forward.py FOLDER…

The folders are those of keras_forward.py. Prints the largest difference of each.
"""

import json
import math
import sys

import numpy
import torch
from torch import nn

ACTIVATIONS = {"relu": torch.relu, "tanh": torch.tanh, "softmax": lambda x: torch.softmax(x, -1)}

POOLS = {"max-pooling2d": nn.MaxPool2d, "average-pooling2d": nn.AvgPool2d}


def load(module, **arrays):
    module.load_state_dict({name: torch.from_numpy(array) for name, array in arrays.items()}, strict=False)
    return module.eval()


def recurrent(module, x, settings, w, r, b):
    bias = {"bias_ih_l0": b, "bias_hh_l0": numpy.zeros_like(b)}
    outputs, _ = load(module, weight_ih_l0=w.T, weight_hh_l0=r.T, **bias)(x)
    return outputs if settings["return-sequences"] else outputs[:, -1]


def pad_same(x, settings):
    pads = []
    for size, window, stride in zip(x.shape[:1:-1], settings["kernel"][::-1], settings["strides"][::-1]):
        pad = max(0, (math.ceil(size / stride) - 1) * stride + window - size)
        pads += [pad // 2, pad - pad // 2]
    return nn.functional.pad(x, pads)


def apply(settings, number, x, arrays):
    """Returns the output of a layer; images have their channels last, as in Keras."""
    w, r, b = (arrays.get(f"{name}{number}") for name in "WRb")
    if "dense" in settings:
        x = load(nn.Linear(*w.shape), weight=w.T, bias=b)(x)
    elif "conv2d" in settings:
        height, width, channels, filters = w.shape
        conv = nn.Conv2d(channels, filters, (height, width), tuple(settings["strides"]))
        x = x.movedim(-1, 1)
        x = pad_same(x, settings) if settings["padding"] == "same" else x
        x = load(conv, weight=w.transpose(3, 2, 0, 1), bias=b)(x).movedim(1, -1)
    elif settings.keys() & POOLS.keys():
        (key,) = settings.keys() & POOLS.keys()
        pool = POOLS[key](tuple(settings[key]), tuple(settings["strides"]))
        x = pool(x.movedim(-1, 1)).movedim(1, -1)
    elif "flatten" in settings:
        x = x.flatten(1)
    elif "batch-normalization" in settings:
        names = {"weight": "gamma", "bias": "beta", "running_mean": "mean", "running_var": "variance"}
        state = {name: arrays[f"{key}{number}"] for name, key in names.items()}
        norm = load(nn.BatchNorm1d(x.shape[-1], settings["epsilon"]), **state)
        x = norm(x.reshape(-1, x.shape[-1])).reshape(x.shape)
    elif "lstm" in settings:
        x = recurrent(nn.LSTM(w.shape[0], r.shape[0], batch_first=True), x, settings, w, r, b)
    elif "simple-rnn" in settings:
        x = recurrent(nn.RNN(w.shape[0], r.shape[0], batch_first=True), x, settings, w, r, b)
    elif "embedding" in settings:
        x = nn.Embedding.from_pretrained(torch.from_numpy(w))(x.long())
    elif "column-embeddings" in settings:
        count = len(settings["column-embeddings"])
        tables = [w] + [arrays[f"W{number}_{column}"] for column in range(1, count)]
        numbers = x.shape[1] - count
        rows = [torch.from_numpy(each)[x[:, numbers + i].long()] for i, each in enumerate(tables)]
        x = torch.cat([x[:, :numbers], *rows], 1)
    return ACTIVATIONS[settings["activation"]](x) if "dense" in settings or "conv2d" in settings else x


@torch.no_grad()
def difference(folder):
    with open(f"{folder}/network.json", encoding="utf-8") as file:
        network = json.load(file)["network"]
    with open(f"{folder}/examples.json", encoding="utf-8") as file:
        examples = json.load(file)
    stored = numpy.load(f"{folder}/mnist-1.npz")
    arrays = {name: stored[name].astype("float32") for name in stored.files}
    x = torch.tensor(examples["inputs"]).reshape(-1, *network["input"])
    for number, layer in enumerate(network["layers"]):
        x = apply(layer, number, x, arrays)
    return float(abs(x.reshape(-1) - torch.tensor(examples["outputs"])).max())


print(json.dumps([difference(folder) for folder in sys.argv[1:]]))
