package io.meanfield.network.layers;

/**
 * A case for each kind of layer; {@link LayerTypes#visit} calls the one for a given layer. A new
 * case does not compile until every implementation has it.
 *
 * @param <R> the result of each case
 */
public interface LayerVisitor<R> {
  R dense(Dense dense);

  R conv2D(Conv2D convolution);

  R maxPooling2D(MaxPooling2D pooling);

  R averagePooling2D(AveragePooling2D pooling);

  R flatten(Flatten flatten);

  R dropout(Dropout dropout);

  R batchNormalization(BatchNormalization normalization);

  R lstm(Lstm lstm);

  R simpleRnn(SimpleRnn rnn);

  R embedding(Embedding embedding);

  R columnEmbeddings(ColumnEmbeddings embeddings);

  R piecewiseLinear(PiecewiseLinear encoding);

  R scaling(Scaling scaling);
}
