/**
 * Examples, their features, targets and ids, and data sets made of blocks of examples. Only
 * primitive arrays and small records cross Spark, images as one byte a pixel.
 *
 * <p>A record that Spark may serialise carries {@code @DefaultSerializer(JavaSerializer.class)}:
 * Kryo 4, which Spark brings, cannot write the final fields of a record.
 *
 * <p>Imports store, random, settings and error. Start reading at {@link io.meanfield.data.Dataset},
 * then {@link io.meanfield.data.Examples}.
 */
package io.meanfield.data;
