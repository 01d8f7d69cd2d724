/**
 * Examples, their features, targets and ids, and data sets made of blocks of examples. Spark moves
 * only primitive arrays and small records; an image has one byte per pixel.
 *
 * <p>A record that Spark may serialise carries {@code @DefaultSerializer(JavaSerializer.class)}:
 * the Kryo 4 of Spark cannot write the final fields of a record.
 *
 * <p>Imports data.encoding, error and random. Start reading at {@link io.meanfield.data.Dataset},
 * then {@link io.meanfield.data.Examples}.
 */
package io.meanfield.data;
