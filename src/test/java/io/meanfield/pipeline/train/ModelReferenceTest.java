package io.meanfield.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.engine.dl4j.ModelFile;
import io.meanfield.network.Loss;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Dense;
import io.meanfield.pipeline.run.JobSettings;
import io.meanfield.pipeline.run.ModelCatalog;
import io.meanfield.registry.NewVersion;
import io.meanfield.registry.TestVersions;
import io.meanfield.store.RunDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelReferenceTest {
  private static final NetworkSettings NETWORK =
      new NetworkSettings(
          List.of(2), List.of(new Dense(1, Activation.LINEAR)), Loss.MSE, new Optimizer.Sgd(0.01));

  @TempDir private Path folder;

  @Test
  void encodingsThatWereNotRegisteredAreNotUsed() throws IOException {
    Configuration hadoop = new Configuration();
    String runs = folder.resolve("runs").toString();
    RunDirectory run = TestVersions.run(hadoop, runs, "monday", "replaced");
    try (OutputStream out = Files.newOutputStream(folder.resolve("runs/monday/model.zip"))) {
      ModelFile.write(Model.untrained(NETWORK, 1), out);
    }
    ModelCatalog catalog =
        ModelCatalog.of(
            hadoop,
            JobSettings.load(
                List.of(),
                List.of(
                    "run.directory=" + runs, "registry.directory=" + folder.resolve("models"))));
    catalog.registry().model("digits").register(NewVersion.of("digits", run));
    Files.writeString(folder.resolve("models/digits/versions/1/encodings.json"), "foreign");
    assertThat(ModelReference.resolve(catalog, "digits@1").encoder()).isEmpty();
  }
}
