/**
 * Labelled examples from files to shards: strict reading, split, dealing out to logical workers,
 * fingerprint. Only primitive arrays and small records leave this room, images as one byte a pixel.
 *
 * <p>Imports store and settings. Start reading at {@link io.meanfield.data.Dataset}, then {@link
 * io.meanfield.data.Sharding}.
 */
package io.meanfield.data;
