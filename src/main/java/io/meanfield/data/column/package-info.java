/**
 * How one column of a table becomes inputs of a network: the types of values, the settings of the
 * preprocessing, and the columns whose scaling, imputation and dates are fitted to training
 * examples.
 *
 * <p>Imports settings. Start reading at {@link io.meanfield.data.column.FeatureColumn}.
 */
package io.meanfield.data.column;
