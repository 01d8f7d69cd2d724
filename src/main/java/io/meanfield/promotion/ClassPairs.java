package io.meanfield.promotion;

/**
 * The classes of examples and what two models predict for them.
 *
 * @param classes the number of classes
 * @param actual the class of each example
 * @param champion the champion's prediction for each example
 * @param challenger the challenger's prediction for each example
 * @param weights the weight of each example
 */
public record ClassPairs(
    int classes, int[] actual, int[] champion, int[] challenger, double[] weights) {
  int examples() {
    return actual.length;
  }

  /** Returns by how much the challenger's macro F1 is better on the drawn examples. */
  double macroF1Improvement(int[] draws) {
    return macroF1(challenger, draws) - macroF1(champion, draws);
  }

  // As the metric macro_f1: the mean over the classes that occur or are predicted.
  private double macroF1(int[] predicted, int[] draws) {
    double[] truePositives = new double[classes];
    double[] occurrences = new double[classes]; // as actual and as predicted class
    for (int draw : draws) {
      occurrences[actual[draw]] += weights[draw];
      occurrences[predicted[draw]] += weights[draw];
      truePositives[actual[draw]] += actual[draw] == predicted[draw] ? weights[draw] : 0;
    }
    double sum = 0;
    int occurring = 0;
    for (int cls = 0; cls < classes; cls++) {
      if (occurrences[cls] > 0) {
        sum += 2.0 * truePositives[cls] / occurrences[cls];
        occurring++;
      }
    }
    return occurring == 0 ? 0 : sum / occurring; // no drawn example may have a weight above 0
  }
}
