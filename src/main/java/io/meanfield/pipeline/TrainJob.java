package io.meanfield.pipeline;

import com.typesafe.config.ConfigValueFactory;
import io.meanfield.data.Dataset;
import io.meanfield.data.TableEncoder;
import io.meanfield.data.shard.ClassBalancing;
import io.meanfield.data.shard.ClassWeights;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.data.shard.Sharding;
import io.meanfield.data.shard.Split;
import io.meanfield.engine.Engines;
import io.meanfield.engine.dl4j.ModelFile;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.Engine;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Model;
import io.meanfield.network.TaskType;
import io.meanfield.store.HadoopPaths;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.train.EarlyStopping;
import io.meanfield.train.EarlyStoppingListener;
import io.meanfield.train.History;
import io.meanfield.train.TimeBreakdown;
import io.meanfield.train.Trainer;
import io.meanfield.train.TrainingListener;
import io.meanfield.train.TrainingState;
import io.meanfield.train.checkpoint.Checkpoints;
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
  private final TrainingListener progressListener;
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
    this.progressListener = watcher;
    this.extend = extend;
    this.from = from;
    this.interruption = interruption;
  }

  /**
   * Runs it.
   *
   * @throws UserException if settings, data or the run's directory do not allow it, or training
   *     failed
   */
  public Outcome run() {
    long began = System.nanoTime();
    RunDirectory.requireWritable(context.hadoopConfiguration(), settings.run().directory());
    Optional<InitialWeights> origin =
        from.map(
            name ->
                InitialWeights.resolve(
                    context.hadoopConfiguration(), settings.run().directory(), name));
    Dataset data = data(origin.flatMap(InitialWeights::encoder));
    Split split = split(data);
    ClassBalancing balancing = ClassBalancing.of(data, split, settings.data().balance(), classes());
    Engines.Selection engine = engine();
    progressListener.engineChosen(engine);
    Model untrained =
        Model.untrained(settings.network(), settings.run().seed()).withEngine(engine.engine());
    Model start = origin.map(weights -> weights.startFor(untrained)).orElse(untrained);
    Manifest manifest = manifest(data, split, balancing, data.fingerprint(), engine.engine());
    RunDirectory run =
        RunDirectory.claim(context.hadoopConfiguration(), settings.run().directory(), id, manifest);
    return RunSupervisor.run(
        run,
        manifest,
        extend,
        interruption,
        held -> train(held, start, data, split, balancing, began));
  }

  private Engines.Selection engine() {
    Optional<Engine> recorded =
        RunDirectory.find(context.hadoopConfiguration(), settings.run().directory(), id)
            .flatMap(run -> run.manifest().string("engine"))
            .map(Engine::of);
    return Engines.choose(settings.engine(), settings.network(), recorded);
  }

  private int classes() {
    return TaskType.classes(settings.network().outputs());
  }

  private Dataset data(Optional<TableEncoder> known) {
    Dataset data = Dataset.open(context, settings.data().train(), classes(), known);
    data.requireWidth(settings.network().inputs());
    if (!settings.train().augmentation().isOff()) {
      data.requireImages("train.augment");
    }
    data.requireTargets("data.train");
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
      throw new UserException(
          ErrorCode.WRONG_SETTINGS,
          "data.validation-fraction leaves none of " + data.count() + " examples for training");
    }
    return split;
  }

  private Outcome train(
      RunDirectory run,
      Model start,
      Dataset data,
      Split split,
      ClassBalancing balancing,
      long began) {
    Sharding sharding =
        new Sharding(data, split, balancing.drawn(), settings.train().workersPerTask());
    JavaRDD<ShardGroup> training = sharding.training();
    JavaRDD<ShardGroup> validation = sharding.validation();
    run.replaceManifest(run.manifest().with("processors", Provenance.processors(training)));
    validation.count();
    data.blocks().unpersist();
    Duration loading = Duration.ofNanos(System.nanoTime() - began);
    History history = new History(start.network().engine(), settings.train().earlyStopping());
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
    TrainingDiagnostics findings = new TrainingDiagnostics(history);
    List<String> found = findings.note(settings.train().earlyStopping().isOn()).stream().toList();
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
    EarlyStoppingListener patience = new EarlyStoppingListener(earlyStopping);
    TrainingState resumed =
        checkpoints.resume().orElseGet(() -> TrainingState.initial(start.state()));
    List.of(history, patience, progressListener)
        .forEach(listener -> checkpoints.replay(listener, resumed));
    Trainer trainer =
        new Trainer(
            settings.train(),
            settings.run().seed(),
            settings.network()::learningRate,
            classWeights,
            List.of(history, patience, checkpoints, progressListener));
    TrainingState last = trainer.train(start.network(), resumed, split, training, validation);
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
    data.encoder().ifPresent(encodings -> ModelReference.write(run, encodings));
    run.writeModel(out -> ModelFile.write(trained, out));
    history.write(spark, run);
    Duration writing = Duration.ofNanos(System.nanoTime() - began);
    return Outcome.done(
        TrainSummary.of(history, settings.train().earlyStopping()),
        details(run, history.time(), found, loading, writing, trained));
  }

  private List<String> details(
      RunDirectory run,
      TimeBreakdown time,
      List<String> found,
      Duration loading,
      Duration writing,
      Model trained) {
    List<String> lines = new ArrayList<>();
    found.forEach(sentence -> lines.add("note     " + sentence));
    lines.add("model    " + HadoopPaths.display(run.model()));
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
      Dataset data, Split split, ClassBalancing balancing, String fingerprint, Engine engine) {
    Map<String, Object> examples = new LinkedHashMap<>();
    examples.put("fingerprint", fingerprint);
    examples.put("examples", data.count());
    examples.put("training", split.training());
    examples.put("validation", split.validation());
    balancing.describe().ifPresent(classes -> examples.put("training_classes", classes));
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put("run_id", id.value());
    entries.put("command", "train");
    entries.put("seed", settings.run().seed());
    entries.put("workers", settings.train().workers());
    entries.put("engine", engine.id());
    entries.put("data", Map.of("train", examples));
    from.ifPresent(name -> entries.put("from", name));
    entries.put("versions", Provenance.versions(context));
    // The engine that was chosen: auto and its name are the same run.
    entries.put(
        "settings",
        Provenance.parse(settings.json())
            .withValue("network.engine", ConfigValueFactory.fromAnyRef(engine.id()))
            .root()
            .unwrapped());
    return Manifest.of(entries);
  }
}
