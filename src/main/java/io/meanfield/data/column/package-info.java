/**
 * What a column of a table is, and how it becomes inputs of a network. {@code ColumnFacts} hold
 * what one pass has seen of a column; {@link io.meanfield.data.column.ColumnUse} says what it is
 * for, by one rule for every table and every door. {@code TextForm} reads its texts, and {@code
 * FeatureColumn} makes inputs of its values.
 *
 * <p>Imports random and settings. Start reading at {@link io.meanfield.data.column.ColumnUse}.
 */
package io.meanfield.data.column;
