/**
 * A run's directory on any Hadoop file system: files that appear whole or not at all, the manifest,
 * the status, and Parquet tables that hold each row once however often a run is retried.
 *
 * <p>Imports settings only. Start reading at {@link io.meanfield.store.RunDirectory}; {@link
 * io.meanfield.store.AtomicFiles} is the only place that knows what is atomic where.
 */
package io.meanfield.store;
