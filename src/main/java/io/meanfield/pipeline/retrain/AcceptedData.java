package io.meanfield.pipeline.retrain;

import io.meanfield.data.Dataset;
import io.meanfield.data.source.KeptColumns;
import io.meanfield.data.source.ReadContext;
import io.meanfield.data.source.ReadProgress;
import io.meanfield.data.source.Source;
import io.meanfield.gate.DataProfile;
import io.meanfield.gate.DataProfiler;
import io.meanfield.gate.Gate;
import io.meanfield.gate.GateReport;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.train.InitialWeights;
import io.meanfield.pipeline.train.TrainingExamples;
import io.meanfield.store.RunDirectory;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The training data of a night, which have passed the gate. They stay cached until they are closed.
 * Driver only.
 *
 * @param profile with which later data are compared
 * @param gate the result of the gate in lines for a person
 */
record AcceptedData(TrainingExamples examples, DataProfile profile, List<String> gate)
    implements AutoCloseable {

  /**
   * Opens the data and lets the gate judge them.
   *
   * @param run receives table {@code gate}
   * @throws io.meanfield.error.UserException with the code DATA_REFUSED if a check fails; nothing
   *     stays cached then
   */
  static AcceptedData open(Night night, RunDirectory run) {
    return night.job().named("checking data", () -> checked(night, run));
  }

  private static AcceptedData checked(Night night, RunDirectory run) {
    Gate gate = new Gate(night.settings().gate(), night.reference());
    ProvenSettings proven = ProvenSettings.of(night);
    Optional<TrainingExamples> opened = gate.read(proven.training(), () -> training(night));
    try {
      GateReport report =
          opened
              .map(examples -> new Reader(night, gate, proven, examples).report())
              .orElseGet(() -> gate.judge(Optional.empty(), Optional.empty(), List.of()));
      night.job().measurements().drift(report.drift().indexes());
      report.write(run);
      report.requirePassed();
      return new AcceptedData(opened.orElseThrow(), report.profile().orElseThrow(), report.lines());
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      opened.ifPresent(TrainingExamples::close);
      throw e;
    }
  }

  private static TrainingExamples training(Night night) {
    JobContext job = night.trainingJob();
    job.requireSuitableCluster("retrain.input", job.settings().data().train());
    return TrainingExamples.open(
        job, night.weights().flatMap(InitialWeights::encoder), ReadProgress.NONE);
  }

  /** Reads what the gate judges besides, encoded as the training data. */
  private record Reader(Night night, Gate gate, ProvenSettings proven, TrainingExamples all) {
    GateReport report() {
      Optional<DataProfiler> profile =
          gate.read(proven.training(), () -> DataProfiler.of(all.data(), classes()));
      List<Partition> fresh = profile.isEmpty() ? List.of() : night.newPartitions();
      profile.ifPresent(found -> readTest());
      return gate.judge(
          profile,
          fresh.isEmpty() ? Optional.empty() : profileOfNew(fresh),
          fresh.stream().map(Partition::name).toList());
    }

    // So that test data which cannot be read end the run before it trains. Those that are a share
    // of the training data are read with them.
    private void readTest() {
      if (all.settings().data().testFraction() == 0) {
        Source test = all.settings().data().test();
        gate.read(
            proven.test(), () -> read(test, night.settings().by(), data -> data.blocks().count()));
      }
    }

    private Optional<DataProfiler> profileOfNew(List<Partition> fresh) {
      return gate.read(
          proven.training(),
          () ->
              read(
                  night.source(fresh), KeptColumns.NONE, data -> DataProfiler.of(data, classes())));
    }

    private <T> T read(Source source, KeptColumns kept, Function<Dataset, T> use) {
      Dataset data =
          source.open(
              ReadContext.of(night.job().sparkContext(), classes())
                  .withEncoder(all.data().encoder())
                  .withTargets()
                  .keeping(kept)
                  .withBadRows(night.job().settings().data().badRows()));
      try {
        return use.apply(data);
      } finally {
        data.release();
      }
    }

    private int classes() {
      return all.settings().network().labelClasses();
    }
  }

  @Override
  public void close() {
    examples.close();
  }
}
