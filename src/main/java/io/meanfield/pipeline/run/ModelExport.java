package io.meanfield.pipeline.run;

import io.meanfield.batch.BatchWriter;
import io.meanfield.data.Examples;
import io.meanfield.data.TargetKind;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.encoding.Vocabulary;
import io.meanfield.engine.dl4j.SavedModel;
import io.meanfield.evaluate.PredictionColumns;
import io.meanfield.evaluate.metric.OutputSpec;
import io.meanfield.export.ExportedModel;
import io.meanfield.export.ProofExamples;
import io.meanfield.export.input.ModelInput;
import io.meanfield.export.input.RandomExamples;
import io.meanfield.export.mlflow.MlflowModel;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkJson;
import io.meanfield.network.NetworkSettings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model that is written for other programs.
 *
 * @param name of the model
 * @param origin properties that tell where the model is from
 */
public record ModelExport(String name, SavedModel saved, Map<String, String> origin) {
  private static final int RANDOM = 1_000;
  private static final long SEED = 0;

  private Model model() {
    return saved.model();
  }

  /** Returns what the model takes. */
  public ModelInput input() {
    return ModelInput.of(model().network().settings(), saved.encoder(), saved.images());
  }

  /** Returns the model with what its files say of it. */
  public ExportedModel exported() {
    Map<String, String> properties = new TreeMap<>(origin);
    properties.put("model", name);
    properties.put("weights_sha256", model().state().weightsSha256());
    properties.put("git_commit", Provenance.commit());
    properties.put("network", NetworkJson.write(model().network().settings(), model().threshold()));
    return new ExportedModel(name, model(), input(), labels(), Provenance.version(), properties);
  }

  private List<String> labels() {
    return saved.encoder().flatMap(TableEncoder::labels).map(Vocabulary::values).orElse(List.of());
  }

  /**
   * Returns the model for MLflow.
   *
   * @param targets the names of the targets; empty if examples have classes
   */
  public MlflowModel mlflow(List<String> targets) {
    return MlflowModel.of(
        exported(), columns(model(), TargetKind.of(targets.size()), labels(), targets));
  }

  /** Returns random examples, with which the files are compared with the model. */
  public ProofExamples random() {
    NetworkSettings network = model().network().settings();
    Examples rows = input().accept(new RandomExamples(RANDOM, network.acceptedInputs(), SEED));
    return ProofExamples.of(input(), rows, "random inputs");
  }

  /** Returns the columns that {@code predict} writes for a model. */
  public static PredictionColumns columns(
      Model model, TargetKind kind, List<String> labels, List<String> targets) {
    EngineNetwork network = model.network();
    return new PredictionColumns(
        OutputSpec.of(network, BatchWriter.taskType(network, kind)).with(model.threshold()),
        labels,
        targets);
  }
}
