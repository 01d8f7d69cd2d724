/**
 * Examples from files to shards: strict reading of IDX, CSV, Parquet and prepared data sets,
 * encodings of texts, split, balance, dealing out to logical workers, fingerprint. Only primitive
 * arrays and small records leave this room, images as one byte a pixel.
 *
 * <p>Imports store and settings. Start reading at {@link io.meanfield.data.Dataset}, then {@link
 * io.meanfield.data.Examples} and {@link io.meanfield.data.Sharding}.
 */
package io.meanfield.data;
