package io.meanfield.pipeline.train;

import io.meanfield.data.Dataset;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.engine.EngineSettings;
import io.meanfield.engine.Engines;
import io.meanfield.engine.dl4j.ModelFile;
import io.meanfield.engine.dl4j.SavedModel;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.ModelSource;
import io.meanfield.kernels.Kernels;
import io.meanfield.network.Model;
import io.meanfield.network.keras.NpzFile;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.ModelCatalog;
import io.meanfield.pipeline.run.RunKernels;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.registry.ModelVersion;
import io.meanfield.registry.VersionReference;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.Runs;
import io.meanfield.store.file.HadoopPaths;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The model that {@code --model} or {@code train --from} names.
 *
 * @param name the run's id, the path of the model file, or the version, such as mnist@3
 * @param saved the model, and the encoder of its table
 * @param seen the training data; empty if the model file is outside of a run
 * @param version the registered version; empty for a run or a file
 */
public record ModelReference(
    String name, SavedModel saved, Optional<SeenExamples> seen, Optional<ModelVersion> version) {
  private static final String NAMES =
      "the id of a run, the path of a model.zip, the folder of a saved model, or a version such as"
          + " NAME@champion";

  public Model model() {
    return saved.model();
  }

  /** Returns the encoder of the examples; empty if the model was trained on no table. */
  public Optional<TableEncoder> encoder() {
    return saved.encoder();
  }

  /**
   * Loads the model of a job that creates a run, on the engine and device that its settings choose.
   *
   * @param name as for {@link #resolve}
   * @throws UserException if there is no such run or version, or if the model cannot be read
   */
  public static ModelReference load(JobContext job, String name) {
    return load(job.catalog(), job.settings(), name, () -> RunKernels.pin(job));
  }

  /** As {@link #load(JobContext, String)}, for a job that creates no run. */
  public static ModelReference load(ModelCatalog catalog, JobSettings settings, String name) {
    return load(catalog, settings, name, () -> RunKernels.pin(settings));
  }

  /** As {@link #load(JobContext, String)}, for a Spark program, which creates no run. */
  public static ModelReference loadInProgram(
      ModelCatalog catalog, JobSettings settings, String name) {
    return load(catalog, settings, name, () -> RunKernels.pinInProgram(settings));
  }

  private static ModelReference load(
      ModelCatalog catalog, JobSettings settings, String name, Supplier<Kernels> pinning) {
    Kernels kernels = pinning.get(); // first, because reading a model loads the libraries
    return resolve(catalog, name).withEngine(settings.engine(), kernels);
  }

  /**
   * Resolves a run id, the path of a model file, the folder of a saved model or of a run, or a
   * version of a registered model.
   *
   * @throws UserException if there is no such run or version, or if the model cannot be read
   */
  public static ModelReference resolve(ModelCatalog catalog, String name) {
    if (name.endsWith(NpzFile.SUFFIX)) {
      throw UserException.of(
          ErrorCode.MODEL_UNUSABLE,
          "%s holds weights without a network; expected the id of a run or the path of a model.zip,"
              + " which train --from %s creates",
          name,
          name);
    }
    if (VersionReference.matches(name)) {
      return ofVersion(catalog, VersionReference.parse(name));
    }
    Runs runs = catalog.runs();
    return ModelLocation.of(runs, name)
        .map(file -> ofFile(runs, file))
        .orElseGet(() -> ofRun(runs, name));
  }

  /**
   * Returns the manifest of the run that trained the model; empty for a model file outside any run.
   *
   * @throws UserException if there is no such run, version or file
   */
  public static Optional<Manifest> runOf(ModelCatalog catalog, String name) {
    if (VersionReference.matches(name)) {
      return Optional.of(catalog.registry().resolve(VersionReference.parse(name)).run());
    }
    Runs runs = catalog.runs();
    Optional<String> file = ModelLocation.of(runs, name);
    Optional<RunDirectory> run =
        file.isPresent()
            ? runs.ofFile(HadoopPaths.resolve(file.get()))
            : Optional.of(runs.existing(name, NAMES));
    return run.map(RunDirectory::manifest);
  }

  private static ModelReference ofVersion(ModelCatalog catalog, VersionReference reference) {
    ModelVersion version = catalog.registry().resolve(reference);
    version.requireIntact();
    return new ModelReference(
        version.name().toString(),
        ModelFile.read(catalog.hadoop(), version.model()),
        SeenExamples.of(version.run()),
        Optional.of(version));
  }

  private static ModelReference ofFile(Runs runs, String name) {
    Path path = HadoopPaths.resolve(name);
    runs.ofFile(path).ifPresent(RunDirectory::requireIntactModel);
    return new ModelReference(
        name,
        ModelFile.read(runs.hadoop(), path),
        runs.ofFile(path).map(RunDirectory::manifest).flatMap(SeenExamples::of),
        Optional.empty());
  }

  private static ModelReference ofRun(Runs runs, String id) {
    RunDirectory run = runs.existing(id, NAMES);
    run.requireIntactModel();
    return ofTrained(runs.hadoop(), run);
  }

  /** Returns the model that this process has just written into a run, which has not ended. */
  public static ModelReference ofTrained(Configuration hadoop, RunDirectory run) {
    return new ModelReference(
        run.id().value(),
        ModelFile.read(hadoop, run.model()),
        SeenExamples.of(run.manifest()),
        Optional.empty());
  }

  /** Returns the origin of the model for tables. */
  public ModelSource source() {
    return new ModelSource(
        version.map(ModelVersion::runId).orElse(name), version.map(ModelVersion::number));
  }

  /** Describes the model for the manifest of a run that uses it. */
  public Map<String, Object> describe() {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("name", name);
    description.put("weights_sha256", model().state().weightsSha256());
    if (model().threshold().isSet()) {
      description.put("threshold", (double) model().threshold().value());
    }
    return description;
  }

  /** Returns the same model on the engine that the settings choose, with these kernels. */
  public ModelReference withEngine(EngineSettings settings, Kernels kernels) {
    Engines.Selection selection =
        Engines.choose(settings.engine(), model().network().settings(), Optional.empty());
    Model chosen = model().withEngine(selection.engine()).withKernels(kernels);
    return new ModelReference(name, saved.with(chosen), seen, version);
  }

  /**
   * Throws if the model was trained on the examples to evaluate.
   *
   * @param fingerprint the fingerprint of the examples to evaluate
   */
  public void requireNotTrainingData(Dataset data, String fingerprint) {
    seen.ifPresent(training -> training.requireNone(name, data, fingerprint));
  }
}
