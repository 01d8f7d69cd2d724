package io.meanfield.engine;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A binary restricted Boltzmann machine that is small enough to sum over all states, in double and
 * by the definition of its energy alone: E(v, h) = -c v - b h - v W h (Hinton 2010, equation 1).
 *
 * @param weights W [visible, hidden] column by column, the biases b of the hidden units, the biases
 *     c of the visible units
 */
public record SmallRbm(int visible, int hidden, double[] weights) {
  /** Returns a machine with random weights. */
  public static SmallRbm random(int visible, int hidden, long seed) {
    Random random = new Random(seed);
    double[] weights = new double[visible * hidden + hidden + visible];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) (0.8 * random.nextGaussian());
    }
    return new SmallRbm(visible, hidden, weights);
  }

  /** Returns a machine with multiples of the weights. */
  public SmallRbm times(double factor) {
    return new SmallRbm(visible, hidden, Arrays.stream(weights).map(w -> factor * w).toArray());
  }

  public int visibleStates() {
    return 1 << visible;
  }

  private int hiddenStates() {
    return 1 << hidden;
  }

  /** Returns bit {@code unit} of a state, 0 or 1. */
  public static int bit(int state, int unit) {
    return (state >> unit) & 1;
  }

  /** Returns a state of the visible units as numbers. */
  public float[] vector(int state) {
    float[] vector = new float[visible];
    for (int i = 0; i < visible; i++) {
      vector[i] = bit(state, i);
    }
    return vector;
  }

  private double energy(int v, int h) {
    double energy = 0;
    for (int j = 0; j < hidden; j++) {
      energy -= weights[visible * hidden + j] * bit(h, j);
      for (int i = 0; i < visible; i++) {
        energy -= weights[j * visible + i] * bit(v, i) * bit(h, j);
      }
    }
    for (int i = 0; i < visible; i++) {
      energy -= weights[visible * hidden + hidden + i] * bit(v, i);
    }
    return energy;
  }

  /** Returns -ln of the sum of exp(-E(v, h)) over h. */
  public double freeEnergy(int v) {
    return -Math.log(
        IntStream.range(0, hiddenStates()).mapToDouble(h -> Math.exp(-energy(v, h))).sum());
  }

  /** Returns ln p(v), with the partition function as a sum over all states. */
  public double logLikelihood(int v) {
    double partition =
        IntStream.range(0, visibleStates()).mapToDouble(s -> Math.exp(-freeEnergy(s))).sum();
    return -freeEnergy(v) - Math.log(partition);
  }

  /** Returns the mean over visible states of ln p(v), for a distribution of the examples. */
  public double meanLogLikelihood(double[] examples) {
    return IntStream.range(0, visibleStates())
        .mapToDouble(v -> examples[v] * logLikelihood(v))
        .sum();
  }

  /** Returns p(h | v), as a share of exp(-E). */
  private double hiddenGiven(int h, int v) {
    return Math.exp(-energy(v, h) + freeEnergy(v));
  }

  private double visibleGiven(int v, int h) {
    double all =
        IntStream.range(0, visibleStates()).mapToDouble(s -> Math.exp(-energy(s, h))).sum();
    return Math.exp(-energy(v, h)) / all;
  }

  /** Returns the distribution of the visible units after a Gibbs step from a distribution. */
  public double[] gibbsStep(double[] start) {
    double[] end = new double[visibleStates()];
    for (int h = 0; h < hiddenStates(); h++) {
      double ofHidden = 0;
      for (int v = 0; v < visibleStates(); v++) {
        ofHidden += start[v] * hiddenGiven(h, v);
      }
      for (int v = 0; v < visibleStates(); v++) {
        end[v] += ofHidden * visibleGiven(v, h);
      }
    }
    return end;
  }

  /** Returns the distribution of the model itself. */
  public double[] equilibrium() {
    return IntStream.range(0, visibleStates())
        .mapToDouble(v -> Math.exp(logLikelihood(v)))
        .toArray();
  }

  /** Returns the mean of -dE/dw for each weight, for a distribution of the visible units. */
  public double[] statistics(double[] distribution) {
    double[] means = new double[weights.length];
    for (int v = 0; v < visibleStates(); v++) {
      for (int h = 0; h < hiddenStates(); h++) {
        double probability = distribution[v] * hiddenGiven(h, v);
        for (int j = 0; j < hidden; j++) {
          means[visible * hidden + j] += probability * bit(h, j);
          for (int i = 0; i < visible; i++) {
            means[j * visible + i] += probability * bit(v, i) * bit(h, j);
          }
        }
        for (int i = 0; i < visible; i++) {
          means[visible * hidden + hidden + i] += probability * bit(v, i);
        }
      }
    }
    return means;
  }

  /** Returns the gradient of contrastive divergence: statistics of the chains minus the data's. */
  public double[] gradient(double[] examples, double[] chains) {
    double[] data = statistics(examples);
    double[] model = statistics(chains);
    return IntStream.range(0, data.length).mapToDouble(i -> model[i] - data[i]).toArray();
  }
}
