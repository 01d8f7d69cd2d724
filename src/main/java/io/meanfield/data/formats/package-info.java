/**
 * The list of data formats and the settings under {@code data}: the only package that knows every
 * format.
 *
 * <p>Imports data.encoding, data.frame, data.idx, data.prepared, data.shard, data.source and
 * settings. Start reading at {@link io.meanfield.data.formats.DataSettings}.
 */
package io.meanfield.data.formats;
