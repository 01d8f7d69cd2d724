package io.meanfield.train;

import io.meanfield.settings.Section;
import java.io.Serializable;

/**
 * The first epochs, in which all workers meet more often than later: post-local SGD (Lin et al.
 * 2018, "Don't use large mini-batches, use local SGD"), whose number of local steps is {@code H(t)
 * = 1} for {@code t <= t'} and {@code H} after it. With plain sgd and a frequency of 1 the warm
 * phase is minibatch SGD with the total batch, up to rounding; an optimizer with moments steps
 * before it averages, so there it is not.
 *
 * @param epochs how many; 0 for none
 * @param syncFrequency how often all groups meet in them, and with that the workers inside a group
 */
public record WarmPhase(int epochs, Frequency syncFrequency) implements Serializable {
  /** No warm phase: the usual frequency from the first epoch on. */
  public static final WarmPhase NONE = new WarmPhase(0, new Frequency.Every(1));

  static WarmPhase read(Section warmPhase) {
    return new WarmPhase(
        warmPhase.integer("epochs", 0), Frequency.read(warmPhase, "sync-frequency"));
  }
}
