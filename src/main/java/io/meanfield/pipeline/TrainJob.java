package io.meanfield.pipeline;

import com.typesafe.config.ConfigValueFactory;
import io.meanfield.data.Balancing;
import io.meanfield.data.ClassWeights;
import io.meanfield.data.Dataset;
import io.meanfield.data.Encodings;
import io.meanfield.data.ShardGroup;
import io.meanfield.data.Sharding;
import io.meanfield.data.Split;
import io.meanfield.network.Engine;
import io.meanfield.network.Engines;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.network.Task;
import io.meanfield.network.dl4j.ModelFile;
import io.meanfield.settings.Complaint;
import io.meanfield.settings.ErrorCode;
import io.meanfield.store.Locations;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.train.Checkpoints;
import io.meanfield.train.EarlyStopping;
import io.meanfield.train.History;
import io.meanfield.train.Patience;
import io.meanfield.train.TimeSpent;
import io.meanfield.train.Trainer;
import io.meanfield.train.TrainingListener;
import io.meanfield.train.TrainingState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** {@code train}: from files of examples to a run's directory with a model and its history. */
public final class TrainJob {
  private final SparkSession spark;
  private final JavaSparkContext context;
  private final JobSettings settings;
  private final RunId id;
  private final TrainingListener watcher;
  private final boolean extend;
  private final Optional<String> from;
  private final Interruption interruption;

  /**
   * A job.
   *
   * @param extend whether the run may be one that was finished with fewer epochs
   * @param from a run, a model file or an .npz file whose weights training starts from
   * @param interruption leaves the run as it is at the end of an epoch
   */
  public TrainJob(
      SparkSession spark,
      JobSettings settings,
      RunId id,
      TrainingListener watcher,
      boolean extend,
      Optional<String> from,
      Interruption interruption) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.settings = settings;
    this.id = id;
    this.watcher = watcher;
    this.extend = extend;
    this.from = from;
    this.interruption = interruption;
  }

  /**
   * Runs it.
   *
   * @throws Complaint if settings, data or the run's directory do not allow it, or training failed
   */
  public Outcome run() {
    long began = System.nanoTime();
    RunDirectory.prepare(context.hadoopConfiguration(), settings.run().directory());
    Optional<Origin> origin =
        from.map(
            name ->
                Origin.resolve(context.hadoopConfiguration(), settings.run().directory(), name));
    Dataset data = data(origin.flatMap(Origin::encodings));
    Split split = split(data);
    Balancing balancing = Balancing.of(data, split, settings.data().balance(), classes());
    Engines.Chosen engine = engine();
    watcher.engineChosen(engine);
    Model untrained =
        Model.untrained(settings.network(), settings.run().seed()).on(engine.engine());
    Model start = origin.map(weights -> weights.startFor(untrained)).orElse(untrained);
    Manifest manifest = manifest(data, split, balancing, data.fingerprint(), engine.engine());
    RunDirectory run =
        RunDirectory.claim(context.hadoopConfiguration(), settings.run().directory(), id, manifest);
    return Supervised.run(
        run,
        manifest,
        extend,
        interruption,
        held -> train(held, start, data, split, balancing, began));
  }

  private Engines.Chosen engine() {
    Optional<Engine> recorded =
        RunDirectory.find(context.hadoopConfiguration(), settings.run().directory(), id)
            .flatMap(run -> run.manifest().text("engine"))
            .map(Engine::of);
    return Engines.choose(settings.engine(), settings.network(), recorded);
  }

  private int classes() {
    return Task.classes(settings.network().outputs());
  }

  private Dataset data(Optional<Encodings> known) {
    Dataset data = Dataset.open(context, settings.data().train(), classes(), known);
    data.requireWidth(settings.network().inputs());
    if (!settings.train().augmentation().isOff()) {
      data.requireImages("train.augment");
    }
    data.requireAnswers("data.train");
    data.requireOutputs(settings.network().outputs());
    data.blocks().cache();
    if (settings.network().loss().givesProbabilities()) {
      data.requireTargetsOfProbabilities();
    }
    return data;
  }

  private Split split(Dataset data) {
    Split split =
        Split.of(
            data.count(),
            settings.data().validationFraction(),
            settings.train().workers(),
            settings.run().seed());
    if (split.training() == 0) {
      throw new Complaint(
          ErrorCode.WRONG_SETTINGS,
          "data.validation-fraction leaves none of " + data.count() + " examples for training");
    }
    return split;
  }

  private Outcome train(
      RunDirectory run, Model start, Dataset data, Split split, Balancing balancing, long began) {
    Sharding sharding =
        new Sharding(data, split, balancing.drawn(), settings.train().workersPerTask());
    JavaRDD<ShardGroup> training = sharding.training();
    JavaRDD<ShardGroup> validation = sharding.validation();
    run.replaceManifest(run.manifest().with("processors", Provenance.processors(training)));
    validation.count();
    data.blocks().unpersist();
    Duration loading = Duration.ofNanos(System.nanoTime() - began);
    History history = new History(start.architecture().engine(), settings.train().earlyStopping());
    Checkpoints checkpoints =
        new Checkpoints(run, settings.run().keepCheckpoints(), settings.train().earlyStopping());
    LearnerState trained =
        fit(
            start,
            balancing.sizes(split),
            balancing.weights(),
            training,
            validation,
            history,
            checkpoints);
    Findings findings = new Findings(history, start.architecture());
    List<String> found =
        new ArrayList<>(findings.overFitting(settings.train().earlyStopping().isOn()));
    found.addAll(findings.limits(training, split.training()));
    return write(run, start.with(trained), data, history, found, loading);
  }

  private LearnerState fit(
      Model start,
      Split split,
      ClassWeights classWeights,
      JavaRDD<ShardGroup> training,
      JavaRDD<ShardGroup> validation,
      History history,
      Checkpoints checkpoints) {
    EarlyStopping earlyStopping = settings.train().earlyStopping();
    Patience patience = new Patience(earlyStopping);
    TrainingState resumed =
        checkpoints.resume().orElseGet(() -> TrainingState.atRest(start.state()));
    List.of(history, patience, watcher).forEach(listener -> checkpoints.replay(listener, resumed));
    Trainer trainer =
        new Trainer(
            settings.train(),
            settings.run().seed(),
            settings.network()::learningRate,
            classWeights,
            List.of(history, patience, checkpoints, watcher));
    TrainingState last = trainer.train(start.architecture(), resumed, split, training, validation);
    return (earlyStopping.isOn() ? checkpoints.best() : last).learner();
  }

  private Outcome write(
      RunDirectory run,
      Model trained,
      Dataset data,
      History history,
      List<String> found,
      Duration loading) {
    long began = System.nanoTime();
    data.encodings().ifPresent(encodings -> ModelReference.write(run, encodings));
    run.writeModel(out -> ModelFile.write(trained, out));
    history.write(spark, run);
    Duration writing = Duration.ofNanos(System.nanoTime() - began);
    return Outcome.done(
        TrainSummary.of(history, settings.train().earlyStopping()),
        details(run, history.time(), found, loading, writing, trained));
  }

  private List<String> details(
      RunDirectory run,
      TimeSpent time,
      List<String> found,
      Duration loading,
      Duration writing,
      Model trained) {
    List<String> lines = new ArrayList<>();
    found.forEach(sentence -> lines.add("note     " + sentence));
    lines.add("model    " + Locations.shown(run.model()));
    lines.add(
        "weights  "
            + trained.state().weights().length
            + ", sha256 "
            + trained.state().weightsSha256());
    lines.add(
        String.format(
            Locale.ROOT,
            "time     loading %.1f s, computing %.1f s, synchronising %.1f s, validating %.1f s, writing %.1f s",
            seconds(loading),
            seconds(time.computing()),
            seconds(time.synchronising()),
            seconds(time.validating()),
            seconds(writing)));
    return lines;
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private Manifest manifest(
      Dataset data, Split split, Balancing balancing, String fingerprint, Engine engine) {
    Map<String, Object> examples = new LinkedHashMap<>();
    examples.put("fingerprint", fingerprint);
    examples.put("examples", data.count());
    examples.put("training", split.training());
    examples.put("validation", split.validation());
    balancing.described().ifPresent(classes -> examples.put("training_classes", classes));
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put("run_id", id.value());
    entries.put("command", "train");
    entries.put("seed", settings.run().seed());
    entries.put("workers", settings.train().workers());
    entries.put("engine", engine.word());
    entries.put("data", Map.of("train", examples));
    from.ifPresent(name -> entries.put("from", name));
    entries.put("versions", Provenance.versions(context));
    // The engine that was chosen: auto and its name are the same run.
    entries.put(
        "settings",
        Provenance.parse(settings.json())
            .withValue("network.engine", ConfigValueFactory.fromAnyRef(engine.word()))
            .root()
            .unwrapped());
    return Manifest.of(entries);
  }
}
