/**
 * Keeps runs on any Hadoop file system: files that appear whole or not at all, the lease, the
 * manifest, the status, JSON files of records, and Parquet tables that hold each row once however
 * often a run is retried.
 *
 * <p>Imports settings and error. Start reading at {@link io.meanfield.store.Runs}, then {@link
 * io.meanfield.store.RunDirectory}; {@link io.meanfield.store.AtomicFiles} is the only class that
 * knows which operations are atomic on which file system.
 */
package io.meanfield.store;
