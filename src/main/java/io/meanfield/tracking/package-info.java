/**
 * What a run reports about itself: its measurements, which every sink reads. The packages below it
 * are the sinks: a file for Prometheus, and MLflow.
 *
 * <p>Imports store and error. Start reading at {@link io.meanfield.tracking.Measurements}.
 */
package io.meanfield.tracking;
