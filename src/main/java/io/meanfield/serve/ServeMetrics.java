package io.meanfield.serve;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** Counts the work of a server, for Prometheus (text format 0.0.4). */
final class ServeMetrics {
  private static final double NANOS = 1e9;
  private static final double[] SECONDS = {
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };

  private final Map<Integer, LongAdder> requests = new ConcurrentSkipListMap<>();
  private final LongAdder rows = new LongAdder();
  private final LongAdder failedLoads = new LongAdder();
  private final DoubleAdder seconds = new DoubleAdder();
  private final LongAdder[] buckets =
      Stream.generate(LongAdder::new).limit(SECONDS.length + 1).toArray(LongAdder[]::new);

  /** Counts an answer to a request for predictions. */
  void answered(int status, long nanos) {
    requests.computeIfAbsent(status, code -> new LongAdder()).increment();
    double taken = nanos / NANOS;
    seconds.add(taken);
    int bucket = 0;
    while (bucket < SECONDS.length && taken > SECONDS[bucket]) {
      bucket++;
    }
    buckets[bucket].increment();
  }

  void scored(int count) {
    rows.add(count);
  }

  void loadFailed() {
    failedLoads.increment();
  }

  /**
   * Returns the metrics at this moment.
   *
   * @param inProgress the number of requests that are answered or wait
   */
  byte[] text(ServedModel model, int inProgress) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create()
          .write(bytes, snapshots(model, inProgress), EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a stream in memory throws none
    }
    return bytes.toByteArray();
  }

  private MetricSnapshots snapshots(ServedModel model, int inProgress) {
    return MetricSnapshots.of(
        requests(),
        histogram(),
        counter("rows", "Rows that were scored.", rows),
        counter(
            "load_failures",
            "Looks at the registry that found no version to load; the old one stays.",
            failedLoads),
        GaugeSnapshot.builder()
            .name("meanfield_serve_requests_in_progress")
            .help("Requests that are answered or wait.")
            .dataPoint(GaugeDataPointSnapshot.builder().value(inProgress).build())
            .build(),
        InfoSnapshot.builder()
            .name("meanfield_serve_model")
            .help("The version that is served.")
            .dataPoint(
                InfoDataPointSnapshot.builder()
                    .labels(Labels.of("model", model.name(), "version", model.version()))
                    .build())
            .build());
  }

  private CounterSnapshot requests() {
    CounterSnapshot.Builder counter =
        CounterSnapshot.builder()
            .name("meanfield_serve_requests")
            .help("Answers to requests for predictions.");
    requests.forEach(
        (status, count) ->
            counter.dataPoint(
                CounterDataPointSnapshot.builder()
                    .value((double) count.sum())
                    .labels(Labels.of("code", String.valueOf(status)))
                    .build()));
    return counter.build();
  }

  private HistogramSnapshot histogram() {
    ClassicHistogramBuckets.Builder counts = ClassicHistogramBuckets.builder();
    for (int i = 0; i <= SECONDS.length; i++) {
      double bound = i < SECONDS.length ? SECONDS[i] : Double.POSITIVE_INFINITY;
      counts.bucket(bound, buckets[i].sum());
    }
    return HistogramSnapshot.builder()
        .name("meanfield_serve_request_seconds")
        .help("Seconds from the first byte of a request for predictions to its answer.")
        .dataPoint(
            HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(counts.build())
                .sum(seconds.sum())
                .build())
        .build();
  }

  private static CounterSnapshot counter(String name, String help, LongAdder count) {
    return CounterSnapshot.builder()
        .name("meanfield_serve_" + name)
        .help(help)
        .dataPoint(CounterDataPointSnapshot.builder().value((double) count.sum()).build())
        .build();
  }
}
