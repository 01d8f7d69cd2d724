package io.meanfield.evaluate.inspection;

/**
 * The value of a column in one example.
 *
 * @param text the value as the table has it
 * @param deviation its distance from the mean in standard deviations; of a category, that of 1 from
 *     the share of the examples that have it
 */
record ColumnValue(String column, String text, double deviation) {}
