/**
 * Generates the table of {@code jobs/churn.conf}, for tutorials, tests and benchmarks.
 *
 * <p>Imports no other package. Start reading at {@link io.meanfield.sample.ChurnTable}.
 */
package io.meanfield.sample;
