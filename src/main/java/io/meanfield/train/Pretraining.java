package io.meanfield.train;

import io.meanfield.network.LearnerState;
import io.meanfield.network.NetworkSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The plan of the pre-training epochs, which use no labels and come before the epochs that train
 * the network. The autoencoders and restricted Boltzmann machines are trained one after the other,
 * from the input side, each on the outputs of the layers below it (greedy layer-wise pre-training:
 * Hinton, Osindero and Teh 2006; Bengio et al. 2007). Each of them, and then the network, starts
 * with a fresh optimizer and at the start of the learning rate schedule, because each minimises a
 * different loss.
 *
 * @param layers indices of the layers that are pre-trained, from the input side
 * @param epochsOfEach number of epochs for each of them
 * @param last the last layer of a network without targets, which the epochs after the pre-training
 *     train alone; empty if they train the network
 */
public record Pretraining(List<Integer> layers, int epochsOfEach, Optional<Integer> last) {

  /** Returns the pre-training that the settings request. */
  public static Pretraining of(TrainSettings settings, NetworkSettings network) {
    int last = network.layers().size() - 1;
    List<Integer> layers =
        IntStream.range(0, last)
            .filter(layer -> network.layers().get(layer).reconstructionActivation().isPresent())
            .boxed()
            .toList();
    return new Pretraining(
        layers,
        settings.pretrainEpochs(),
        network.loss().needsTargets() ? Optional.empty() : Optional.of(last));
  }

  /** Returns the number of pre-training epochs. */
  public int epochs() {
    return layers.size() * epochsOfEach;
  }

  /** Returns the layer that an epoch pre-trains; empty for an epoch that trains the network. */
  public Optional<Integer> layer(int epoch) {
    return epoch > epochs()
        ? Optional.empty()
        : Optional.of(layers.get((epoch - 1) / epochsOfEach));
  }

  /** Returns the layer that an epoch trains alone, without targets; empty if it trains them all. */
  Optional<Integer> layerAlone(int epoch) {
    return layer(epoch).or(() -> last);
  }

  /** Returns the number of epochs before {@code epoch} that minimised the same loss. */
  int epochsOfSameLossBefore(int epoch) {
    return epoch > epochs() ? epoch - 1 - epochs() : (epoch - 1) % epochsOfEach;
  }

  /**
   * Returns the state from which an epoch starts, given the state at the end of the previous epoch.
   */
  TrainingState start(int epoch, TrainingState previous) {
    return startsNewLoss(epoch)
        ? TrainingState.initial(
            LearnerState.fresh(previous.learner().weights()).atEpoch(previous.learner().epoch()))
        : previous;
  }

  private boolean startsNewLoss(int epoch) {
    return epochs() > 0 && epoch <= epochs() + 1 && (epoch - 1) % epochsOfEach == 0;
  }
}
