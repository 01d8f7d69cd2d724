/**
 * Reads images and labels in the IDX format of MNIST, raw or gzipped.
 *
 * <p>Imports data, data.source, error, settings and store.file. Start reading at {@link
 * io.meanfield.data.idx.IdxSource}.
 */
package io.meanfield.data.idx;
