package io.meanfield.train.augment;

import io.meanfield.network.layers.Shape;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Measures the time that augmentation adds to a step on 128 digits: {@code dev/bench step}. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@State(Scope.Thread)
public class ImageAugmenterBenchmark {
  private static final int BATCH = 128;

  private final byte[] pixels = new byte[BATCH * 784];
  private final ImageAugmenter augmenter =
      new ImageAugmenter(new Augmentation(2, 10, 0.1), new Shape.Image(28, 28, 1));

  /** Fills the images randomly; about one pixel in five is not 0. */
  @Setup
  public void fill() {
    Random random = new Random(1);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (random.nextInt(5) == 0 ? random.nextInt(256) : 0);
    }
  }

  /** Shifts, rotates and zooms every image of a minibatch. */
  @Benchmark
  public byte[] augment() {
    for (int row = 0; row < BATCH; row++) {
      augmenter.apply(pixels, row * 784, 7, row);
    }
    return pixels;
  }
}
