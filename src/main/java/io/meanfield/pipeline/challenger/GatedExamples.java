package io.meanfield.pipeline.challenger;

import io.meanfield.data.Dataset;
import io.meanfield.data.source.ReadContext;
import io.meanfield.data.source.ReadProgress;
import io.meanfield.data.source.Source;
import io.meanfield.gate.DataProfile;
import io.meanfield.gate.GateInput;
import io.meanfield.pipeline.retrain.Discovery;
import io.meanfield.pipeline.retrain.Partition;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.JobSettings;
import io.meanfield.pipeline.train.InitialWeights;
import io.meanfield.pipeline.train.TrainingExamples;
import io.meanfield.registry.ModelVersion;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** The examples of a retraining, which are opened while the gate checks them. Driver only. */
final class GatedExamples {
  private final RetrainInput input;
  private final Discovery discovery;
  private final Optional<InitialWeights> weights;
  private final AtomicReference<TrainingExamples> opened = new AtomicReference<>();

  /**
   * Opens nothing yet.
   *
   * @param weights the weights that training starts from, which may have an encoder
   */
  GatedExamples(RetrainInput input, Discovery discovery, Optional<InitialWeights> weights) {
    this.input = input;
    this.discovery = discovery;
    this.weights = weights;
  }

  /**
   * Returns what the gate reads; new data and test data are encoded as the training data. Test
   * examples that are a share of the training data are checked with them.
   */
  GateInput gateInput(Optional<ModelVersion> champion) {
    JobSettings settings = input.job().settings();
    ReadingSettings reading = new ReadingSettings(settings);
    boolean training = champion.filter(reading::equalForTraining).isPresent();
    boolean test = champion.filter(reading::equalForTest).isPresent();
    return new GateInput(
        new GateInput.Part(this::open, training),
        newData(training),
        Optional.of(new GateInput.Part(() -> openAsTraining(settings.data().test()), test))
            .filter(given -> settings.data().testFraction() == 0),
        champion.flatMap(GatedExamples::reference));
  }

  private Dataset open() {
    JobContext job = job();
    job.requireSuitableCluster("retrain.input", job.settings().data().train());
    opened.set(
        TrainingExamples.open(job, weights.flatMap(InitialWeights::encoder), ReadProgress.NONE));
    return opened.get().data();
  }

  private Optional<GateInput.NewData> newData(boolean provenSettings) {
    List<Partition> fresh = input.newPartitions(discovery);
    return fresh.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new GateInput.NewData(
                fresh.stream().map(Partition::name).toList(),
                new GateInput.Part(() -> openAsTraining(source(fresh)), provenSettings)));
  }

  private Source source(List<Partition> partitions) {
    return input
        .job()
        .settings()
        .trainedOn(partitions.stream().flatMap(each -> each.files().stream()).toList())
        .data()
        .train();
  }

  private Dataset openAsTraining(Source source) {
    ReadContext context = ReadContext.of(input.job().sparkContext(), classes());
    return source.open(
        context
            .withEncoder(opened().data().encoder())
            .withTargets()
            .withBadRows(input.job().settings().data().badRows()));
  }

  private static Optional<DataProfile> reference(ModelVersion champion) {
    return champion
        .readReference()
        .map(json -> DataProfile.parse(json, champion.display() + "/" + DataProfile.NAME));
  }

  /** Returns the number of classes of the network; only after the gate has read the data. */
  int classes() {
    return opened().settings().network().labelClasses();
  }

  /** Returns the context in which the partitions are {@code data.train}. */
  JobContext job() {
    return input.trainingJob(discovery);
  }

  /** Returns the training data; only after the gate has read them. */
  TrainingExamples opened() {
    return opened.get();
  }

  /** Removes the training data from the cache, if the gate has read them. */
  void release() {
    Optional.ofNullable(opened.get()).ifPresent(TrainingExamples::close);
  }
}
