package io.meanfield.fuzz;

import io.meanfield.engine.dl4j.ModelFile;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Loss;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.OptimizerLayout;
import io.meanfield.network.ParameterLayout;
import io.meanfield.network.Threshold;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.BatchNormalization;
import io.meanfield.network.layers.Dense;
import io.meanfield.network.layers.Lstm;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * A model.zip. Half of the cases of a zip change its bytes, where checksums find most changes; the
 * others change an entry before it is compressed.
 */
final class ModelTarget implements Target {
  private final Configuration hadoop = new Configuration();
  private final Path file;
  private final List<String> entries;
  private final boolean wholeFile;
  private final List<byte[]> seeds =
      Stream.of(classifier(), sequence()).map(ModelTarget::zip).toList();
  private final List<Map<String, byte[]>> contents = seeds.stream().map(ZipEntries::of).toList();

  private ModelTarget(Path folder, List<String> entries, boolean wholeFile) {
    this.file = Fixtures.write(folder.resolve("model.zip"), seeds.get(0));
    this.entries = entries;
    this.wholeFile = wholeFile;
  }

  /** Returns the target whose numbers and zip change. */
  static Target ofNumbers(Path folder) {
    return new ModelTarget(folder, List.of("coefficients.bin", "updaterState.bin"), true);
  }

  /** Returns the target whose entry changes. */
  static Target of(String entry, Path folder) {
    return new ModelTarget(folder, List.of(entry), false);
  }

  private static Model classifier() {
    NetworkSettings network =
        new NetworkSettings(
            List.of(4),
            List.of(
                new Dense(3, Activation.RELU),
                new BatchNormalization(0.99, 0.001),
                new Dense(1, Activation.SIGMOID)),
            Loss.BINARY_CROSSENTROPY,
            new Optimizer.Adam(0.001, 0.9, 0.999, 1e-7));
    return trained(Model.untrained(network, 5)).with(Threshold.of(0.25f));
  }

  private static Model sequence() {
    NetworkSettings network =
        new NetworkSettings(
            List.of(5, 2),
            List.of(new Lstm(3, false, 0), new Dense(2, Activation.SOFTMAX)),
            Loss.CATEGORICAL_CROSSENTROPY,
            new Optimizer.Adam(0.002, 0.9, 0.999, 1e-7));
    return trained(Model.untrained(network, 6));
  }

  private static Model trained(Model model) {
    NetworkSettings network = model.network().settings();
    int size =
        new OptimizerLayout(ParameterLayout.of(network), network.optimizer().statePerWeight())
            .size();
    float[] moments = new float[size];
    return model.with(new LearnerState(model.state().weights(), moments, 42, 3));
  }

  private static byte[] zip(Model model) {
    return Fixtures.bytes(out -> ModelFile.write(model, out));
  }

  @Override
  public Sample sample() {
    return new Sample(file, seeds);
  }

  @Override
  public byte[] mutated(Mutator mutator, Draws draws) {
    if (wholeFile && draws.below(2) == 0) {
      return mutator.mutate(seeds(), draws);
    }
    String entry = draws.one(entries);
    Map<String, byte[]> changed = new LinkedHashMap<>(draws.one(contents));
    List<byte[]> valid = contents.stream().map(content -> content.get(entry)).toList();
    changed.put(entry, mutator.mutate(valid, draws));
    return ZipEntries.zip(changed);
  }

  @Override
  public boolean listsProblems() {
    return entries.contains("meanfield.json");
  }

  @Override
  public void read() {
    Model model = ModelFile.read(hadoop, new org.apache.hadoop.fs.Path(file.toUri()));
    LearnerState state = model.state();
    int expected = ParameterLayout.of(model.network().settings()).size();
    WrongContent.unless(
        state.weights().length == expected,
        "found " + state.weights().length + " weights, expected " + expected);
    WrongContent.unless(state.isFinite(), "a weight or a number of the optimizer is not finite");
    WrongContent.unless(
        Stream.of(state.iteration(), state.epoch()).allMatch(count -> count >= 0),
        "found " + state.iteration() + " iterations in " + state.epoch() + " epochs");
  }
}
