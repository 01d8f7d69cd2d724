package io.meanfield.sample;

import java.util.List;
import java.util.Random;

/**
 * A customer of the churn table.
 *
 * @param csv the line of a CSV file with the header {@link ChurnTable#HEADER}
 * @param probability the probability of churn given the other columns: no model can know more
 * @param churned true with that probability
 */
public record ChurnRow(String csv, double probability, boolean churned) {
  private static final double INTERCEPT = -5.75;
  private static final List<String> NOTES =
      List.of("called, no answer", "asked for an invoice", "prefers mail", "moved", "new contact");

  static ChurnRow draw(int number, Random random) {
    Contract contract = Contract.draw(random);
    Usage usage = Usage.draw(random);
    double logOdds = INTERCEPT + contract.logOdds() + usage.logOdds(contract);
    double probability = 1 / (1 + StrictMath.exp(-logOdds));
    boolean churned = random.nextDouble() < probability;
    String note = NOTES.get(random.nextInt(NOTES.size()));
    String csv =
        String.join(
            ",", "k" + number, contract.csv(), usage.csv(), '"' + note + '"', churned ? "1" : "0");
    return new ChurnRow(csv, probability, churned);
  }
}
