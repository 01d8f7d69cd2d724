package io.meanfield.pipeline.train;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.engine.dl4j.ModelFile;
import io.meanfield.engine.dl4j.SavedModel;
import io.meanfield.network.Loss;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Dense;
import io.meanfield.pipeline.run.ModelCatalog;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.registry.NewVersion;
import io.meanfield.registry.TestVersions;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.file.FileContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelReferenceTest {
  private static final NetworkSettings NETWORK =
      new NetworkSettings(
          List.of(2), List.of(new Dense(1, Activation.LINEAR)), Loss.MSE, new Optimizer.Sgd(0.01));

  @TempDir private Path folder;

  @Test
  void modelWithEncodingsThatWereNotRegisteredIsRefused() throws IOException {
    Configuration hadoop = new Configuration();
    String runs = folder.resolve("runs").toString();
    FileContent model =
        out -> ModelFile.write(SavedModel.ofNumbers(Model.untrained(NETWORK, 1)), out);
    RunDirectory run = TestVersions.run(hadoop, runs, "monday", "digits", model, Map.of());
    ModelCatalog catalog =
        ModelCatalog.of(
            hadoop,
            JobSettings.load(
                List.of(),
                List.of(
                    "run.directory=" + runs, "registry.directory=" + folder.resolve("models"))));
    catalog.registry().model("digits").register(NewVersion.of("digits", run));
    Files.writeString(folder.resolve("models/digits/versions/1/encodings.json"), "foreign");
    assertThatThrownBy(() -> ModelReference.resolve(catalog, "digits@1"))
        .hasMessage(
            folder.resolve("models/digits/versions/1/model.zip")
                + " was trained on no table, so the encodings.json beside it belongs to another"
                + " model; move one of the two files to another folder");
  }
}
