package io.meanfield.train.checkpoint;

import io.meanfield.network.LearnerState;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.OptimizerLayout;
import io.meanfield.network.ParameterLayout;
import io.meanfield.train.TrainingState;
import java.io.IOException;

/**
 * The lengths that the state of a network has.
 *
 * @param weights the number of weights
 * @param optimizerState the numbers of an optimizer that is not fresh
 */
public record StateLengths(int weights, int optimizerState) {
  /** Returns the lengths of the states of a network. */
  public static StateLengths of(NetworkSettings network) {
    ParameterLayout layout = ParameterLayout.of(network);
    return new StateLengths(
        layout.size(), new OptimizerLayout(layout, network.optimizer().statePerWeight()).size());
  }

  /**
   * Checks that the network can have this state: its lengths, and numbers that are finite.
   *
   * @throws IOException with what the state has instead; the message follows a colon
   */
  void requireFit(TrainingState state) throws IOException {
    requireLength("weights", state.learner().weights().length, weights);
    int optimizer = state.learner().optimizerState().length;
    requireLength("numbers of the optimizer", optimizer, optimizer == 0 ? 0 : optimizerState);
    int momentum = state.outerMomentum().length;
    requireLength("numbers of the outer momentum", momentum, momentum == 0 ? 0 : weights);
    if (!isFinite(state)) {
      throw new IOException("it has numbers that are not finite");
    }
    int minibatches = state.learner().iteration();
    int rounds = state.norms().rounds();
    if (minibatches < 0 || rounds < 0) {
      throw new IOException("it counts " + minibatches + " minibatches and " + rounds + " rounds");
    }
  }

  private static boolean isFinite(TrainingState state) {
    return state.learner().isFinite()
        && LearnerState.isFinite(state.outerMomentum())
        && state.weightHistory().stream().allMatch(LearnerState::isFinite)
        && Double.isFinite(state.norms().mean())
        && Double.isFinite(state.norms().variance());
  }

  private static void requireLength(String what, int found, int expected) throws IOException {
    if (found != expected) {
      throw new IOException(
          "it has " + found + " " + what + ", expected " + expected + " as the network has");
    }
  }
}
