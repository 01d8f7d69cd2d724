import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Generates a table of customers, of whom 6 % churn. Its columns have very different scales, gaps,
 * dates, truth values, categories and free text. The log odds of churn are a known function of all
 * columns but {@code account} and {@code note}.
 *
 * <p>A table is a function of its seed alone: {@link Random} and {@link StrictMath} give the same
 * bits on every Java, and no field is formatted from a floating-point number.
 */
public final class ChurnTable {
  private static final String HEADER =
      "account,opened,plan,country,auto_renew,trial,last_seen,revenue,error_rate,logins,discount,note,churned";
  private static final int TRAIN_ROWS = 40_000;
  private static final int TEST_ROWS = 20_000;
  private static final double INTERCEPT = -5.75;
  private static final List<String> NOTES =
      List.of("called, no answer", "asked for an invoice", "prefers mail", "moved", "new contact");

  private ChurnTable() {}

  /** Writes {@code train.csv} and {@code test.csv}, with different customers, to a directory. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Random random = new Random(1);
    List<String> lines =
        IntStream.range(0, TRAIN_ROWS + TEST_ROWS).mapToObj(number -> line(number, random)).toList();
    write(folder.resolve("train.csv"), lines.subList(0, TRAIN_ROWS));
    write(folder.resolve("test.csv"), lines.subList(TRAIN_ROWS, lines.size()));
  }

  private static void write(Path file, List<String> lines) throws IOException {
    Files.write(file, Stream.concat(Stream.of(HEADER), lines.stream()).toList());
  }

  /** Returns the line of the next customer. */
  private static String line(int number, Random random) {
    Contract contract = Contract.draw(random);
    Usage usage = Usage.draw(random);
    double logOdds = INTERCEPT + contract.logOdds() + usage.logOdds(contract);
    double probability = 1 / (1 + StrictMath.exp(-logOdds));
    boolean churned = random.nextDouble() < probability;
    String note = NOTES.get(random.nextInt(NOTES.size()));
    return String.join(
        ",", "k" + number, contract.csv(), usage.csv(), '"' + note + '"', churned ? "1" : "0");
  }

  /**
   * What a customer has agreed to.
   *
   * @param plan one of {@link #PLANS}
   * @param country one of {@link #COUNTRIES}; empty if it is not known
   * @param trial whether the contract began with a free trial
   */
  private record Contract(
      LocalDate opened, String plan, Optional<String> country, boolean autoRenew, boolean trial) {
    private static final List<String> PLANS = List.of("basic", "free", "gold", "team");

    /** Codes from {@code c00}, the most frequent one, to {@code c39}. */
    private static final List<String> COUNTRIES =
        IntStream.range(0, 40).mapToObj(i -> "c" + i / 10 + i % 10).toList();

    /** The day that the table describes. */
    private static final LocalDate TODAY = LocalDate.of(2026, 1, 1);

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
  private record Usage(
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
}
