package io.meanfield.bench;

import io.meanfield.kernels.Precision;
import java.util.Locale;
import java.util.stream.Stream;

/** A network that Meanfield and PyTorch train; bench/pytorch/local_sgd.py has the same ones. */
enum ComparedNetwork {
  DENSE("784-64-32-10", 30, "[784]", "{dense=64,activation=relu},{dense=32,activation=relu}"),
  WIDE("784-1024-1024-10", 7, "[784]", "{dense=1024,activation=relu},{dense=1024,activation=relu}"),
  TABULAR(
      "784 scaled-256-256-256-10, mish, dropout",
      10,
      "[784]",
      "{scaling=true},{dense=256,activation=mish},{dropout=0.15},{dense=256,activation=mish}"
          + ",{dropout=0.15},{dense=256,activation=mish},{dropout=0.15}"),
  LENET(
      "LeNet-5, 20 and 50 filters",
      3,
      "[28,28,1]",
      "{conv2d=20,kernel=[5,5],activation=relu},{max-pooling2d=[2,2]}"
          + ",{conv2d=50,kernel=[5,5],activation=relu},{max-pooling2d=[2,2]}"
          + ",{flatten=true},{dense=500,activation=relu},{dropout=0.4}"),
  LSTM("LSTM of 64 over 28 rows", 5, "[28,28]", "{lstm=64}");

  private final String title;
  private final int epochs;
  private final String input;
  private final String hiddenLayers;

  ComparedNetwork(String title, int epochs, String input, String hiddenLayers) {
    this.title = title;
    this.epochs = epochs;
    this.input = input;
    this.hiddenLayers = hiddenLayers;
  }

  /** Returns the name on the command line of the benchmark and of PyTorch's script. */
  String id(Precision precision) {
    String id = name().toLowerCase(Locale.ROOT);
    return precision == Precision.FLOAT32 ? id : id + "-bfloat16";
  }

  String title() {
    return title;
  }

  /** Returns the number of epochs in a turn. */
  int epochs() {
    return epochs;
  }

  /** Returns Meanfield's settings for the network, averaged every {@code minibatches}. */
  String[] settings(Precision precision, int minibatches) {
    return Stream.of(
            "network.input=" + input,
            "network.layers=[" + hiddenLayers + ",{dense=10,activation=softmax}]",
            "train.precision=" + precision.name().toLowerCase(Locale.ROOT),
            "train.sync-frequency=" + minibatches)
        .toArray(String[]::new);
  }
}
