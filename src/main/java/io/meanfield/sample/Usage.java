package io.meanfield.sample;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;

/**
 * What a customer did. Numbers are whole numbers of a small unit, so that the text of the table is
 * the same on every Java.
 *
 * @param lastSeen the last login; empty if there was none
 * @param cents revenue; empty if there was no invoice
 * @param errors failed requests in ten million
 * @param logins logins of the last quarter
 * @param discount in percent; empty if it is not known
 */
record Usage(
    Optional<LocalDateTime> lastSeen,
    OptionalLong cents,
    long errors,
    int logins,
    OptionalInt discount) {
  private static final int MOST_MINUTES = 60 * 1440;

  static Usage draw(Random random) {
    LocalDateTime lastSeen = lastSeen(random);
    boolean isSeen = random.nextDouble() >= 0.04;
    long cents = Math.round(100 * StrictMath.exp(8 + 1.8 * random.nextGaussian()));
    boolean isInvoiced = random.nextDouble() >= 0.12;
    long errors = Math.round(1e7 * StrictMath.exp(-8 + 0.7 * random.nextGaussian()));
    int logins = (int) StrictMath.exp(2.5 + random.nextGaussian());
    int discount = random.nextDouble() < 0.4 ? 0 : 5 * (1 + random.nextInt(10));
    boolean isKnown = random.nextDouble() >= 0.05;
    return new Usage(
        isSeen ? Optional.of(lastSeen) : Optional.empty(),
        isInvoiced ? OptionalLong.of(cents) : OptionalLong.empty(),
        errors,
        logins,
        isKnown ? OptionalInt.of(discount) : OptionalInt.empty());
  }

  private static LocalDateTime lastSeen(Random random) {
    double days = -15 * StrictMath.log(1 - random.nextDouble());
    int minutes = 1 + (int) Math.min(MOST_MINUTES - 1, days * 1440);
    return Contract.TODAY.atStartOfDay().minusMinutes(minutes);
  }

  /**
   * Returns this part of the log odds of churn; {@code contract} changes what some columns mean.
   */
  double logOdds(Contract contract) {
    double revenue =
        cents.isPresent() ? -0.6 * (StrictMath.log(1 + cents.getAsLong() / 100.0) - 8) / 1.8 : 0.9;
    double failures = 1.3 * Math.max(0, (StrictMath.log(errors * 1e-7) + 8) / 0.7);
    double interest = contract.plan().equals("gold") ? -1.6 : -0.7;
    return revenue
        + failures
        + interest * (StrictMath.log(1 + logins) - 2.5)
        + lastSeen.map(Usage::absence).orElse(1.0)
        + discount.orElse(0) * 0.035 * StrictMath.tanh((contract.days() - 365) / 90.0);
  }

  // Long absence, night hours and weekends.
  private static double absence(LocalDateTime seen) {
    double days = Duration.between(seen, Contract.TODAY.atStartOfDay()).toMinutes() / 1440.0;
    int minute = seen.getHour() * 60 + seen.getMinute();
    boolean weekend = seen.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0;
    return 0.05 * (days - 15)
        + StrictMath.cos(2 * Math.PI * (minute - 180) / 1440)
        + (weekend ? 0.8 : 0);
  }

  /** Returns the fields of the columns {@code last_seen} to {@code discount}. */
  String csv() {
    return String.join(
        ",",
        lastSeen.map(LocalDateTime::toString).orElse(""),
        cents.isPresent() ? BigDecimal.valueOf(cents.getAsLong(), 2).toPlainString() : "",
        BigDecimal.valueOf(errors, 7).toPlainString(),
        Integer.toString(logins),
        discount.isPresent() ? BigDecimal.valueOf(discount.getAsInt(), 2).toPlainString() : "NA");
  }
}
