package io.meanfield.pipeline.score;

import io.meanfield.data.column.EmbeddedColumn;
import io.meanfield.engine.dl4j.SavedModel;
import io.meanfield.evaluate.metric.PredictedColumns;
import io.meanfield.export.Export;
import io.meanfield.export.ExportedModel;
import io.meanfield.export.ProofExamples;
import io.meanfield.export.ProvedFile;
import io.meanfield.export.ScorerOf;
import io.meanfield.export.input.RawRows;
import io.meanfield.export.mlflow.MlflowModel;
import io.meanfield.pipeline.housekeeping.RunCommand;
import io.meanfield.pipeline.run.JobContext;
import io.meanfield.pipeline.run.ModelExport;
import io.meanfield.pipeline.run.Outcome;
import io.meanfield.pipeline.run.RunIdentity;
import io.meanfield.pipeline.run.RunManifest;
import io.meanfield.pipeline.run.RunSupervisor;
import io.meanfield.pipeline.train.ModelReference;
import io.meanfield.scorer.Scorer;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunResult;
import io.meanfield.store.file.ExportedDirectory;
import io.meanfield.store.file.ExportedFile;
import io.meanfield.store.file.FileContent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * The command {@code export}: writes a model as ONNX, alone or in a directory of MLflow, after the
 * outputs of the file were compared with those of the model, in a run of its own.
 */
public final class ExportJob {
  private static final RunIdentity IDENTITY = RunIdentity.of("command", "model", "export");

  private final JobContext job;
  private final Options options;

  /**
   * What to export.
   *
   * @param model the id of a run, the path of a model file, or a version of a registered model
   * @param out the path of the file or of the directory to write
   * @param randomInputs whether the file is compared with the model on random examples, not on the
   *     test set
   */
  public record Options(String model, String out, ExportFormat format, boolean randomInputs) {}

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
        .entry("export", Map.of("format", options.format().id(), "file", options.out()))
        .kernels(reference.model().network().kernels())
        .settings(job.settings().runAndData())
        .build();
  }

  private Outcome export(ModelReference reference) {
    ExportExamples examples = ExportExamples.of(job, reference, options.randomInputs());
    Map<String, String> origin = new TreeMap<>();
    origin.put("run_id", reference.source().run());
    reference.source().version().ifPresent(it -> origin.put("model_version", it.toString()));
    ModelExport export = new ModelExport(reference.name(), reference.saved(), origin);
    ProvedFile file = new Export(export.exported()).proved(examples.examples());
    return switch (options.format()) {
      case ONNX -> onnx(export, file);
      case MLFLOW -> mlflow(export, file, examples);
    };
  }

  private Outcome mlflow(ModelExport export, ProvedFile file, ExportExamples examples) {
    MlflowModel model = export.mlflow(job.settings().targets());
    requireSameScores(model, file, examples.examples());
    ExportRecord record =
        ExportRecord.of(export.name(), options.format(), export.saved().model(), file);
    Map<String, FileContent> files = new LinkedHashMap<>();
    files.put("export" + ExportRecord.SUFFIX, FileContent.json(record));
    files.putAll(model.files(file, examples.examples()));
    String path = ExportedDirectory.write(hadoop(), options.out(), MlflowModel.MARKER, files);
    return outcome(record, path, List.of("export   " + path));
  }

  /** Throws if the scorer of programs without Spark has other outputs than the model. */
  private static void requireSameScores(
      MlflowModel model, ProvedFile file, ProofExamples examples) {
    PredictedColumns predictions = model.predictions().predicted();
    ExportedModel exported = model.exported();
    try (Scorer scorer = exported.input().accept(new ScorerOf(file.content(), predictions))) {
      List<Map<String, Object>> rows = exported.input().accept(new RawRows(examples.rows()));
      new Export(exported).proof(examples, scorer.outputs(rows));
    }
  }

  private Configuration hadoop() {
    return job.sparkContext().hadoopConfiguration();
  }

  /**
   * Returns the ONNX file of a model after its outputs were compared with those of the model.
   *
   * @param name of the model
   * @throws io.meanfield.error.UserException if the file gives other outputs than the model
   */
  public static ProvedFile proved(String name, SavedModel saved, ExportExamples examples) {
    ModelExport export = new ModelExport(name, saved, Map.of());
    return new Export(export.exported()).proved(examples.examples());
  }

  private Outcome onnx(ModelExport export, ProvedFile file) {
    ExportRecord record =
        ExportRecord.of(export.name(), ExportFormat.ONNX, export.saved().model(), file);
    String path = ExportedFile.write(hadoop(), options.out(), out -> out.write(file.content()));
    String description =
        ExportedFile.write(hadoop(), options.out() + ExportRecord.SUFFIX, FileContent.json(record));
    return outcome(record, path, List.of("export   " + path, "record   " + description))
        .withNotes(
            export.saved().encoder().stream()
                .flatMap(encoder -> encoder.embedded().stream())
                .filter(EmbeddedColumn::hasWords)
                .map(ExportJob::textNote)
                .toList());
  }

  private static String textNote(EmbeddedColumn column) {
    String note =
        "column %s has texts, which ONNX cannot split into words: its input takes the numbers of"
            + " the words in encodings.json, from 1, and 0 after the last";
    String weights =
        "; then as many weights, log2(1 + |w| / 2^e) with the sign of w, where e is the word's"
            + " number in exponents";
    return note.formatted(column.column()) + (column.isWeighted() ? weights : "");
  }

  private static Outcome outcome(ExportRecord record, String path, List<String> lines) {
    return Outcome.done(sentence(record), lines)
        .withResult(
            new RunResult(
                Map.of("largest_difference", record.proof().largestDifference()), Optional.empty()))
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
