package io.meanfield.sample;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What a customer has agreed to.
 *
 * @param plan one of {@link #PLANS}
 * @param country one of {@link #COUNTRIES}; empty if it is not known
 * @param trial whether the contract began with a free trial
 */
record Contract(
    LocalDate opened, String plan, Optional<String> country, boolean autoRenew, boolean trial) {
  static final List<String> PLANS = List.of("basic", "free", "gold", "team");

  /** Codes from {@code c00}, the most frequent one, to {@code c39}. */
  static final List<String> COUNTRIES =
      IntStream.range(0, 40).mapToObj(i -> "c" + i / 10 + i % 10).toList();

  /** The day that the table describes. */
  static final LocalDate TODAY = LocalDate.of(2026, 1, 1);

  private static final LocalDate FIRST_DAY = LocalDate.of(2021, 1, 1);
  private static final int DAYS = 1_795;
  private static final double UNKNOWN_COUNTRIES = 0.02;
  private static final double[] PLAN_ENDS = {0.35, 0.75, 0.95};
  private static final double[] PLAN_LOG_ODDS = {0, 0.5, -0.6, -1.3};

  static Contract draw(Random random) {
    LocalDate opened = FIRST_DAY.plusDays(random.nextInt(DAYS));
    double share = random.nextDouble();
    int plan = (int) IntStream.range(0, 3).filter(i -> share >= PLAN_ENDS[i]).count();
    Optional<String> country = Optional.of(country(random.nextDouble()));
    boolean unknown = random.nextDouble() < UNKNOWN_COUNTRIES;
    return new Contract(
        opened,
        PLANS.get(plan),
        unknown ? Optional.empty() : country,
        random.nextDouble() < 0.6,
        random.nextDouble() < 0.2);
  }

  // The square makes the first countries frequent and the last ones rare.
  private static String country(double uniform) {
    return COUNTRIES.get((int) (uniform * uniform * COUNTRIES.size()));
  }

  /** Returns the age of the contract in days on the day of the table. */
  long days() {
    return ChronoUnit.DAYS.between(opened, TODAY);
  }

  /** Returns this contract's part of the log odds of churn. */
  double logOdds() {
    double anniversary =
        StrictMath.cos(2 * Math.PI * (opened.getDayOfYear() - 10) / 365.0); // renewals in January
    double renewal = autoRenew == trial ? 0.7 : -0.5; // forgotten trials, and lapsing contracts
    return 1.1 * anniversary
        + renewal
        + PLAN_LOG_ODDS[PLANS.indexOf(plan)]
        + country.map(code -> 0.7 * StrictMath.cos(2.4 * COUNTRIES.indexOf(code))).orElse(0.0);
  }

  /** Returns the fields of the columns {@code opened} to {@code trial}. */
  String csv() {
    return String.join(
        ",",
        opened.toString(),
        plan,
        country.orElse(""),
        Boolean.toString(autoRenew),
        Boolean.toString(trial));
  }
}
