/**
 * Files that are written whole or not at all, on any Hadoop file system, and how they are read. The
 * implementations of {@link io.meanfield.store.file.AtomicStore} are the only classes that depend
 * on which operations are atomic on which file system.
 *
 * <p>Imports error, json and settings. Start reading at {@link
 * io.meanfield.store.file.AtomicFiles}.
 */
package io.meanfield.store.file;
