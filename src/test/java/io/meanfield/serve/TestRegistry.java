package io.meanfield.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.data.encoding.EncodingsFile;
import io.meanfield.engine.dl4j.ModelFile;
import io.meanfield.engine.dl4j.SavedModel;
import io.meanfield.pipeline.run.ModelCatalog;
import io.meanfield.registry.Cause;
import io.meanfield.registry.NewVersion;
import io.meanfield.registry.RegisteredModel;
import io.meanfield.registry.Registry;
import io.meanfield.registry.TestVersions;
import io.meanfield.store.Lease;
import io.meanfield.store.Manifest;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.RunId;
import io.meanfield.store.RunResult;
import io.meanfield.store.Runs;
import io.meanfield.store.Status;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Runs and registered versions of models in a folder. */
record TestRegistry(Path folder) {
  private static final Configuration HADOOP = new Configuration();

  private Runs runs() {
    return new Runs(HADOOP, folder.resolve("runs").toString());
  }

  RegisteredModel model(String name) {
    return new Registry(HADOOP, folder.resolve("models").toString()).model(name);
  }

  /** Writes a model as a finished run of train. */
  RunDirectory run(String id, SavedModel saved) {
    Manifest manifest = Manifest.of(Map.of("run_id", id, "command", "train"));
    RunDirectory run = runs().claim(new RunId(id), manifest);
    try (Lease lease = Lease.take(run)) {
      saved.encoder().ifPresent(encoder -> EncodingsFile.write(lease.run(), encoder));
      lease.run().writeModel(out -> ModelFile.write(saved, out));
      RunResult result =
          new RunResult(Map.of(), Optional.of(saved.model().state().weightsSha256()));
      lease
          .run()
          .write(
              Status.running(Instant.EPOCH)
                  .succeeded(Instant.EPOCH, 0, "trained", result)
                  .withModel(lease.run().modelSha256()));
    }
    return run;
  }

  /** Registers a model as the next version, and makes it the champion. */
  void promote(String name, SavedModel saved) {
    promote(name, run(next(name), saved));
  }

  /** Makes a version the champion whose model.zip is this text. */
  void promote(String name, String text) {
    promote(name, TestVersions.run(HADOOP, runs().directory(), next(name), text));
  }

  private String next(String name) {
    return name + "-" + (model(name).versions().size() + 1);
  }

  private void promote(String name, RunDirectory run) {
    RegisteredModel model = model(name);
    int number = model.register(NewVersion.of(name, run)).number();
    Cause cause = new Cause("ann", "better", Optional.empty());
    assertThat(model.promote(number, model.history().champion(), cause)).isPresent();
  }

  /** Returns the versions of a model without targets. */
  ModelVersions versions(String model) {
    Registry registry = new Registry(HADOOP, folder.resolve("models").toString());
    return new ModelVersions(new ModelCatalog(runs(), registry), model, version -> List.of());
  }
}
