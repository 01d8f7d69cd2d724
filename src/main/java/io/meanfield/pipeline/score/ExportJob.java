package io.meanfield.pipeline.score;

import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.encoding.Vocabulary;
import io.meanfield.engine.dl4j.SavedModel;
import io.meanfield.export.Export;
import io.meanfield.export.ExportedModel;
import io.meanfield.export.ProvedFile;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkJson;
import io.meanfield.pipeline.housekeeping.RunCommand;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.run.Provenance;
import io.meanfield.pipeline.run.RunIdentity;
import io.meanfield.pipeline.run.RunManifest;
import io.meanfield.pipeline.run.RunSupervisor;
import io.meanfield.pipeline.train.ModelReference;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunResult;
import io.meanfield.store.file.ExportedFile;
import io.meanfield.store.file.FileContent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * The command {@code export}: writes a model as ONNX, after the outputs of the file were compared
 * with those of the model, in a run of its own.
 */
public final class ExportJob {
  private static final RunIdentity IDENTITY = RunIdentity.of("command", "model", "export");

  private final JobContext job;
  private final Options options;

  /**
   * What to export.
   *
   * @param model the id of a run, the path of a model file, or a version of a registered model
   * @param out the path of the file to write
   * @param randomInputs whether the file is compared with the model on random examples, not on the
   *     test set
   */
  public record Options(String model, String out, boolean randomInputs) {}

  public ExportJob(JobContext job, Options options) {
    this.job = job;
    this.options = options;
  }

  /**
   * Exports the model.
   *
   * @throws io.meanfield.error.UserException if the model, the data, the run's directory or the
   *     file cannot be used, or if the file gives other outputs than the model
   */
  public Outcome export() {
    job.requireWritableRuns();
    ModelReference reference = ModelReference.load(job, options.model());
    Manifest manifest = manifest(reference);
    return RunSupervisor.run(job, manifest, IDENTITY, held -> export(reference));
  }

  private Manifest manifest(ModelReference reference) {
    return RunManifest.of(RunCommand.EXPORT, job)
        .entry("model", reference.describe())
        .entry("export", Map.of("format", ExportRecord.FORMAT, "file", options.out()))
        .kernels(reference.model().network().kernels())
        .settings(job.settings().runAndData())
        .build();
  }

  private Outcome export(ModelReference reference) {
    ExportExamples examples = ExportExamples.of(job, reference, options.randomInputs());
    Map<String, String> origin = new TreeMap<>();
    origin.put("run_id", reference.source().run());
    reference.source().version().ifPresent(it -> origin.put("model_version", it.toString()));
    return written(reference, proved(reference.name(), reference.saved(), examples, origin));
  }

  /**
   * Returns the file of a model after its outputs were compared with those of the model.
   *
   * @param name of the model
   * @param origin properties that tell where the model is from
   * @throws io.meanfield.error.UserException if the file gives other outputs than the model
   */
  public static ProvedFile proved(
      String name, SavedModel saved, ExportExamples examples, Map<String, String> origin) {
    Model model = saved.model();
    Map<String, String> properties = new TreeMap<>(origin);
    properties.put("model", name);
    properties.put("weights_sha256", model.state().weightsSha256());
    properties.put("git_commit", Provenance.commit());
    properties.put("network", NetworkJson.write(model.network().settings(), model.threshold()));
    List<String> labels =
        saved.encoder().flatMap(TableEncoder::labels).map(Vocabulary::values).orElse(List.of());
    ExportedModel exported =
        new ExportedModel(name, model, examples.input(), labels, Provenance.version(), properties);
    return new Export(exported).proved(examples.examples());
  }

  private Outcome written(ModelReference reference, ProvedFile file) {
    Configuration hadoop = job.sparkContext().hadoopConfiguration();
    String path = ExportedFile.write(hadoop, options.out(), out -> out.write(file.content()));
    ExportRecord record = ExportRecord.of(reference.name(), reference.model(), file);
    String description =
        ExportedFile.write(hadoop, options.out() + ExportRecord.SUFFIX, FileContent.json(record));
    return Outcome.done(sentence(record), List.of("export   " + path, "record   " + description))
        .withResult(
            new RunResult(
                Map.of("largest_difference", file.proof().largestDifference()), Optional.empty()))
        .withPaths(Map.of("export", path));
  }

  private static String sentence(ExportRecord record) {
    return String.format(
        Locale.ROOT,
        "exported %s as %s; largest difference %.2g on %d examples (%s)",
        record.model(),
        record.format(),
        record.proof().largestDifference(),
        record.proof().examples(),
        record.proof().inputs());
  }
}
