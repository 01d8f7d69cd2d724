package io.meanfield.pipeline;

import io.meanfield.data.Dataset;
import io.meanfield.data.Encodings;
import io.meanfield.data.Source;
import io.meanfield.network.Task;
import io.meanfield.settings.Complaint;
import io.meanfield.settings.ErrorCode;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** {@code prepare}: from files of any format to a data set that later runs name; a run itself. */
public final class PrepareJob {
  private final SparkSession spark;
  private final JavaSparkContext context;
  private final JobSettings settings;
  private final RunId id;
  private final Part part;
  private final Optional<String> like;
  private final Interruption interruption;

  /** Which part of the settings says where the files are. */
  public enum Part {
    TRAIN,
    TEST
  }

  /**
   * A job.
   *
   * @param like a run whose columns and words are used again
   */
  public PrepareJob(
      SparkSession spark,
      JobSettings settings,
      RunId id,
      Part part,
      Optional<String> like,
      Interruption interruption) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.settings = settings;
    this.id = id;
    this.part = part;
    this.like = like;
    this.interruption = interruption;
  }

  /** Runs it. */
  public Outcome run() {
    RunDirectory.prepare(context.hadoopConfiguration(), settings.run().directory());
    Source source = part == Part.TRAIN ? settings.data().train() : settings.data().test();
    Dataset data =
        Dataset.open(context, source, Task.classes(settings.network().outputs()), encodings());
    data.blocks().cache();
    String fingerprint = data.fingerprint();
    Manifest manifest = manifest(data, fingerprint);
    RunDirectory run =
        RunDirectory.claim(context.hadoopConfiguration(), settings.run().directory(), id, manifest);
    return Supervised.run(
        run, manifest, false, interruption, held -> write(held, data, fingerprint));
  }

  private Optional<Encodings> encodings() {
    return like.map(
        name ->
            RunDirectory.find(
                    context.hadoopConfiguration(), settings.run().directory(), new RunId(name))
                .flatMap(ModelReference::encodings)
                .orElseThrow(
                    () ->
                        new Complaint(
                            ErrorCode.WRONG_ARGUMENTS,
                            "--like "
                                + name
                                + " is no run with "
                                + Encodings.FILE
                                + " in "
                                + settings.run().directory())));
  }

  private Outcome write(RunDirectory run, Dataset data, String fingerprint) {
    data.prepare(spark, fingerprint, run);
    data.blocks().unpersist();
    return Outcome.done(
        "prepared " + data.count() + " examples of " + data.width() + " inputs",
        List.of(
            "data     " + run.shown(),
            "use      --set data.format=prepared --set data.train.name=" + run.id()));
  }

  private Manifest manifest(Dataset data, String fingerprint) {
    Map<String, Object> all = Provenance.parse(settings.json()).root().unwrapped();
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put("run_id", id.value());
    entries.put("command", "prepare");
    entries.put(
        "data", Map.of("prepared", Map.of("fingerprint", fingerprint, "examples", data.count())));
    like.ifPresent(name -> entries.put("like", name));
    entries.put("versions", Provenance.versions(context));
    entries.put("settings", Map.of("run", all.get("run"), "data", all.get("data")));
    return Manifest.of(entries);
  }
}
