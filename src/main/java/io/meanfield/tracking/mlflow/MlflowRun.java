package io.meanfield.tracking.mlflow;

import io.meanfield.store.Status;
import io.meanfield.tracking.EpochMeasurements;
import io.meanfield.tracking.Measurement;
import io.meanfield.tracking.RunReport;
import io.meanfield.tracking.mlflow.MlflowApi.CreateRun;
import io.meanfield.tracking.mlflow.MlflowApi.CreatedRun;
import io.meanfield.tracking.mlflow.MlflowApi.FoundRuns;
import io.meanfield.tracking.mlflow.MlflowApi.KeyValue;
import io.meanfield.tracking.mlflow.MlflowApi.LogBatch;
import io.meanfield.tracking.mlflow.MlflowApi.Metric;
import io.meanfield.tracking.mlflow.MlflowApi.Run;
import io.meanfield.tracking.mlflow.MlflowApi.SearchRuns;
import io.meanfield.tracking.mlflow.MlflowApi.UpdateRun;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A run in MLflow. Each run of Meanfield has one, which is found by its tags. */
final class MlflowRun {
  // Limits of runs/log-batch.
  private static final int MAX_METRICS = 1000;
  private static final int MAX_PARAMS = 100;
  private static final int MAX_FOUND = 1000;

  private static final String RUN_ID = "meanfield.run_id";
  private static final String DIRECTORY = "meanfield.run_directory";

  private final MlflowServer server;
  private final Run run;

  private MlflowRun(MlflowServer server, Run run) {
    this.server = server;
    this.run = run;
  }

  /** Returns the run of a report; creates it unless an attempt before has. */
  static MlflowRun findOrCreate(MlflowServer server, String experimentId, RunReport report)
      throws IOException {
    SearchRuns search =
        new SearchRuns(
            List.of(experimentId), "tags.`" + RUN_ID + "` = '" + report.id() + "'", MAX_FOUND);
    List<Run> found =
        server.post("runs/search", search, FoundRuns.class).runs().orElse(List.of()).stream()
            .filter(run -> run.tag(DIRECTORY).filter(report.directory()::equals).isPresent())
            .toList();
    return new MlflowRun(
        server, found.isEmpty() ? create(server, experimentId, report) : found.get(0));
  }

  private static Run create(MlflowServer server, String experimentId, RunReport report)
      throws IOException {
    CreateRun request =
        new CreateRun(
            experimentId,
            report.id().value(),
            report.status().started().toEpochMilli(),
            List.of(
                MlflowText.tag(RUN_ID, report.id().value()),
                MlflowText.tag(DIRECTORY, report.directory()),
                MlflowText.tag("meanfield.command", report.command())));
    return server.post("runs/create", request, CreatedRun.class).run();
  }

  String id() {
    return run.info().runId();
  }

  /** Logs parameters, metrics and the message of the run. */
  void log(RunReport report) throws IOException {
    for (List<KeyValue> batch : batches(newParameters(report), MAX_PARAMS)) {
      server.post("runs/log-batch", new LogBatch(id(), List.of(), batch, List.of()));
    }
    for (List<Metric> batch : batches(metrics(report), MAX_METRICS)) {
      server.post("runs/log-batch", new LogBatch(id(), batch, List.of(), List.of()));
    }
    KeyValue note = MlflowText.tag("mlflow.note.content", report.status().message());
    server.post("runs/log-batch", new LogBatch(id(), List.of(), List.of(), List.of(note)));
  }

  // Parameters cannot be changed; the attempt before may have sent a part of them.
  private List<KeyValue> newParameters(RunReport report) {
    return RunParameters.of(report.manifest()).stream()
        .filter(parameter -> !run.hasParameter(parameter.key()))
        .toList();
  }

  /** Records the end of the run. */
  void end(Status status) throws IOException {
    String state = status.state() == Status.State.SUCCEEDED ? "FINISHED" : "FAILED";
    long time = status.finished().orElseThrow().toEpochMilli();
    server.post("runs/update", new UpdateRun(id(), state, time));
  }

  // The metrics of each epoch at their step, and everything else once.
  private List<Metric> metrics(RunReport report) {
    Set<String> ofEpochs =
        report.epochs().stream()
            .flatMap(epoch -> epoch.metrics().keySet().stream())
            .collect(Collectors.toSet());
    Instant finished = report.status().finished().orElseThrow();
    Stream<Metric> single =
        report.measurements().stream()
            .filter(measurement -> !ofEpochs.contains(measurement.name()))
            .map(measurement -> metric(measurement, finished));
    return Stream.concat(report.epochs().stream().flatMap(this::metrics), single)
        .filter(metric -> Double.isFinite(metric.value()))
        .toList();
  }

  // Epochs that an attempt before has sent are not sent again.
  private Stream<Metric> metrics(EpochMeasurements epoch) {
    return epoch.metrics().entrySet().stream()
        .map(
            entry ->
                new Metric(
                    MlflowText.key(entry.getKey()),
                    entry.getValue(),
                    epoch.time().toEpochMilli(),
                    epoch.epoch()))
        .filter(metric -> metric.step() > run.lastStep(metric.key()));
  }

  private static Metric metric(Measurement measurement, Instant time) {
    return new Metric(
        MlflowText.key(measurement.name()), measurement.value(), time.toEpochMilli(), 0);
  }

  private static <T> List<List<T>> batches(List<T> all, int size) {
    List<List<T>> batches = new ArrayList<>();
    for (int from = 0; from < all.size(); from += size) {
      batches.add(all.subList(from, Math.min(all.size(), from + size)));
    }
    return batches;
  }
}
