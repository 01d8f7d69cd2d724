package io.meanfield.network.layers;

/**
 * A case for each kind of layer; {@link LayerTypes#visit} calls the one that fits. A new kind of
 * layer does not compile until every implementation has a case for it.
 *
 * @param <R> what each case returns
 */
public interface LayerVisitor<R> {
  R dense(Dense dense);

  R autoencoder(Autoencoder autoencoder);

  R conv2D(Conv2D convolution);

  R maxPooling2D(MaxPooling2D pooling);

  R averagePooling2D(AveragePooling2D pooling);

  R flatten(Flatten flatten);

  R dropout(Dropout dropout);

  R batchNormalization(BatchNormalization normalization);

  R lstm(Lstm lstm);

  R simpleRnn(SimpleRnn rnn);

  R embedding(Embedding embedding);
}
