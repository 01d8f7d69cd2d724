/**
 * The list of data formats and the settings under {@code data}: the only package that knows every
 * format.
 *
 * <p>Imports data, data.csv, data.idx, data.parquet, data.prepared, data.shard, data.spark and
 * settings. Start reading at {@link io.meanfield.data.formats.DataSettings}.
 */
package io.meanfield.data.formats;
