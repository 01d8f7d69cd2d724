package io.meanfield.serve;

import io.meanfield.data.TargetKind;
import io.meanfield.evaluate.metric.PredictedColumns;
import io.meanfield.export.Export;
import io.meanfield.export.ExportedModel;
import io.meanfield.export.ScorerOf;
import io.meanfield.pipeline.run.ModelCatalog;
import io.meanfield.pipeline.run.ModelExport;
import io.meanfield.pipeline.train.ModelReference;
import io.meanfield.registry.RegisteredModel;
import io.meanfield.registry.VersionReference;
import io.meanfield.scorer.Scorer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Finds and loads the versions of the model that a server serves. */
public final class ModelVersions {
  private static final int SHA_DIGITS = 12;

  private final ModelCatalog catalog;
  private final String model;
  private final Function<String, List<String>> targets;
  private final Optional<RegisteredModel> followed;

  /**
   * Creates the versions of a model.
   *
   * @param model NAME@champion, which may become another version, or any other name of a model
   * @param targets returns the names of the targets of a version; empty if examples have classes
   */
  public ModelVersions(ModelCatalog catalog, String model, Function<String, List<String>> targets) {
    this.catalog = catalog;
    this.model = model;
    this.targets = targets;
    this.followed =
        Optional.of(model)
            .filter(VersionReference::matches)
            .map(VersionReference::parse)
            .filter(reference -> reference.number().isEmpty())
            .map(reference -> catalog.registry().model(reference.model()));
  }

  /** Returns whether the model may become another version. */
  public boolean mayChange() {
    return followed.isPresent();
  }

  /**
   * Returns the name of the version to serve at this moment, such as churn@3.
   *
   * @throws io.meanfield.error.UserException if the registry cannot be read, or if the model has no
   *     champion
   */
  String current() {
    return followed
        .map(registered -> registered.resolve(VersionReference.parse(model)).name().toString())
        .orElse(model);
  }

  /**
   * Loads a version.
   *
   * @throws io.meanfield.error.UserException if there is none, or if it cannot be scored
   */
  ServedModel load(String reference) {
    ModelReference found = ModelReference.resolve(catalog, reference);
    ExportedModel exported = new ModelExport(found.name(), found.saved(), Map.of()).exported();
    List<String> named = targets.apply(reference);
    PredictedColumns predictions =
        ModelExport.columns(exported.model(), TargetKind.of(named.size()), exported.labels(), named)
            .predicted();
    Scorer scorer =
        exported.input().accept(new ScorerOf(new Export(exported).write(), predictions));
    return found
        .version()
        .map(
            version ->
                new ServedModel(
                    reference, version.name().model(), String.valueOf(version.number()), scorer))
        .orElseGet(() -> new ServedModel(reference, lastName(reference), sha(exported), scorer));
  }

  private static String lastName(String reference) {
    String path = reference.replaceAll("/+$", "");
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static String sha(ExportedModel exported) {
    return exported.model().state().weightsSha256().substring(0, SHA_DIGITS);
  }
}
