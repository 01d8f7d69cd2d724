package io.meanfield.fuzz;

import io.meanfield.pipeline.housekeeping.RegisteredRuns;
import io.meanfield.pipeline.page.ModelPage;
import io.meanfield.registry.Cause;
import io.meanfield.registry.ModelVersion;
import io.meanfield.registry.NewVersion;
import io.meanfield.registry.RegisteredModel;
import io.meanfield.registry.Registry;
import io.meanfield.registry.TestVersions;
import io.meanfield.store.Manifest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** A file of a model with two versions, of which the second is the champion. */
final class RegistryTarget implements Target {
  private static final String MODEL = "digits";
  private static final String VERSION = "versions/%d/version.json";
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

  private final Registry registry;
  private final Path file;
  private final List<byte[]> seeds;
  private final boolean findsChanges;
  private final UnaryOperator<byte[]> sealing;

  /**
   * Creates the target.
   *
   * @param undated gives the file fixed times
   * @param findsChanges whether a checksum must find every change of the file
   * @param sealing repairs the checksum
   */
  private RegistryTarget(
      Path folder,
      String format,
      UnaryOperator<byte[]> undated,
      boolean findsChanges,
      UnaryOperator<byte[]> sealing) {
    Configuration hadoop = new Configuration();
    this.registry = new Registry(hadoop, folder.resolve("models").toString());
    this.findsChanges = findsChanges;
    this.sealing = sealing;
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
    return new RegistryTarget(
        folder, VERSION, TestVersions::undated, true, UnaryOperator.identity());
  }

  static Target ofSealedVersion(Path folder) {
    return new RegistryTarget(
        folder, VERSION, TestVersions::undated, false, OwnChecksum::ofVersion);
  }

  static Target ofHistory(Path folder) {
    return new RegistryTarget(
        folder, "history/%08d.json", RegistryTarget::undated, false, UnaryOperator.identity());
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
  public Map<Path, byte[]> files(byte[] content) {
    return Map.of(file, sealing.apply(content));
  }

  @Override
  public void read() {
    RegisteredModel model = registry.model(MODEL);
    model.history().aliases();
    model.champion().ifPresent(RegistryTarget::show);
    model.versions().forEach(RegistryTarget::show);
    RegisteredRuns.read(registry);
    ModelPage.of(model, NOW);
    boolean intact = seeds.stream().anyMatch(seed -> Arrays.equals(seed, Fixtures.read(file)));
    WrongContent.unless(!findsChanges || intact, "the checksum did not find the change");
  }

  private static void show(ModelVersion version) {
    version.settings();
    version.run();
    version.runId();
    version.created();
    version.parent();
    version.weightsSha256();
    version.readReference();
    version.damages();
    version.strays();
    WrongContent.unless(
        version.metrics().values().stream().allMatch(Double::isFinite), "a metric is not finite");
    Manifest manifest = version.manifest();
    WrongContent.unless(
        manifest.equals(Manifest.parse(manifest.bytes(), "a copy")),
        "written again, it reads differently");
  }
}
