package io.meanfield.pipeline;

import io.meanfield.data.Dataset;
import io.meanfield.data.Source;
import io.meanfield.data.TableEncoder;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.TaskType;
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
  private final DataSplit split;
  private final Optional<String> encoderSource;
  private final Interruption interruption;

  /** Which part of the settings says where the files are. */
  public enum DataSplit {
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
      DataSplit part,
      Optional<String> like,
      Interruption interruption) {
    this.spark = spark;
    this.context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    this.settings = settings;
    this.id = id;
    this.split = part;
    this.encoderSource = like;
    this.interruption = interruption;
  }

  /** Runs it. */
  public Outcome run() {
    RunDirectory.requireWritable(context.hadoopConfiguration(), settings.run().directory());
    Source source = split == DataSplit.TRAIN ? settings.data().train() : settings.data().test();
    Dataset data =
        Dataset.open(context, source, TaskType.classes(settings.network().outputs()), encodings());
    data.blocks().cache();
    String fingerprint = data.fingerprint();
    Manifest manifest = manifest(data, fingerprint);
    RunDirectory run =
        RunDirectory.claim(context.hadoopConfiguration(), settings.run().directory(), id, manifest);
    return RunSupervisor.run(
        run, manifest, false, interruption, held -> write(held, data, fingerprint));
  }

  private Optional<TableEncoder> encodings() {
    return encoderSource.map(
        name ->
            RunDirectory.find(
                    context.hadoopConfiguration(), settings.run().directory(), new RunId(name))
                .flatMap(ModelReference::encoder)
                .orElseThrow(
                    () ->
                        new UserException(
                            ErrorCode.WRONG_ARGUMENTS,
                            "--encodings-from "
                                + name
                                + " is no run with "
                                + TableEncoder.FILE
                                + " in "
                                + settings.run().directory())));
  }

  private Outcome write(RunDirectory run, Dataset data, String fingerprint) {
    data.prepare(spark, fingerprint, run);
    data.blocks().unpersist();
    return Outcome.done(
        "prepared " + data.count() + " examples of " + data.width() + " inputs",
        List.of(
            "data     " + run.display(),
            "use      --set data.format=prepared --set data.train.name=" + run.id()));
  }

  private Manifest manifest(Dataset data, String fingerprint) {
    Map<String, Object> all = Provenance.parse(settings.json()).root().unwrapped();
    Map<String, Object> entries = new LinkedHashMap<>();
    entries.put("run_id", id.value());
    entries.put("command", "prepare");
    entries.put(
        "data", Map.of("prepared", Map.of("fingerprint", fingerprint, "examples", data.count())));
    encoderSource.ifPresent(name -> entries.put("like", name));
    entries.put("versions", Provenance.versions(context));
    entries.put("settings", Map.of("run", all.get("run"), "data", all.get("data")));
    return Manifest.of(entries);
  }
}
