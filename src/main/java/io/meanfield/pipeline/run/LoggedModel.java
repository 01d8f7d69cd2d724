package io.meanfield.pipeline.run;

import io.meanfield.engine.Engines;
import io.meanfield.engine.dl4j.ModelFile;
import io.meanfield.engine.dl4j.SavedModel;
import io.meanfield.export.Export;
import io.meanfield.export.ProofExamples;
import io.meanfield.export.mlflow.MlflowModel;
import io.meanfield.network.Model;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.file.FileContent;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** The model of a run that has ended, as MLflow keeps it with the run. Driver only. */
record LoggedModel(JobContext job, RunDirectory run) {
  /** Returns the files of the model, by their paths; none if the run has trained no model. */
  Map<String, FileContent> files() {
    return run.exists(RunDirectory.MODEL) ? files(saved()) : Map.of();
  }

  private SavedModel saved() {
    Configuration hadoop = job.sparkContext().hadoopConfiguration();
    SavedModel saved = ModelFile.read(hadoop, run.model());
    Model model = saved.model();
    Engines.Selection selection =
        Engines.choose(
            job.settings().engine().engine(), model.network().settings(), Optional.empty());
    return saved.with(model.withEngine(selection.engine()));
  }

  private Map<String, FileContent> files(SavedModel saved) {
    String name = run.id().value();
    ModelExport export = new ModelExport(name, saved, Map.of("run_id", name));
    MlflowModel model = export.mlflow(job.settings().targets());
    ProofExamples examples = export.random();
    return model.files(new Export(export.exported()).proved(examples), examples);
  }
}
