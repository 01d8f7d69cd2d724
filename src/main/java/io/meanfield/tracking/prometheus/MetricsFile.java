package io.meanfield.tracking.prometheus;

import io.meanfield.store.file.FileContent;
import io.meanfield.tracking.Gauge;
import io.meanfield.tracking.Measurement;
import io.meanfield.tracking.RunReport;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The file metrics.prom of a run: its measurements in the text format 0.0.4 of Prometheus. Every
 * line has the labels run_id, command and, if the run works on a registered model, model.
 */
public final class MetricsFile {
  /** The name of the file in the directory of a run. */
  public static final String NAME = "metrics.prom";

  private static final String PREFIX = "meanfield_";

  private MetricsFile() {}

  /** Returns the content of the file. */
  public static FileContent content(RunReport report) {
    MetricSnapshots snapshots = snapshots(report);
    return out ->
        PrometheusTextFormatWriter.create()
            .write(out, snapshots, EscapingScheme.UNDERSCORE_ESCAPING);
  }

  private static MetricSnapshots snapshots(RunReport report) {
    Map<String, List<Measurement>> byName =
        report.measurements().stream()
            .collect(
                Collectors.groupingBy(
                    measurement -> measurement.gauge().name(), TreeMap::new, Collectors.toList()));
    MetricSnapshots.Builder snapshots = MetricSnapshots.builder();
    byName.values().forEach(same -> snapshots.metricSnapshot(snapshot(report, same)));
    return snapshots.build();
  }

  private static GaugeSnapshot snapshot(RunReport report, List<Measurement> same) {
    Gauge gauge = same.get(0).gauge();
    GaugeSnapshot.Builder snapshot =
        GaugeSnapshot.builder().name(PREFIX + gauge.name()).help(gauge.help());
    for (Measurement measurement : same) {
      snapshot.dataPoint(
          GaugeDataPointSnapshot.builder()
              .value(measurement.value())
              .labels(labels(report, measurement))
              .build());
    }
    return snapshot.build();
  }

  private static Labels labels(RunReport report, Measurement measurement) {
    Labels.Builder labels =
        Labels.builder().label("run_id", report.id().value()).label("command", report.command());
    report.model().ifPresent(model -> labels.label("model", model));
    measurement.label().ifPresent(own -> labels.label(own.key(), own.value()));
    return labels.build();
  }
}
