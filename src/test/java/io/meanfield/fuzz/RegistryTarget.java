package io.meanfield.fuzz;

import io.meanfield.pipeline.housekeeping.RegisteredRuns;
import io.meanfield.registry.Cause;
import io.meanfield.registry.ModelVersion;
import io.meanfield.registry.NewVersion;
import io.meanfield.registry.RegisteredModel;
import io.meanfield.registry.Registry;
import io.meanfield.registry.TestVersions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** A file of a model with two versions, of which the second is the champion. */
final class RegistryTarget implements Target {
  private static final String MODEL = "digits";

  private final Registry registry;
  private final Path file;
  private final List<byte[]> seeds;
  private final boolean sealed;

  private RegistryTarget(
      Path folder, String format, boolean sealed, UnaryOperator<byte[]> undated) {
    Configuration hadoop = new Configuration();
    this.registry = new Registry(hadoop, folder.resolve("models").toString());
    this.sealed = sealed;
    RegisteredModel model = registry.model(MODEL);
    for (int number = 1; number <= 2; number++) {
      String runs = folder.resolve("runs").toString();
      model.register(
          NewVersion.of(MODEL, TestVersions.run(hadoop, runs, "run-" + number, "m" + number)));
      Optional<Integer> champion = model.history().champion();
      model.promote(number, champion, new Cause("ann", "better", Optional.empty()));
    }
    Path directory = folder.resolve("models/" + MODEL);
    this.file = directory.resolve(String.format(format, 2));
    this.seeds =
        Stream.of(2, 1)
            .map(number -> Fixtures.read(directory.resolve(String.format(format, number))))
            .map(undated)
            .toList();
    Fixtures.write(file, seeds.get(0));
  }

  static Target ofVersion(Path folder) {
    return new RegistryTarget(folder, "versions/%d/version.json", true, TestVersions::undated);
  }

  static Target ofHistory(Path folder) {
    return new RegistryTarget(folder, "history/%08d.json", false, RegistryTarget::undated);
  }

  private static byte[] undated(byte[] entry) {
    String text = new String(entry, StandardCharsets.UTF_8);
    return Fixtures.bytes(
        text.replaceFirst("(?<=\"time\" : \")[^\"]*", "2026-01-02T03:04:05Z")
            .replaceFirst("(?<=\"token\" : \")[^\"]*", "a"));
  }

  @Override
  public Sample sample() {
    return new Sample(file, seeds);
  }

  @Override
  public void read() {
    RegisteredModel model = registry.model(MODEL);
    model.history().aliases();
    model.champion().ifPresent(RegistryTarget::show);
    model.versions().forEach(RegistryTarget::show);
    RegisteredRuns.read(registry);
    boolean intact = seeds.stream().anyMatch(seed -> Arrays.equals(seed, Fixtures.read(file)));
    WrongContent.unless(!sealed || intact, "the checksum did not find the change");
  }

  private static void show(ModelVersion version) {
    version.metrics();
    version.settings();
    version.parent();
    version.damages();
  }
}
