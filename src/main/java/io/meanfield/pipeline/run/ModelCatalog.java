package io.meanfield.pipeline.run;

import com.typesafe.config.Config;
import io.meanfield.pipeline.settings.JobSettings;
import io.meanfield.registry.Registry;
import io.meanfield.registry.RegistrySettings;
import io.meanfield.settings.SettingsTree;
import io.meanfield.store.RunSettings;
import io.meanfield.store.Runs;
import org.apache.hadoop.conf.Configuration;

/** The places where the name of a model is looked up. Driver only. */
public record ModelCatalog(Runs runs, Registry registry) {
  public static ModelCatalog of(Configuration hadoop, JobSettings settings) {
    return of(hadoop, settings.run(), settings.registry());
  }

  /** Returns the catalog of settings that are not checked yet. */
  public static ModelCatalog of(Configuration hadoop, Config given) {
    SettingsTree tree = SettingsTree.overDefaults(given);
    return of(
        hadoop,
        RunSettings.read(tree.section("run")),
        RegistrySettings.read(tree.section("registry")));
  }

  private static ModelCatalog of(Configuration hadoop, RunSettings run, RegistrySettings registry) {
    return new ModelCatalog(
        new Runs(hadoop, run.directory()), new Registry(hadoop, registry.directory()));
  }

  public Configuration hadoop() {
    return runs.hadoop();
  }
}
