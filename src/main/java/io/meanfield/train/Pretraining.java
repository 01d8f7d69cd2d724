package io.meanfield.train;

import io.meanfield.network.LearnerState;
import io.meanfield.network.NetworkSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Epochs without labels before those with them: the autoencoders of a network one after the other
 * from below, each on what those below it make of the examples (greedy layer-wise, Hinton, Osindero
 * and Teh 2006, Bengio et al. 2007). Each of them, and then the network, begins with a fresh
 * optimizer and at the beginning of the schedule, because each goes down another loss.
 *
 * @param layers that are autoencoders, from below
 * @param epochsOfEach of them
 */
public record Pretraining(List<Integer> layers, int epochsOfEach) {

  /** What the settings ask for. */
  public static Pretraining of(TrainSettings settings, NetworkSettings network) {
    List<Integer> layers =
        IntStream.range(0, network.layers().size())
            .filter(layer -> network.layers().get(layer).pretrainingCorruption().isPresent())
            .boxed()
            .toList();
    return new Pretraining(layers, settings.pretrainEpochs());
  }

  /** How many epochs there are before those with labels. */
  public int epochs() {
    return layers.size() * epochsOfEach;
  }

  /** Returns the layer that an epoch trains alone; empty for one that trains the network. */
  public Optional<Integer> layer(int epoch) {
    return epoch > epochs()
        ? Optional.empty()
        : Optional.of(layers.get((epoch - 1) / epochsOfEach));
  }

  /** What an epoch starts from, where {@code ended} is what the one before it has left. */
  TrainingState start(int epoch, TrainingState ended) {
    return begins(epoch)
        ? TrainingState.initial(
            LearnerState.fresh(ended.learner().weights()).atEpoch(ended.learner().epoch()))
        : ended;
  }

  private boolean begins(int epoch) {
    return epochs() > 0 && epoch <= epochs() + 1 && (epoch - 1) % epochsOfEach == 0;
  }
}
