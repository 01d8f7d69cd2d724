package io.meanfield.fuzz;

import io.meanfield.network.Loss;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.ParameterLayout;
import io.meanfield.network.keras.NpzFile;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Dense;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;

/**
 * The weights of a network in a file of NumPy. The zip has a checksum of each array, so the sealed
 * cases change an array before it is put into a zip.
 */
final class NpzTarget implements Target {
  private static final NetworkSettings NETWORK =
      new NetworkSettings(
          List.of(3),
          List.of(new Dense(4, Activation.RELU), new Dense(2, Activation.SOFTMAX)),
          Loss.CATEGORICAL_CROSSENTROPY,
          new Optimizer.Sgd(0.1, 0, false));

  private final Configuration hadoop = new Configuration();
  private final Path file;
  private final boolean sealed;
  private final List<byte[]> seeds;

  private NpzTarget(Path folder, boolean sealed) {
    this.sealed = sealed;
    this.seeds = LongStream.of(1, 2).mapToObj(NpzTarget::content).toList();
    this.file = Fixtures.write(folder.resolve("weights.npz"), seeds.get(0));
  }

  static Target ofFile(Path folder) {
    return new NpzTarget(folder, false);
  }

  static Target ofSealedArray(Path folder) {
    return new NpzTarget(folder, true);
  }

  // The arrays of an .npz are not compressed, so most mutations of the file change numbers.
  private static byte[] content(long seed) {
    float[] weights = Model.untrained(NETWORK, seed).state().weights();
    return Fixtures.bytes(out -> NpzFile.write(NETWORK, weights, out));
  }

  @Override
  public Sample sample() {
    return new Sample(file, seeds);
  }

  @Override
  public byte[] mutated(Mutator mutator, Draws draws) {
    if (!sealed) {
      return mutator.mutate(seeds, draws);
    }
    List<Map<String, byte[]>> contents = seeds.stream().map(ZipEntries::of).toList();
    Map<String, byte[]> changed = draws.one(contents);
    String array = draws.one(List.copyOf(changed.keySet()));
    List<byte[]> valid = contents.stream().map(content -> content.get(array)).toList();
    changed.put(array, mutator.mutate(valid, draws));
    return ZipEntries.zip(changed);
  }

  @Override
  public void read() {
    float[] weights = NpzFile.read(hadoop, new org.apache.hadoop.fs.Path(file.toUri()), NETWORK);
    WrongContent.unless(
        weights.length == ParameterLayout.of(NETWORK).size(), "the number of weights is wrong");
    for (float weight : weights) {
      WrongContent.unless(Float.isFinite(weight), "a weight is " + weight);
    }
  }
}
