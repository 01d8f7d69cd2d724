/**
 * Stores runs on any Hadoop file system: atomically written files, the lease, the manifest, the
 * status, JSON files of records, and Parquet tables without duplicate rows after a retry.
 *
 * <p>Imports error, json, settings and store.file. Start reading at {@link
 * io.meanfield.store.Runs}, then {@link io.meanfield.store.RunDirectory}; the implementations of
 * {@link io.meanfield.store.file.AtomicStore} are the only classes that depend on which operations
 * are atomic on which file system.
 */
package io.meanfield.store;
