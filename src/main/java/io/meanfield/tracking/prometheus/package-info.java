/**
 * The measurements of a run as a file in the text format of Prometheus.
 *
 * <p>Imports store.file and tracking. Start reading at {@link
 * io.meanfield.tracking.prometheus.MetricsFile}.
 */
package io.meanfield.tracking.prometheus;
