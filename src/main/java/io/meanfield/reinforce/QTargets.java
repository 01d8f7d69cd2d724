package io.meanfield.reinforce;

/** The arithmetic of Q-learning's targets. */
final class QTargets {
  private QTargets() {}

  /**
   * Returns the target of a taken action: {@code reward + gamma next}.
   *
   * @param gamma the discount; 0 if the episode terminated
   * @param next the target network's value of the next observation and of the action that is best
   *     by the online network
   */
  static float of(float reward, double gamma, float next) {
    return gamma == 0 ? reward : (float) (reward + gamma * next);
  }

  /**
   * Returns the action with the largest of the {@code actions} values from {@code offset} on; of
   * equal values, the first.
   */
  static int best(float[] values, int offset, int actions) {
    int best = 0;
    for (int i = 1; i < actions; i++) {
      if (values[offset + i] > values[offset + best]) {
        best = i;
      }
    }
    return best;
  }
}
