/**
 * Rows of a table as packed bytes that are shuffled once, those of a large table twice, and as
 * arrays of columns afterwards.
 *
 * <p>Imports data.column. Start reading at {@link io.meanfield.data.frame.packed.PackedRows}.
 */
package io.meanfield.data.frame.packed;
